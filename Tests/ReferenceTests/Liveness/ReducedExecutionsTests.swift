import Foundation
import Reduction
import Testing

@testable import Driver

/// Formulas of linear time on graphs that partial-order reduction made smaller: the naive judge
/// knows nothing of it. With a part of what such a graph keeps left out it must see a difference.
@Suite struct ReducedExecutionsTests {
  private static let settings = ProcessInfo.processInfo.environment
  private static let por = ReductionRequest.chosen(
    partialOrder: true, symmetry: false, clearsDead: false, slices: false)

  /// One formula for most specs: what several see is in one set together.
  private static func text(_ seed: UInt64) -> String {
    let formulas = seed % 8 == 7 ? 3 : 1
    return seed % 8 < 2
      ? RandomTurns.text(seed: seed, formulas: formulas)
      : RandomCrowd.text(seed: seed, formulas: formulas)
  }

  @Test func agreesOnRandomFormulas() async throws {
    let seed =
      Self.settings["WFCHECK_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
    let count = Self.settings["WFCHECK_RANDOM_FORMULAS"].flatMap { Int($0) } ?? 2_000
    print("reduced executions: WFCHECK_SEED=\(seed) WFCHECK_RANDOM_FORMULAS=\(count)")
    var batch = LivenessBatch(seed: seed, pairsWanted: count)
    batch.text = { seed, _ in Self.text(seed) }
    batch.adjust = { number, trial in
      trial.reductions = Self.por
      trial.checksSets = number % 16 == 0
    }
    let result = await batch.run()
    print(
      "\(result.pairs) pairs of \(result.specs) specs, \(result.reduced) on reduced graphs, "
        + "\(result.violated) violated, \(result.lassos) lassos judged state by state")
    for failure in result.failures {
      try SpecFiles.keep(failure.spec, as: "reduced-executions-\(failure.seed)")
      Issue.record("seed \(failure.seed): \(failure.difference)\n\(failure.spec)")
    }
    #expect(result.pairs >= count)
    #expect(result.reduced * 5 >= count, "too few graphs are reduced")
    #expect(result.violated * 5 >= count && result.violated * 5 <= 4 * count)
    #expect(result.lassos * 10 >= count)
  }

  /// The message could be taken where both are true only, which they never need be. In a graph that
  /// exchanges their steps they are, on every cycle.
  @Test func keepsOrdersThatStrongFairnessDependsOn() throws {
    let text = """
      workflow Turns
      message M()
      shared var a: bool = false
      shared var b: bool = false
      agent Ann { on start { send M() to Bob }
        step up when not a { a = true }
        step down when a { a = false } }
      agent Cay {
        step up when not b { b = true }
        step down when b { b = false } }
      agent Bob { var got: bool = false
        on M() when a and b { got = true } }
      property f0: eventually Bob.got
      """
    var trial = LivenessTrial()
    trial.reductions = Self.por
    let kept = try #require(trial.run(text))
    #expect(kept.violated == 1 && kept.differences.isEmpty)
    trial.omittedExecutionConditions = [.conjuncts]
    #expect(trial.run(text)?.differences.isEmpty == false)
  }

  @Test(arguments: ExecutionCondition.allCases)
  func noticesForgottenCondition(_ condition: ExecutionCondition) {
    let found = (0..<20_000 as Range<UInt64>).first { seed in
      var trial = LivenessTrial()
      trial.reductions = Self.por
      trial.omittedExecutionConditions = [condition]
      return trial.run(Self.text(seed)).map { !$0.differences.isEmpty } ?? false
    }
    print("without \(condition): seed \(found.map { String($0) } ?? "none")")
    #expect(found != nil, "no spec needs it")
  }
}
