/// A visited set that says the number of each state it is asked about: what a search needs that
/// notes its graph.
///
/// Its keys are those of an exact `KeyStore`: states of at most one word, or with a quotient of a
/// few bits more. So a lookup does not read the states themselves, which are kept for whoever asks
/// for them by number.
///
/// Price: 16 to 32 bytes a state, large tables 16 to 22, and `8 * wordCount` for the state.
///
/// Threads: as `VisitedSet` says. A state is read by others behind a barrier only.
struct NumberedStore: ~Copyable {
  let budget: MemoryBudget
  /// Of the table.
  let reservation: MemoryReservation
  let arena: StateArena
  var table: NumberedTable
  /// While growing: the table to be.
  var larger: NumberedTable?
  /// Entries that make growth due.
  var entriesMax: Int
  var growths = 0
  let secondBits: Int
  private let wordCount: Int
  /// Which word of a state is the second of its key, in a quotient; for others the mask is 0.
  private let secondWord: Int
  private let secondMask: UInt64
  private let workers: Int
  /// Numbers are places, with the worker in so many bits below.
  private let workerBits: UInt64
  private let counts: StateCounts

  /// Whether there is such a store for states of a layout.
  static func holds(_ plan: StorePlan) -> Bool { plan.wordCount == 1 || plan.quotient != nil }

  init?(_ plan: StorePlan) {
    precondition(NumberedStore.holds(plan))
    secondBits = plan.quotient?.bits ?? 0
    let lineCount = max(NumberedTable.linesMin(secondBits: secondBits), plan.workers << 8)
    let bytes = NumberedTable.byteCount(lineCount: lineCount)
    guard let reservation = MemoryReservation(bytes, of: plan.budget),
      // In the small chunks of a queue: most graphs have few states for each worker.
      let arena = StateArena(
        wordCount: plan.wordCount, workers: plan.workers, budget: plan.budget, isQueue: true),
      let table = NumberedTable(lineCount: lineCount, secondBits: secondBits)
    else { return nil }
    self.reservation = reservation
    self.arena = arena
    self.table = table
    budget = plan.budget
    wordCount = plan.wordCount
    (secondWord, secondMask) = plan.quotient.map { ($0.word, ~0) } ?? (0, 0)
    workers = plan.workers
    workerBits = UInt64(Int.bitWidth - (plan.workers - 1).leadingZeroBitCount)
    entriesMax = ExactStore.entriesMax(slotCount: lineCount * NumberedTable.lineEntries)
    counts = StateCounts(workers: plan.workers)
  }

  @inline(__always)
  private func key(_ state: UnsafePointer<UInt64>, _ hash: UInt64) -> Key {
    Key(first: hash, second: state[secondWord] & secondMask)
  }

  @inline(__always)
  private func id(_ number: UInt32) -> UInt64 {
    let number = UInt64(number)
    return (number & (1 &<< workerBits &- 1)) &<< 32 | number &>> workerBits
  }
}

extension NumberedStore: VisitedSet {
  /// So many states before it is inserted, it turns out whether one is to be looked for behind the
  /// line of its home, too: time for another line to come in.
  private static var lookAhead: Int { 8 }

  /// What one worker has in hand.
  struct Writer: StoreWriter {
    var arena: StateArena.Writer
    var probes = 0
    let recent = RecentStates()
    init(worker: Int) { arena = StateArena.Writer(worker: worker) }
  }

  var name: String { "exact (numbered keys of states, 12-byte slots)" }
  var count: Int { counts.sum }
  var tableBytes: Int { NumberedTable.byteCount(lineCount: table.lineCount) }
  var slotCount: Int { table.slotCount }
  var heldStateBytes: Int { 8 * wordCount }
  var growthIsDue: Bool { count >= entriesMax }

  @inline(__always)
  func words(worker: Int, place: Int, reader: Int) -> UnsafeMutablePointer<UInt64> {
    arena.words(worker: worker, place: place)
  }

  /// No: who notes a graph asks for its states.
  func forgetStates(before place: Int, of writer: inout Writer) -> Bool { false }

  @inline(__always)
  func prefetch(_ hashes: UnsafePointer<UInt64>, count: Int) {
    for index in 0..<count { table.prefetch(hashes[index]) }
  }

  func giveBackStates(of worker: Int) { arena.giveBack(worker) }

  mutating func takeTable() -> SparePages? {
    guard
      var other = NumberedTable(
        lineCount: NumberedTable.linesMin(secondBits: secondBits), secondBits: secondBits)
    else { return nil }
    swap(&table, &other)
    return SparePages(other.pages())
  }

  func insert(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    precondition(count <= InsertionBatch.capacity)
    batch.freshCount = 0
    let pendingCount = writer.recent.lookUpShort(
      states, wordCount: wordCount, hashes: hashes, count: count, batch)
    for number in 0..<pendingCount {
      let index = batch.pending[number]
      let (state, hash) = (states + index &* wordCount, hashes[index])
      let ahead = min(number &+ NumberedStore.lookAhead, pendingCount &- 1)
      table.prefetchBehind(hashes[batch.pending[ahead]])
      guard let next = nextNumber(&writer) else {
        return (index, refuse(.memoryRefused, writer, batch))
      }
      guard
        let found = table.insert(
          key(state, hash), number: next, shared: workers > 1, probes: &writer.probes)
      else { return (index, refuse(.tableFull, writer, batch)) }
      if found.isFresh {
        arena.append(state, &writer.arena)
        batch.fresh[batch.freshCount] = Int32(truncatingIfNeeded: index)
        batch.freshCount &+= 1
      }
      let id = id(found.number)
      batch.ids[index] = id
      writer.recent.renew(hash, firstWord: state[0], id)
    }
    counts.add(batch.freshCount, worker: writer.arena.worker)
    return (count, .done)
  }

  /// The number of the worker's next state, for which there is room; nil where memory is refused.
  @inline(__always)
  private func nextNumber(_ writer: inout Writer) -> UInt32? {
    guard arena.makeRoom(&writer.arena) else { return nil }
    let number = writer.arena.count &<< Int(workerBits) | writer.arena.worker
    return number < Int(UInt32.max) ? UInt32(truncatingIfNeeded: number) : nil
  }

  @inline(never)
  private func refuse(
    _ outcome: InsertionOutcome, _ writer: borrowing Writer, _ batch: borrowing InsertionBatch
  ) -> InsertionOutcome {
    counts.add(batch.freshCount, worker: writer.arena.worker)
    return outcome
  }
}
