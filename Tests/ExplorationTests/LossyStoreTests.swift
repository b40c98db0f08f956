import Testing
import TransitionSystem

@testable import Exploration

/// Searches with every store against the exact one.
@Suite struct LossyStoreTests {
  private func search(
    _ system: TransitionSystem, _ store: StoreChoice, workers: Int = 1, depth: Int? = nil,
    _ more: (inout SearchOptions) -> Void = { _ in }
  ) -> SearchResult {
    var options = SearchOptions()
    options.store = store
    options.workers = workers
    options.depthMax = depth
    more(&options)
    return run(system, options)
  }

  @Test(arguments: [StoreChoice.fingerprint, .fingerprint128], [1, 2, 4])
  func fingerprintsFindEverything(store: StoreChoice, workers: Int) throws {
    let result = search(filterLock(4), store, workers: workers)
    #expect(result.states == 137_552)
    #expect(result.transitions == 439_888)
    #expect(result.depth == 72)
    #expect(result.stopReason == .exhausted)
    #expect(!result.complete)
    guard case .probability(let value)? = result.omission else {
      Issue.record("no estimate")
      return
    }
    #expect(value > 0 && value < 1e-9)
  }

  @Test(arguments: 0..<60)
  func randomSystemsGiveTheSameCountsAndTraces(number: Int) {
    let seed = UInt64(number) + 500
    let system = RandomProcesses.system(seed: seed)
    let exact = search(system, .exact)
    for store in StoreChoice.allCases where store != .exact {
      let other = search(system, store) { $0.bitTableBytes = 64 << 20 }
      #expect(other.states == exact.states, "seed \(seed), \(store)")
      #expect(other.transitions == exact.transitions, "seed \(seed), \(store)")
      #expect(other.stopReason == exact.stopReason, "seed \(seed), \(store)")
      for (mine, theirs) in zip(other.properties, exact.properties) {
        #expect(
          mine.finding?.trace?.steps.map(\.state) == theirs.finding?.trace?.steps.map(\.state))
      }
      #expect(other.internalFaults.isEmpty)
    }
  }

  /// The mutant that the counts must tell from the real thing: fingerprints of 12 bits.
  @Test func tinyFingerprintsLoseStatesAndSaySo() throws {
    let result = search(filterLock(3), .fingerprint) { $0.fingerprintBits = 12 }
    #expect(result.states < 2415)
    #expect(result.states > 100)
    let omission = try #require(result.omission)
    guard case .probability(let value) = omission else { return }
    #expect(value > 0.99)
  }

  @Test func bitsFindNoMoreThanThereIs() {
    let exact = search(filterLock(4), .exact)
    var last = 0
    for kibibytes in [64, 128, 256, 512, 4096] {
      let result = search(filterLock(4), .bitstate) { $0.bitTableBytes = kibibytes << 10 }
      #expect(result.states <= exact.states)
      #expect(result.states >= last, "\(kibibytes) KiB")
      #expect(!result.complete)
      last = result.states
    }
    #expect(Double(last) > 0.999 * Double(exact.states))
  }

  @Test func aFullTableOfBitsEndsTheSearch() {
    let result = search(filterLock(4), .bitstate) { $0.bitTableBytes = 16 << 10 }
    #expect(result.stopReason == .storeFull)
    #expect(result.states > 10_000)
    #expect(search(filterLock(3), .bitstate, workers: 4).statistics.workers == 1)
  }

  /// States that are all inserted once: what is missing is what was omitted.
  @Test(arguments: [24, 40, 100])
  func omissionsAreEstimated(bitsPerState: Int) throws {
    let states = RepeatingStates(count: 200_000, wordCount: 2, distinct: true)
    let plan = StorePlan(
      wordCount: 2, workers: 1, budget: MemoryBudget(limit: 1 << 30), choice: .bitstate,
      bitTableBytes: states.count * bitsPerState / 8)
    let filled = try #require(StoreFilling<BitStore>(plan))
    filled.insertAll(states)
    let omitted = Double(states.count - filled.freshTotal)
    // Four standard deviations of a count that is about Poisson's.
    #expect(abs(filled.omitted - omitted) < 4 * omitted.squareRoot() + 4, "\(omitted)")
    #expect(omitted > 10)
  }

  @Test(arguments: [StoreChoice.fingerprint, .fingerprint128])
  func memoryRunsOut(store: StoreChoice) {
    let result = search(counters(4, upper: 40), store) { $0.memoryMax = 10 << 20 }
    #expect(result.stopReason == .memory)
    #expect(result.states > 10_000)
    #expect(result.statistics.memoryPeak <= 10 << 20)
    #expect(search(counters(4, upper: 40), store) { $0.memoryMax = 1000 }.stopReason == .memory)
    let bits = search(counters(4, upper: 40), .bitstate) { $0.bitTableBytes = 1 << 40 }
    #expect(bits.stopReason == .memory)
  }

  /// States so wide that their levels do not fit and are forgotten: the traces that a second search
  /// finds are those of the store that keeps everything, for each number of workers.
  @Test(arguments: [StoreChoice.compact, .fingerprint, .fingerprint128, .bitstate], [1, 3])
  func tracesComeBackFromForgottenLevels(store: StoreChoice, workers: Int) throws {
    let system = counters(4, upper: 11) { builder, first in
      _ = builder.slots("ballast", count: 40, upper: .max)
      builder.property("never", .invariant, .unary(.not, first == 11 && SlotID(1) == 4))
      builder.property("low", .invariant, .slot(SlotID(2)) < constant(9))
      builder.waits(where: constant(1))
    }
    let exact = search(system, .exact)
    let other = search(system, store, workers: workers) {
      $0.memoryMax = 32 << 20
      $0.bitTableBytes = 1 << 20
    }
    #expect(exact.states == 20_736)
    #expect(other.internalFaults.isEmpty)
    #expect(other.states == exact.states)
    for target in [SearchTarget.property(0), .property(1), .builtIn(.deadlock)] {
      let expected = try #require(exact[target].finding?.trace)
      let actual = try #require(other[target].finding?.trace, "\(target)")
      #expect(actual.steps.map(\.state) == expected.steps.map(\.state))
    }
  }

  @Test func depthBounds() {
    for bound in 0...6 {
      let exact = search(counters(2, upper: 3), .exact, depth: bound)
      let other = search(counters(2, upper: 3), .fingerprint, depth: bound)
      #expect(other.states == exact.states)
      #expect(other.stopReason == .depthBound)
    }
  }
}
