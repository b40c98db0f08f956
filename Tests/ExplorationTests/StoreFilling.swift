import Synchronization
import Testing

@testable import Exploration

/// Numbered states: about a third of them more than once, or all different.
struct RepeatingStates: NumberedStates {
  let count: Int
  let wordCount: Int
  var distinct = false

  func write(_ number: Int, to state: UnsafeMutablePointer<UInt64>) {
    var seed = UInt64(number)
    if !distinct {
      var random = RandomSource(seed: 7, stream: seed)
      seed = UInt64(random.below(count * 3 / 2))
    }
    for word in 0..<wordCount { state[word] = seed &* 0x1_0001 &>> UInt64(word) }
  }

  func words(_ number: Int) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: max(1, wordCount)) { buffer, initialized in
      if let base = buffer.baseAddress { write(number, to: base) }
      initialized = wordCount
    }
  }
}

/// States that a filling can be made of.
protocol NumberedStates: Sendable {
  var count: Int { get }
  var wordCount: Int { get }
  func write(_ number: Int, to state: UnsafeMutablePointer<UInt64>)
}

/// Pairs of a word and a few bits, many of them with an equal word; each comes twice.
struct PairStates: NumberedStates {
  let count: Int
  let bits: Int
  let wordCount = 2
  var distinct: Int { count / 2 }

  func write(_ number: Int, to state: UnsafeMutablePointer<UInt64>) {
    let seed = UInt64(number % distinct)
    state[0] = (seed >> UInt64(bits)) &* 0x9E37_79B9_7F4A_7C15
    state[1] = seed & (1 << UInt64(bits) - 1)
  }
}

/// Fills a store as the search does: insert in batches, pause together, grow.
final class StoreFilling<Store: VisitedSet & ~Copyable>: @unchecked Sendable {
  /// One worker's hands; padded apart by being an object each.
  private final class Hand {
    var writer: Store.Writer
    var next = 0
    var fresh = 0
    init(_ worker: Int) { writer = Store.Writer(worker: worker) }
  }

  let store: UnsafeMutablePointer<Store>
  private let wordCount: Int
  private let hands: [Hand]
  private let team: WorkerTeam
  private let wantsPause = Atomic<Bool>(false)
  private let refused = Atomic<Bool>(false)
  private let failed = Atomic<Bool>(false)
  private let cursor = Atomic<Int>(0)

  convenience init?(
    wordCount: Int, workers: Int, budget: MemoryBudget, choice: StoreChoice = .exact
  ) {
    self.init(
      StorePlan(wordCount: wordCount, workers: workers, budget: budget, choice: choice))
  }

  init?(_ plan: StorePlan) {
    guard let made = Store(plan) else { return nil }
    wordCount = plan.wordCount
    store = .allocate(capacity: 1)
    store.initialize(to: made)
    hands = (0..<plan.workers).map { Hand($0) }
    team = WorkerTeam(count: plan.workers)
  }

  deinit {
    team.end()
    store.deinitialize(count: 1)
    store.deallocate()
  }

  var counts: [Int] { hands.map(\.writer.arena.count) }
  var freshTotal: Int { hands.reduce(0) { $0 + $1.fresh } }
  var omitted: Double { hands.reduce(0) { $0 + $1.writer.omitted } }
  var isRefused: Bool { refused.load(ordering: .relaxed) }

  func insertAll(_ states: some NumberedStates) {
    while true {
      team.run { [self] worker in fill(states, worker) }
      if isRefused || !wantsPause.exchange(false, ordering: .relaxed) { return }
      if !grow() {
        refused.store(true, ordering: .relaxed)
        return
      }
    }
  }

  /// The next `insertAll` begins with the first state again.
  func startOver() { for hand in hands { hand.next = 0 } }

  private func grow() -> Bool {
    guard store.pointee.beginGrowth() else { return store.pointee.fillFurther() }
    cursor.store(0, ordering: .relaxed)
    let counts = counts
    team.run { [self] _ in
      if !store.pointee.growPart(cursor, counts: counts) { failed.store(true, ordering: .relaxed) }
    }
    if failed.load(ordering: .relaxed) { return false }
    store.pointee.endGrowth()
    return true
  }

  /// Each worker begins at another place and goes around.
  private func fill(_ states: some NumberedStates, _ worker: Int) {
    let hand = hands[worker]
    let wordCount = states.wordCount
    var buffer = SuccessorBuffer(wordCount: wordCount, capacity: 200)
    var batch = InsertionBatch()
    let offset = states.count / hands.count * worker
    while hand.next < states.count {
      if store.pointee.growthIsDue { wantsPause.store(true, ordering: .relaxed) }
      if wantsPause.load(ordering: .relaxed) || isRefused { return }
      let size = min(100, states.count - hand.next)
      buffer.count = size
      for index in 0..<size {
        states.write((hand.next + index + offset) % states.count, to: buffer.state(index))
        buffer.hashes[index] = StateHash.hash(buffer.state(index), wordCount)
      }
      let (consumed, outcome) = store.pointee.insert(
        buffer.state(0), hashes: buffer.hashes, count: size, writer: &hand.writer, batch: &batch)
      hand.fresh += batch.freshCount
      hand.next += consumed
      switch outcome {
      case .done: break
      case .tableFull: wantsPause.store(true, ordering: .relaxed)
      case .memoryRefused: refused.store(true, ordering: .relaxed)
      }
    }
  }

  /// Inserts the states of a buffer as one batch of the first worker.
  func insert(
    _ buffer: borrowing SuccessorBuffer, _ batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    store.pointee.insert(
      buffer.state(0), hashes: buffer.hashes, count: buffer.count, writer: &hands[0].writer,
      batch: &batch)
  }

  func contents() -> Set<[UInt64]> {
    var result = Set<[UInt64]>()
    for (worker, count) in counts.enumerated() {
      for place in 0..<count {
        let words = store.pointee.words(worker: worker, place: place, reader: 0)
        let state = Array(UnsafeBufferPointer(start: words, count: wordCount))
        #expect(result.insert(state).inserted)
      }
    }
    return result
  }
}
