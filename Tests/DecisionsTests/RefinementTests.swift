import Foundation
import Testing

@testable import Decisions

/// Every answer about random prompts, against trying everything.
@Suite struct RefinementTests {
  private static let settings = ProcessInfo.processInfo.environment

  /// WFCHECK_SEED repeats a run, WFCHECK_RANDOM_PROMPTS says how many prompts it has.
  @Test func agreesWithTryingEverything() throws {
    let seed =
      Self.settings["WFCHECK_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
    let count = Self.settings["WFCHECK_RANDOM_PROMPTS"].flatMap { Int($0) } ?? 150
    print("random prompts: WFCHECK_SEED=\(seed) WFCHECK_RANDOM_PROMPTS=\(count)")
    var seen = Set<String>()
    for number in 0..<UInt64(count) {
      // Now and then without propagation, which only makes answers cheaper.
      let trial = try #require(try Trial(seed: seed &+ number, propagates: number % 4 > 0))
      let differences = trial.differences()
      #expect(differences == [], "seed \(seed &+ number)\n\(trial.text)")
      seen.formUnion(trial.kinds)
      if !differences.isEmpty { break }
    }
    if count >= 100 {
      let wanted: Set = [
        "unsatisfiable", "refines", "conflicts", "clash", "free", "range", "nobody decides",
      ]
      #expect(seen.isSuperset(of: wanted))
    }
  }
}
