import Synchronization
import TransitionSystem

/// One of several workers of a depth-first search: its stack, its machine, its counts.
///
/// Threads: its own one; the owner of the search between the phases.
struct DepthFirstWorker: ~Copyable {
  let index: Int
  var checks: StateChecks
  var writer: ExactStore.Writer
  /// States to expand, of whatever worker.
  var stack: CountedStack<UInt64>
  private(set) var transitions = 0
  private(set) var expanded = 0
  private(set) var outDegreeMax = 0
  /// The first channel that overflowed, and where.
  private(set) var overflow: (channel: ChannelID, candidate: FindingCandidate)?
  private(set) var fault: String?
  private var buffer: SuccessorBuffer
  /// The depth of the state that each successor in the buffer came from, plus one.
  private var depths: [UInt32] = []
  private var batch = InsertionBatch()
  /// Successors in the buffer that are inserted; they survive a pause.
  private var inserted = 0
  private var batchesUntilCheck = 0
  private var transitionsReported = 0

  /// Successors that make a batch worth inserting: some states more than the one on top.
  private static let batchWanted = 48
  private static let batchesPerCheck = 16
  /// What goes to another worker at once, at most.
  private static let shareMax = 1 << 14

  init(
    index: Int, compiled: CompiledSystem, agenda: Agenda, tier: NativeTier?,
    writer: ExactStore.Writer, budget: MemoryBudget
  ) {
    self.index = index
    self.writer = writer
    checks = StateChecks(compiled, agenda: agenda, tier: tier)
    buffer = SuccessorBuffer(wordCount: compiled.wordCount, capacity: 1024)
    stack = CountedStack(budget: budget)
  }

  /// A state on a stack: 40 bits of its identity, and the depth at which it was met, in 24 bits; of
  /// deeper ones nothing more is known.
  enum Entry {
    static let depthMax: UInt32 = 1 << 24 - 1

    static func entry(_ id: UInt64, depth: UInt32) -> UInt64 {
      id | UInt64(min(depth, depthMax)) << StateID.bits
    }

    static func id(_ entry: UInt64) -> StateID { StateID(raw: entry & (1 << StateID.bits - 1)) }

    static func depth(_ entry: UInt64) -> UInt32 {
      UInt32(truncatingIfNeeded: entry >> StateID.bits)
    }
  }

  /// Expands states until there is none anywhere, or all must pause.
  mutating func run(_ search: SharedDepthFirst) {
    while true {
      if inserted < buffer.count && !insert(search) { break }
      buffer.removeAll()
      depths.removeAll(keepingCapacity: true)
      inserted = 0
      if search.mustPause || !findWork(search) { break }
      fill(search)
    }
    if search.mustPause { search.pool.pause() }
  }

  /// Takes from the others where nothing is left, gives where they have nothing; false at the end.
  private mutating func findWork(_ search: SharedDepthFirst) -> Bool {
    if !stack.isEmpty {
      if search.pool.isWanted, stack.count > 1 {
        search.pool.give(stack.takeFirst(min(stack.count / 2, Self.shareMax)))
      }
      return true
    }
    guard let share = search.pool.take() else { return false }
    for entry in share where !stack.append(entry) {
      search.limits.stop(.memory)
      return false
    }
    return true
  }

  /// Expands states from the top of the stack until the batch is worth inserting.
  private mutating func fill(_ search: SharedDepthFirst) {
    let wordCount = buffer.wordCount
    while buffer.count < Self.batchWanted, let entry = stack.popLast() {
      let depth = Entry.depth(entry)
      let source = search.store.pointee.words(of: Entry.id(entry))
      let before = buffer.count
      let expansion = checks.machine.expand(
        source, hash: StateHash.hash(source, wordCount), into: &buffer)
      if let interruption = expansion.interruption {
        buffer.count = before
        interrupt(interruption, source, depth: Int(depth), search)
        return
      }
      let made = buffer.count - before
      search.store.pointee.prefetch(buffer.hashes + before, count: made)
      for _ in 0..<made { depths.append(depth + 1) }
      transitions += expansion.transitions
      outDegreeMax = max(outDegreeMax, expansion.transitions)
      expanded += 1
      checks.onExpanded(source, depth: Int(depth), expansion)
    }
  }

  @inline(never)
  private mutating func interrupt(
    _ interruption: Interruption, _ source: UnsafePointer<UInt64>, depth: Int,
    _ search: SharedDepthFirst
  ) {
    if case .growth(let channel) = interruption {
      let words = Array(UnsafeBufferPointer(start: source, count: buffer.wordCount))
      overflow = (channel, FindingCandidate(depth: depth, state: words))
    } else if interruption != .stopped {
      fault = "the machine stopped: \(interruption)"
    }
    search.requestEnd()
  }

  /// Inserts the rest of the buffer; false where the worker must pause first.
  private mutating func insert(_ search: SharedDepthFirst) -> Bool {
    while inserted < buffer.count {
      if !mayInsert(search) { return false }
      let first = inserted
      let (consumed, outcome) = search.store.pointee.insert(
        buffer.state(first), hashes: buffer.hashes + first,
        count: min(InsertionBatch.capacity, buffer.count - first), writer: &writer, batch: &batch)
      inserted += consumed
      for number in 0..<batch.freshCount {
        let index = Int(batch.fresh[number])
        let depth = depths[first + index]
        checks.onStored(
          buffer.state(first + index), depth: Int(depth), action: buffer.actions[first + index])
        if !stack.append(Entry.entry(batch.ids[index], depth: depth)) {
          search.limits.stop(.memory)
        }
      }
      if search.endsAtCandidates && !checks.candidates.isEmpty { search.endIfFound(checks) }
      switch outcome {
      case .done: continue
      case .tableFull: search.requestGrowth()
      case .memoryRefused: search.limits.stop(.memory)
      }
    }
    return true
  }

  @inline(__always)
  private mutating func mayInsert(_ search: SharedDepthFirst) -> Bool {
    batchesUntilCheck -= 1
    if batchesUntilCheck < 0 { check(search) }
    if search.store.pointee.growthIsDue { search.requestGrowth() }
    return !search.mustPause
  }

  private mutating func check(_ search: SharedDepthFirst) {
    batchesUntilCheck = Self.batchesPerCheck
    checks.machine.beginChunk()
    search.limits.check(states: search.store.pointee.count)
    search.progress.stateCount.store(search.store.pointee.count, ordering: .relaxed)
    search.progress.frontierCount.store(stack.count, ordering: .relaxed)
    if let depth = depths.last { search.progress.depthNow.store(Int(depth), ordering: .relaxed) }
    search.progress.memoryBytes.store(search.store.pointee.budget.inUse, ordering: .relaxed)
    search.progress.transitionCount.add(transitions - transitionsReported, ordering: .relaxed)
    transitionsReported = transitions
  }
}
