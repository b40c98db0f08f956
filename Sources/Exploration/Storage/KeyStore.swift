import Synchronization

/// A visited set of keys: states are kept only as long as their level waits to be expanded.
///
/// A state of at most one word *is* its key: `StateHash` is then a bijection, so the set is exact,
/// at 8 bytes a slot. (Storing a bijective mix in place of a hash is Cleary's idea, 1984.) For
/// longer states the key is the root of a tree (`CompactStore`) or a fingerprint of 64 or 128
/// bits, and two states with equal fingerprints are taken for one (hash compaction: Wolper and
/// Leroy, CAV 1993; Stern and Dill, CHARME 1995). Of n states and b bits, some two agree with a
/// probability of at most n² / 2^(b + 1).
///
/// Price: 10 to 14 bytes a state, or twice that, and the packed states of two levels.
struct KeyStore: ~Copyable {
  let budget: MemoryBudget
  let queue: StateArena
  var table: KeyTable
  /// While growing: the table to be.
  var larger: KeyTable?
  /// Entries that make growth due.
  var entriesMax: Int
  var growths = 0
  let isWide: Bool
  let isExact: Bool
  /// Whether the table gets fuller, and grows in smaller steps, than speed alone would have it.
  let isDense: Bool
  private let bits: Int
  /// The highest `bits` bits, so that homes are spread over the whole table all the same.
  private let mask: UInt64
  private let wordCount: Int
  private let workers: Int
  private let shared: Shared

  /// What workers change together.
  private final class Shared: Sendable {
    // Relaxed, both: the count triggers growth some batches early or late, and whoever sets the
    // flag first has stored the state with the key 0; neither orders anything.
    let count = Atomic<Int>(0)
    let hasZero = Atomic<Bool>(false)
  }

  struct Writer: StoreWriter {
    var arena: StateArena.Writer
    var probes = 0
    init(worker: Int) { arena = StateArena.Writer(worker: worker) }
  }

  init?(_ plan: StorePlan) {
    let isExact = !plan.choice.isLossy
    precondition(plan.choice != .exact || plan.wordCount <= 1)
    let isDense = plan.choice == .compact
    let isWide = plan.choice == .fingerprint128
    let slotCount = max(1 << 13, plan.workers * 8 * InsertionBatch.capacity)
    let bytes = KeyTable.byteCount(slotCount: slotCount, isWide: isWide)
    guard plan.budget.reserve(bytes) else { return nil }
    guard
      let queue = StateArena(
        wordCount: plan.wordCount, workers: plan.workers, budget: plan.budget, isQueue: true),
      let table = KeyTable(slotCount: slotCount, isWide: isWide)
    else {
      plan.budget.release(bytes)
      return nil
    }
    self.isExact = isExact
    self.isWide = isWide
    self.isDense = isDense
    self.queue = queue
    self.table = table
    budget = plan.budget
    wordCount = plan.wordCount
    workers = plan.workers
    bits = isExact ? 64 : plan.fingerprintBits
    mask = ~0 << UInt64(64 - bits)
    entriesMax = KeyStore.entriesMax(slotCount: slotCount, isDense: isDense)
    shared = Shared()
  }

  deinit { budget.release(KeyTable.byteCount(slotCount: table.slotCount, isWide: isWide)) }

  /// The key of a state, before zeros are dealt with.
  @inline(__always)
  private func key(_ state: UnsafePointer<UInt64>, _ hash: UInt64) -> KeyTable.Key {
    let first = hash & mask
    if !isWide { return KeyTable.Key(first: first, second: 0) }
    return KeyTable.Key(
      first: max(first, 1), second: max(StateHash.second(state, wordCount), 1))
  }

  @inline(__always)
  private func settle(_ key: KeyTable.Key, _ writer: inout Writer) -> KeyTable.Settlement {
    if key.first == 0 {
      return shared.hasZero.exchange(true, ordering: .relaxed) ? .known : .fresh
    }
    return table.insert(key, shared: workers > 1, probes: &writer.probes)
  }
}

extension KeyStore: VisitedSet {
  var name: String {
    if isExact { return "exact (states as keys, 8-byte slots)" }
    return isWide ? "fingerprint128 (16-byte slots)" : "fingerprint (\(bits) bits, 8-byte slots)"
  }

  var count: Int { shared.count.load(ordering: .relaxed) }
  var tableBytes: Int { KeyTable.byteCount(slotCount: table.slotCount, isWide: isWide) }
  var slotCount: Int { table.slotCount }
  var growthIsDue: Bool { count >= entriesMax }

  func words(worker: Int, place: Int) -> UnsafeMutablePointer<UInt64> {
    queue.words(worker: worker, place: place)
  }

  func forgetStates(before place: Int, of writer: inout Writer) -> Bool {
    queue.recycle(before: place, of: &writer.arena)
    return true
  }

  func insert(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    precondition(count <= InsertionBatch.capacity)
    batch.freshCount = 0
    // These loads miss the cache, side by side.
    for index in 0..<count { batch.values[index] = table.load(table.home(hashes[index])) }
    for index in 0..<count {
      let state = states + index &* wordCount
      let key = key(state, hashes[index])
      if !isWide && key.first != 0 && batch.values[index] == key.first { continue }
      guard queue.makeRoom(&writer.arena) else {
        return end(index, .memoryRefused, batch.freshCount)
      }
      switch settle(key, &writer) {
      case .known: continue
      case .full: return end(index, .tableFull, batch.freshCount)
      case .fresh:
        queue.append(state, &writer.arena)
        batch.fresh[batch.freshCount] = Int32(truncatingIfNeeded: index)
        batch.freshCount &+= 1
      }
    }
    return end(count, .done, batch.freshCount)
  }

  @inline(__always)
  private func end(
    _ consumed: Int, _ outcome: InsertionOutcome, _ fresh: Int
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    if fresh > 0 { shared.count.add(fresh, ordering: .relaxed) }
    return (consumed, outcome)
  }

  func omission(expected: Double) -> Omission? {
    isExact ? nil : .probability(Omission.collision(states: count, bits: isWide ? 128 : bits))
  }
}
