import Foundation
import Reduction
import Testing

/// Reduced and full searches of random specs find the same; with a part of the definition left out
/// they do not.
@Suite struct ReductionTests {
  private static let settings = ProcessInfo.processInfo.environment

  /// WFCHECK_SEED repeats a run, WFCHECK_RANDOM_SPECS says how many specs it has.
  @Test func agreesOnRandomSpecs() async throws {
    let seed =
      Self.settings["WFCHECK_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
    let count = Self.settings["WFCHECK_RANDOM_SPECS"].flatMap { Int($0) } ?? 5_000
    print("reduced random specs: WFCHECK_SEED=\(seed) WFCHECK_RANDOM_SPECS=\(count)")
    let batch = await ReducedBatch(seed: seed, count: count).run()
    print("\(batch.searches) reduced searches, \(batch.reduced) specs with fewer states")
    for failure in batch.failures {
      try SpecFiles.keep(failure.spec, as: "reduced-\(failure.seed)")
      Issue.record("seed \(failure.seed): \(failure.difference)\n\(failure.spec)")
    }
    #expect(batch.searches >= 2 * count, "too few specs are small enough")
    #expect(batch.reduced * 10 >= count, "too few specs can be reduced")
  }

  /// A property that compares two slots sees every value of both.
  @Test func seesComparedSlots() throws {
    let text = try SpecFiles.golden("slots-compared-in-a-property.wf")
    for seed in 0..<24 as Range<UInt64> {
      let comparison = try #require(ReducedTrial(seed: seed).run(text))
      #expect(comparison.differences == [], "seed \(seed)")
    }
  }

  @Test(arguments: Condition.allCases) func noticesWhatIsLeftOut(_ condition: Condition) {
    let found = (0..<4_000 as Range<UInt64>).contains { seed in
      var trial = ReducedTrial(seed: seed)
      trial.omitted = [condition]
      return trial.run(RandomSpec.text(seed: seed)).map { !$0.differences.isEmpty } ?? false
    }
    #expect(found, "no spec needs it")
  }
}
