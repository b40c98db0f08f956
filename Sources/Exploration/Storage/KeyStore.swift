/// A visited set of keys: states are kept only as long as their level waits to be expanded.
///
/// A state of at most one word *is* its key: `StateHash` is then a bijection, so the set is exact,
/// at 8 bytes a slot. One of a few bits more fits such a slot as a quotient (`QuotientTable`): its
/// hash and its second word together are a bijection too. For longer states the key is the root of
/// a tree (`CompactStore`, which stores roots here as if they were states) or a fingerprint of 64
/// or 128 bits, and two states with equal fingerprints are taken for one (hash compaction: Wolper
/// and Leroy, CAV 1993; Stern and Dill, CHARME 1995). Of n states and b bits, some two agree with a
/// probability of at most n² / 2^(b + 1).
///
/// Price: 12 to 23 bytes a state, large tables 10 to 14, or twice that, roots half of it; and the
/// packed states of two levels.
struct KeyStore<Table: KeySet & ~Copyable>: ~Copyable {
  let budget: MemoryBudget
  /// Of the table.
  let reservation: MemoryReservation
  let queue: StateArena
  var table: Table
  /// While growing: the table to be.
  var larger: Table?
  /// Entries that make growth due.
  var entriesMax: Int
  var growths = 0
  private(set) var shape: KeyShape
  /// Of the next table; another one than `shape` only for another code of roots.
  var nextShape: KeyShape
  let isExact: Bool
  /// Whether the table gets fuller, and grows in smaller steps, than speed alone would have it.
  let isDense: Bool
  private let isWide: Bool
  /// From a hash to the first word of a key, in a table of roots; else 0.
  private var keyShift: UInt64
  private let bits: Int
  /// The highest `bits` bits, so that homes are spread over the whole table all the same.
  private let mask: UInt64
  private let wordCount: Int
  /// Which word of a state is the second of its key, in a quotient; for others the mask is 0.
  private let secondWord: Int
  private let secondMask: UInt64
  let workers: Int
  private let counts: StateCounts

  init?(_ plan: StorePlan) {
    let isExact = !plan.choice.isLossy
    precondition(plan.choice != .exact || plan.wordCount <= 1 || plan.quotient != nil)
    let isDense = plan.choice == .compact
    let shape = plan.keyShape
    let slotCount = max(Table.slotsMin(shape), plan.workers * 8 * InsertionBatch.capacity)
    let bytes = Table.byteCount(slotCount: slotCount, shape: shape)
    guard let reservation = MemoryReservation(bytes, of: plan.budget),
      let queue = StateArena(
        wordCount: plan.wordCount, workers: plan.workers, budget: plan.budget, isQueue: true),
      let table = Table(slotCount: slotCount, shape: shape, populates: true)
    else { return nil }
    self.isExact = isExact
    self.shape = shape
    nextShape = shape
    isWide = shape == .wide
    keyShift = shape.keyShift
    self.isDense = isDense
    self.reservation = reservation
    self.queue = queue
    self.table = table
    budget = plan.budget
    wordCount = plan.wordCount
    if let quotient = plan.quotient, isExact {
      (secondWord, secondMask) = (quotient.word, ~0)
    } else {
      (secondWord, secondMask) = (0, 0)
    }
    workers = plan.workers
    bits = isExact ? 64 : plan.fingerprintBits
    mask = ~0 << UInt64(64 - bits)
    entriesMax = keyEntriesMax(slotCount: slotCount, isDense: isDense)
    counts = StateCounts(workers: plan.workers)
  }

  /// What tells states apart. Without branches for all but wide keys.
  @inline(__always)
  private func key(_ state: UnsafePointer<UInt64>, _ hash: UInt64) -> Key {
    if isWide {
      return Key(first: max(hash & mask, 1), second: max(StateHash.second(state, wordCount), 1))
    }
    return Key(first: hash & mask, second: state[secondWord] & secondMask)
  }

  /// The first word of its key in the table. The hashes of roots have fewer bits, and lie at the
  /// upper end there. (Roots are not looked for among recent keys, which another code changes.)
  @inline(__always)
  private func first(_ hash: UInt64) -> UInt64 { hash &<< keyShift }

  /// Goes on with a table of the next shape.
  mutating func changeShape() {
    shape = nextShape
    keyShift = shape.keyShift
  }
}

extension KeyShape {
  fileprivate var keyShift: UInt64 {
    if case .root(let code) = self { return UInt64(64 - code.bits) }
    return 0
  }
}

/// What one worker of a `KeyStore` has in hand.
struct KeyWriter: StoreWriter {
  var arena: StateArena.Writer
  var probes = 0
  let recent = RecentKeys()
  init(worker: Int) { arena = StateArena.Writer(worker: worker) }
}

extension KeyStore: VisitedSet where Table: ~Copyable {
  typealias Writer = KeyWriter

  var name: String {
    switch shape {
    case .root: return "roots"
    case .staged:
      return isExact
        ? "exact (quotients of states and their stages, 8-byte slots)"
        : "fingerprint (\(bits) bits and stages, 8-byte slots)"
    case .quotient: return "exact (quotients of states, 8-byte slots)"
    case .wide: return "fingerprint128 (16-byte slots)"
    case .narrow:
      return isExact
        ? "exact (states as keys, 8-byte slots)" : "fingerprint (\(bits) bits, 8-byte slots)"
    }
  }

  var count: Int { counts.sum }
  var tableBytes: Int { Table.byteCount(slotCount: table.slotCount, shape: shape) }
  var slotCount: Int { table.slotCount }
  var slotBytes: Int { Table.slotBytes(slotCount: table.slotCount, shape: shape) }
  var heldStateBytes: Int { 8 * wordCount }
  var growthIsDue: Bool { count >= entriesMax }

  @inline(__always)
  func words(worker: Int, place: Int, reader: Int) -> UnsafeMutablePointer<UInt64> {
    queue.words(worker: worker, place: place)
  }

  func forgetStates(before place: Int, of writer: inout Writer) -> Bool {
    queue.recycle(before: place, of: &writer.arena)
    return true
  }

  @inline(__always)
  func prefetch(_ hashes: UnsafePointer<UInt64>, count: Int) {
    for index in 0..<count { table.prefetch(first(hashes[index])) }
  }

  func insert(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    precondition(count <= InsertionBatch.capacity)
    batch.freshCount = 0
    let pending = lookUpRecent(states, hashes, count, writer, batch)
    let (dealt, outcome) = insertPending(states, hashes, pending, &writer, &batch)
    return outcome == .done ? (count, .done) : (dealt, outcome)
  }

  /// The same for states that are not among the recent ones.
  func insertUnknown(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    precondition(count <= InsertionBatch.capacity)
    batch.freshCount = 0
    for index in 0..<count { batch.pending[index] = index }
    return insertPending(states, hashes, count, &writer, &batch)
  }

  @inline(__always)
  private func insertPending(
    _ states: UnsafePointer<UInt64>, _ hashes: UnsafePointer<UInt64>, _ pending: Int,
    _ writer: inout Writer, _ batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    for number in 0..<pending {
      let index = batch.pending[number]
      let state = states + index &* wordCount
      guard queue.makeRoom(&writer.arena) else {
        return giveUp(index, .memoryRefused, writer, batch)
      }
      let whole = key(state, hashes[index])
      let key = Key(first: first(whole.first), second: whole.second)
      switch table.insert(key, shared: workers > 1, probes: &writer.probes) {
      case .known: continue
      case .full: return giveUp(index, .tableFull, writer, batch)
      case .fresh:
        queue.append(state, &writer.arena)
        batch.fresh[batch.freshCount] = Int32(truncatingIfNeeded: index)
        batch.freshCount &+= 1
      }
    }
    counts.add(batch.freshCount, worker: writer.arena.worker)
    return (pending, .done)
  }

  /// Lists the states that are not among the recent ones in `batch.pending`; how many there are.
  /// Without branches: there is no telling which ones are.
  @inline(__always)
  private func lookUpRecent(
    _ states: UnsafePointer<UInt64>, _ hashes: UnsafePointer<UInt64>, _ count: Int,
    _ writer: borrowing Writer, _ batch: borrowing InsertionBatch
  ) -> Int {
    let (recent, pending) = (writer.recent.entries, batch.pending)
    var pendingCount = 0
    for index in 0..<count {
      pending[pendingCount] = index
      pendingCount &+= recent.renew(key(states + index &* wordCount, hashes[index]))
    }
    return pendingCount
  }

  /// The states from `consumed` on were not inserted, though they are among the recent ones.
  @inline(never)
  private func giveUp(
    _ consumed: Int, _ outcome: InsertionOutcome, _ writer: borrowing Writer,
    _ batch: borrowing InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    writer.recent.removeAll()
    counts.add(batch.freshCount, worker: writer.arena.worker)
    return (consumed, outcome)
  }

  // MARK: Stages

  var hasStages: Bool {
    if case .staged = shape { return true }
    return false
  }

  mutating func beginLevel(fresh: Stage) { table.freshStage = fresh }

  @inline(__always)
  func standing(
    _ state: UnsafePointer<UInt64>, hash: UInt64, _ settled: borrowing SettledStates
  ) -> Standing {
    guard let stage = table.stage(of: key(state, hash)) else { return .ahead }
    return settled.standing(of: stage)
  }

  @inline(__always)
  func unsettle(_ state: UnsafePointer<UInt64>, hash: UInt64) {
    table.setStage(.unsettled, of: key(state, hash))
  }

  func omission(expected: Double) -> Omission? {
    isExact
      ? nil : .probability(Omission.collision(states: count, bits: shape == .wide ? 128 : bits))
  }
}
