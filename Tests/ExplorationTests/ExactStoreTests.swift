import Synchronization
import Testing

@testable import Exploration

/// The visited set against a Swift `Set`, across many growths and with several threads.
@Suite struct ExactStoreTests {
  /// Everything inserts the same states, in its own order; then each state is stored once.
  @Test(arguments: [(1, 1, 60_000), (2, 3, 60_000), (4, 2, 60_000), (2, 1, 2_500_000)])
  func growsWithoutLosing(workers: Int, wordCount: Int, number: Int) throws {
    let budget = MemoryBudget(limit: 1 << 30)
    let states = randomStates(number, wordCount: wordCount)
    let expected = Set(states)
    let filled = try #require(
      StoreFilling(wordCount: wordCount, workers: workers, budget: budget))
    filled.insertAll(states)
    #expect(filled.store.pointee.count == expected.count)
    #expect(filled.counts.reduce(0, +) == expected.count)
    #expect(filled.store.pointee.growths > 1)
    #expect(filled.freshTotal.load(ordering: .relaxed) == expected.count)
    #expect(filled.contents() == expected)
    #if DEBUG
      #expect(filled.store.pointee.checkInvariants(counts: filled.counts) == nil)
    #endif
  }

  @Test func budgetIsKept() throws {
    let budget = MemoryBudget(limit: 6 << 20)
    let filled = try #require(StoreFilling(wordCount: 1, workers: 1, budget: budget))
    filled.insertAll(randomStates(2_000_000, wordCount: 1))
    #expect(filled.isRefused)
    #expect(budget.peak <= 6 << 20)
    #expect(filled.counts[0] > 100_000)
    #expect(filled.contents().count == filled.counts[0])
  }

  @Test func memoryIsGivenBack() throws {
    let budget = MemoryBudget(limit: 1 << 30)
    do {
      let filled = try #require(StoreFilling(wordCount: 2, workers: 2, budget: budget))
      filled.insertAll(randomStates(300_000, wordCount: 2))
      #expect(budget.inUse > 0)
    }
    #expect(budget.inUse == 0)
  }

  /// About a third of them twice.
  private func randomStates(_ number: Int, wordCount: Int) -> [[UInt64]] {
    var random = RandomSource(seed: 7, stream: UInt64(wordCount))
    return (0..<number).map { _ in
      let seed = UInt64(random.below(number * 3 / 2))
      return (0..<wordCount).map { seed &* 0x1_0001 >> UInt64($0) }
    }
  }
}

/// Fills a store as the search does: insert in batches, pause together, grow.
final class StoreFilling: @unchecked Sendable {
  let store: UnsafeMutablePointer<ExactStore>
  let workers: Int
  let freshTotal = Atomic<Int>(0)
  private(set) var isRefused = false
  private var writers: [ExactStore.Writer]
  private var next: [Int]
  private let wantsPause = Atomic<Bool>(false)
  private let refusal = Atomic<Bool>(false)
  private let cursor = Atomic<Int>(0)
  private let team: WorkerTeam

  init?(wordCount: Int, workers: Int, budget: MemoryBudget) {
    guard let made = ExactStore(wordCount: wordCount, workers: workers, budget: budget) else {
      return nil
    }
    store = .allocate(capacity: 1)
    store.initialize(to: made)
    self.workers = workers
    writers = (0..<workers).map { ExactStore.Writer(worker: $0) }
    next = Array(repeating: 0, count: workers)
    team = WorkerTeam(count: workers)
  }

  deinit {
    team.end()
    store.deinitialize(count: 1)
    store.deallocate()
  }

  var counts: [Int] { writers.map(\.arena.count) }

  func insertAll(_ states: [[UInt64]]) {
    while true {
      let results = UnsafeMutableBufferPointer<(Int, ExactStore.Writer)>.allocate(
        capacity: workers)
      for worker in 0..<workers {
        (results.baseAddress! + worker).initialize(to: (next[worker], writers[worker]))
      }
      let slots = UnsafeSendable(results)
      team.run { [self] worker in
        fill(states, worker, &slots.value[worker].0, &slots.value[worker].1)
      }
      for worker in 0..<workers { (next[worker], writers[worker]) = results[worker] }
      results.deallocate()
      if refusal.load(ordering: .relaxed) {
        isRefused = true
        return
      }
      if !wantsPause.exchange(false, ordering: .relaxed) { return }
      if !grow() {
        isRefused = true
        return
      }
    }
  }

  private func grow() -> Bool {
    guard store.pointee.beginGrowth() else { return store.pointee.fillFurther() }
    cursor.store(0, ordering: .relaxed)
    let counts = counts
    let failed = UnsafeSendable(UnsafeMutablePointer<Atomic<Bool>>.allocate(capacity: 1))
    failed.value.initialize(to: Atomic(false))
    defer { failed.value.deallocate() }
    team.run { [self] _ in
      if !store.pointee.growPart(cursor, counts: counts) {
        failed.value.pointee.store(true, ordering: .relaxed)
      }
    }
    if failed.value.pointee.load(ordering: .relaxed) { return false }
    store.pointee.endGrowth()
    return true
  }

  /// Each worker begins at another place and goes around.
  private func fill(
    _ states: [[UInt64]], _ worker: Int, _ next: inout Int, _ writer: inout ExactStore.Writer
  ) {
    let wordCount = store.pointee.wordCount
    var buffer = SuccessorBuffer(wordCount: wordCount, capacity: 200)
    var batch = InsertionBatch()
    let offset = states.count / workers * worker
    while next < states.count {
      if store.pointee.growthIsDue { wantsPause.store(true, ordering: .relaxed) }
      if wantsPause.load(ordering: .relaxed) || refusal.load(ordering: .relaxed) { return }
      let size = min(100, states.count - next)
      buffer.count = size
      for index in 0..<size {
        let state = states[(next + index + offset) % states.count]
        for word in 0..<wordCount { buffer.state(index)[word] = state[word] }
        buffer.hashes[index] = StateHash.hash(buffer.state(index), wordCount)
      }
      let (consumed, outcome) = store.pointee.insert(
        buffer.state(0), hashes: buffer.hashes, count: size, writer: &writer, batch: &batch)
      freshTotal.add(batch.freshCount, ordering: .relaxed)
      next += consumed
      switch outcome {
      case .done: break
      case .tableFull: wantsPause.store(true, ordering: .relaxed)
      case .memoryRefused: refusal.store(true, ordering: .relaxed)
      }
    }
  }

  func contents() -> Set<[UInt64]> {
    var result = Set<[UInt64]>()
    for worker in 0..<workers {
      for place in 0..<counts[worker] {
        let words = store.pointee.words(of: StateID(worker: worker, place: place))
        let state = Array(UnsafeBufferPointer(start: words, count: store.pointee.wordCount))
        #expect(result.insert(state).inserted)
      }
    }
    return result
  }
}

struct UnsafeSendable<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
