import Foundation
import Temporal
import Testing

/// Properties of executions of random specs: the whole program and the reference agree; with a part
/// of fairness left out they do not.
@Suite struct ReferenceLivenessTests {
  private static let settings = ProcessInfo.processInfo.environment

  /// WFCHECK_SEED repeats a run, WFCHECK_RANDOM_FORMULAS says how many pairs of a spec and a
  /// formula it has.
  @Test func agreesOnRandomFormulas() async throws {
    let seed =
      Self.settings["WFCHECK_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
    let count = Self.settings["WFCHECK_RANDOM_FORMULAS"].flatMap { Int($0) } ?? 3_600
    print("random formulas: WFCHECK_SEED=\(seed) WFCHECK_RANDOM_FORMULAS=\(count)")
    let result = await LivenessBatch(seed: seed, pairsWanted: count).run()
    print(
      "\(result.pairs) pairs of \(result.specs) specs, \(result.violated) violated, "
        + "\(result.lassos) lassos judged state by state, \(result.drawn) with draws, "
        + "\(result.undecided) more undecided")
    for failure in result.failures {
      try SpecFiles.keep(failure.spec, as: "liveness-\(failure.seed)")
      Issue.record("seed \(failure.seed): \(failure.difference)\n\(failure.spec)")
    }
    #expect(result.pairs >= count)
    #expect(result.violated * 5 >= count && result.violated * 5 <= 4 * count)
    #expect(result.lassos * 20 >= count)
    #expect(result.drawn * 20 >= count, "too few specs draw")
    #expect(result.undecided * 4 <= result.drawn, "too many formulas are not decided")
  }

  @Test(arguments: FairnessRule.allCases) func noticesForgottenRule(_ rule: FairnessRule) {
    let found = (0..<2_000 as Range<UInt64>).contains { seed in
      var trial = LivenessTrial()
      trial.omitted = [rule]
      return trial.run(LivenessBatch.text(seed, 6))
        .map { !$0.differences.isEmpty } ?? false
    }
    #expect(found, "no spec needs it")
  }
}
