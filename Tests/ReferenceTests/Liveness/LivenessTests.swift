import DeadData
import Foundation
import Temporal
import Testing

@testable import Driver

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
        + "\(result.undecided) more undecided; without dead data \(result.reduced) pairs and "
        + "\(result.lifted) lassos")
    for failure in result.failures {
      try SpecFiles.keep(failure.spec, as: "liveness-\(failure.seed)")
      Issue.record("seed \(failure.seed): \(failure.difference)\n\(failure.spec)")
    }
    #expect(result.pairs >= count)
    #expect(result.violated * 5 >= count && result.violated * 5 <= 4 * count)
    #expect(result.lassos * 20 >= count)
    #expect(result.reduced * 10 >= count, "too few specs have dead data")
    #expect(result.lifted * 100 >= count, "too few lassos are taken back to real states")
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

  /// The first difference that random specs show; nil where there is none.
  private func difference(
    upTo count: UInt64, _ adjust: (inout LivenessTrial) -> Void
  ) -> String? {
    for seed in 0..<count {
      var trial = LivenessTrial()
      trial.reductions = .chosen(
        partialOrder: false, symmetry: false, clearsDead: true, slices: true)
      adjust(&trial)
      let found = trial.run(LivenessBatch.text(seed, 6))?.differences.first
      if let found { return found }
    }
    return nil
  }

  /// What formulas read and what messages carry must be kept.
  @Test(arguments: [DeadDataCondition.formulas, .messages])
  func noticesWhatIsNotKept(_ condition: DeadDataCondition) {
    #expect(difference(upTo: 2_000) { $0.omittedDeadData = [condition] } != nil)
  }

  @Test func noticesThatALassoIsNotClosed() {
    #expect(difference(upTo: 2_000) { $0.omittedLifting = [.closing] } != nil)
  }

  /// Behind each state there are two, and a cycle through both flips one way in each of them.
  private static let coin = """
    workflow Coin
    agent A {
      var a: bool = false
      var x: 0..1 = 0
      step go { a = not a
        flip c in 0..1
        x = c } }
    property settles: eventually always A.x == 0
    """

  @Test func noticesThatDrawsAreNotClosed() throws {
    var trial = LivenessTrial()
    trial.reductions = .chosen(
      partialOrder: false, symmetry: false, clearsDead: true, slices: true)
    #expect(try #require(trial.run(Self.coin)).differences == [])
    trial.omittedLifting = [.draws]
    #expect(try #require(trial.run(Self.coin)).differences != [])
  }
}
