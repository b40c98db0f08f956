import Exploration
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
    var batch = await ReducedBatch(seed: seed, count: count).run()
    print("\(batch.searches) reduced searches, \(batch.reduced) specs with fewer states")
    await addMissing(to: &batch, seed: seed &+ UInt64(count), specs: count)
    for failure in batch.failures {
      try SpecFiles.keep(failure.spec, as: "reduced-\(failure.seed)")
      Issue.record("seed \(failure.seed): \(failure.difference)\n\(failure.spec)")
    }
    #expect(batch.searches >= 2 * count, "too few specs are small enough")
    #expect(batch.reduced * 10 >= count, "too few specs can be reduced")
    for way in Self.required {
      let count = batch.combinations[way, default: 0]
      #expect(count >= Self.least(way), "too few searches: \(way)")
    }
  }

  /// Every combination with each engine.
  private static let required = TrialWay.combinations.flatMap { way in
    [EngineChoice.vm, .native].map { engine in
      var way = way
      way.engine = engine
      return way
    }
  }

  /// Searches that a run has of a combination, however it was drawn.
  private static func least(_ way: TrialWay) -> Int { way.engine == .vm ? 10 : 1 }

  /// Searches further specs in the ways that were drawn too seldom.
  private func addMissing(
    to batch: inout ReducedBatch.Result, seed: UInt64, specs: Int
  ) async {
    for way in Self.required where batch.failures.isEmpty {
      let missing = Self.least(way) - batch.combinations[way, default: 0]
      if missing <= 0 { continue }
      let more = await ReducedBatch(
        seed: seed, count: specs, workers: 1, way: way, searchesMax: missing
      ).run()
      batch.combinations.merge(more.combinations, uniquingKeysWith: +)
      batch.failures += more.failures
    }
  }

  /// The coverage above would be worth nothing if a combination were missing here.
  @Test func combinationsAreAllThatAreAccepted() {
    let all = Set(TrialWay.combinations)
    #expect(all.count == TrialWay.combinations.count)
    // Breadth-first with 4 kinds of sets in 2 stores or none in 5, depth-first with 4 kinds or
    // none; each with symmetry, dead data and slices or without.
    #expect(all.count == (4 * 2 + 5) * 8 + (4 + 1) * 8)
  }

  /// A property that compares two slots sees every value of both.
  @Test func seesComparedSlots() throws {
    let text = try SpecFiles.golden("slots-compared-in-a-property.wf")
    for seed in 0..<24 as Range<UInt64> {
      let comparison = try #require(ReducedTrial(seed: seed).run(text))
      #expect(comparison.differences == [], "seed \(seed)")
    }
  }

  /// What sets are remembered by and what vouches for a state matter in few systems, of which
  /// `PartialOrderTests` has enough.
  @Test(arguments: [Condition.accord, .enabling, .visibility, .proviso, .safety])
  func noticesWhatIsLeftOut(_ condition: Condition) {
    let found = (0..<4_000 as Range<UInt64>).contains { seed in
      var trial = ReducedTrial(seed: seed)
      trial.omitted = [condition]
      return trial.run(RandomSpec.text(seed: seed)).map { !$0.differences.isEmpty } ?? false
    }
    #expect(found, "no spec needs it")
  }
}
