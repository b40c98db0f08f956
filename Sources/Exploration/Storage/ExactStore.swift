/// The exact visited set: packed states in an arena, and a table of 8-byte slots that name them.
///
/// The idea is LTSmin's shared hash table (Laarman, van de Pol, Weber, FMCAD 2010) with states
/// apart from the slots, so that a slot is small and a state never moves. A worker writes a new
/// state into its own part of the arena first and then publishes it by one compare-and-swap of a
/// slot; a worker that loses the race compares with the winner and uses its place for the next
/// state. So nobody waits, nothing is locked, and there is no "being written" mark as in LTSmin.
///
/// Batches: the machine makes some hundred successors, then the first slots of all of them are
/// asked for, then the first candidates, then they are compared: so their cache misses overlap.
///
/// Price: `8 * wordCount` bytes in the arena and 10 to 14 in the table a state.
///
/// Threads: as `VisitedSet` says.
struct ExactStore: ~Copyable {
  let wordCount: Int
  let workers: Int
  let budget: MemoryBudget
  let arena: StateArena
  var table: SlotTable
  /// While growing: the table to be.
  var larger: SlotTable?
  /// Entries that make growth due.
  var entriesMax: Int
  var growths = 0
  // Relaxed: a count that triggers growth some batches early or late; it orders nothing.
  let counts: StateCounts

  /// What one worker has in hand.
  struct Writer: StoreWriter {
    var arena: StateArena.Writer
    var probes = 0
    var tagCollisions = 0
    let recent = RecentStates()
    init(worker: Int) { arena = StateArena.Writer(worker: worker) }
  }

  /// Nil where memory is refused.
  init?(wordCount: Int, workers: Int, budget: MemoryBudget) {
    let slotCount = max(1 << 13, workers * 8 * InsertionBatch.capacity)
    guard budget.reserve(SlotTable.byteCount(slotCount: slotCount)),
      let arena = StateArena(wordCount: wordCount, workers: workers, budget: budget),
      let table = SlotTable(slotCount: slotCount)
    else { return nil }
    self.wordCount = wordCount
    self.workers = workers
    self.budget = budget
    self.arena = arena
    self.table = table
    entriesMax = ExactStore.entriesMax(slotCount: slotCount)
    counts = StateCounts(workers: workers)
  }

  deinit {
    budget.release(SlotTable.byteCount(slotCount: table.slotCount))
  }

  /// States stored; behind the truth by the batches under way.
  var count: Int { counts.sum }

  var growthIsDue: Bool { count >= entriesMax }

  @inline(__always)
  func words(of id: StateID) -> UnsafePointer<UInt64> { arena.words(of: id) }
}
