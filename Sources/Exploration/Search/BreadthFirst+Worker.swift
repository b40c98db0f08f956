import Reduction
import Symmetry
import Synchronization
import TransitionSystem

/// One worker of a breadth-first search: its machine, its part of the visited set, its counts.
struct BreadthFirstWorker<Store: VisitedSet & ~Copyable>: ~Copyable {
  let index: Int
  var checks: StateChecks
  var buffer: SuccessorBuffer
  var batch = InsertionBatch()
  var writer: Store.Writer
  /// The chunk under way: it survives a pause for growth.
  var chunkWorker = 0
  var chunk = 0..<0
  /// Successors in the buffer that are inserted.
  var inserted = 0
  var transitions = 0
  var expanded = 0
  var outDegreeMax = 0
  /// Channels that overflowed in this level, and the first state where it happened.
  var overflows: Set<ChannelID> = []
  var overflow: FindingCandidate?
  var fault: String?
  /// Nil without partial-order reduction.
  var stubborn: StubbornSets?
  /// Of the stubborn sets; nil without.
  var stubbornMemory: MemoryReservation?
  /// Expanded states whose successors are in the buffer, all of them.
  let reducible = ReducibleStates()
  /// States that a stubborn set was looked for at, those where one was found, and those that were
  /// expanded in part.
  var tried = 0
  var found = 0
  var reduced = 0
  var sample = ReductionSample()
  /// Nil where stubborn sets are used as they are.
  var stubbornCheck: StubbornCheck?
  var boundedChecks = 0
  /// Nil where all states are told apart.
  var canonicalizer: Canonicalizer?
  /// Nil where the graph is not wanted.
  var log: GraphLog?
  private var notedAtoms = 0
  /// In the phase that finds traces again.
  var predecessors = PredecessorSearch(targets: [])
  /// States of the chunks taken since the last report.
  private var unreported = 0
  private var batchesUntilCheck = 0
  private var transitionsReported = 0
  /// The workers lie one behind the other.
  private let gap = CacheGap()

  /// Successors that make a batch worth inserting.
  private static var batchWanted: Int { 96 }
  private static var batchesPerCheck: Int { 16 }

  init(index: Int, compiled: CompiledSystem, agenda: Agenda, tier: NativeTier?) {
    self.index = index
    checks = StateChecks(compiled, agenda: agenda, tier: tier)
    buffer = SuccessorBuffer(wordCount: compiled.wordCount, capacity: 1024)
    writer = Store.Writer(worker: index)
  }

  mutating func note(to log: GraphLog?) {
    self.log = log
    notedAtoms = log?.atoms.count ?? 0
  }

  /// Forgets what it found, for a search from the beginning that looks for nothing.
  mutating func startAgain(_ agenda: Agenda) {
    writer = Store.Writer(worker: index)
    buffer.removeAll()
    inserted = 0
    chunk = 0..<0
    overflows = []
    overflow = nil
    checks.forgetCandidates()
    checks.follow(agenda)
  }

  mutating func makeInitialStates() -> Expansion {
    let expansion = checks.machine.initialStates(into: &buffer)
    canonicalize(from: 0)
    return expansion
  }

  /// Expands chunks of the level until none is left, or all must pause.
  mutating func expandLevel(_ search: BreadthFirst<Store>, depth: Int) {
    while true {
      if inserted < buffer.count && !insert(search, depth: depth + 1) { return }
      buffer.removeAll()
      inserted = 0
      if search.mustPause { return }
      if chunk.isEmpty && !takeChunk(search) { return }
      fill(search, depth: depth)
      log?.makeRoom(buffer.count)
    }
  }

  private mutating func takeChunk(_ search: BreadthFirst<Store>) -> Bool {
    guard remembersWithinBudget(search), let next = search.nextChunk(for: index) else {
      if unreported > 0 { report(search) }
      log?.endRun()
      return false
    }
    chunkWorker = next.worker
    chunk = next.places
    checks.machine.beginChunk()
    unreported += chunk.count
    if unreported >= search.levels.reportSize { report(search) }
    return true
  }

  private mutating func report(_ search: BreadthFirst<Store>) {
    search.limits.check(states: search.store.pointee.count)
    search.progress.frontierCount.subtract(unreported, ordering: .relaxed)
    search.progress.stateCount.store(search.store.pointee.count, ordering: .relaxed)
    search.progress.memoryBytes.store(search.budget.inUse, ordering: .relaxed)
    unreported = 0
  }

  /// Expands states of the chunk until the batch is worth inserting.
  private mutating func fill(_ search: BreadthFirst<Store>, depth: Int) {
    let wordCount = buffer.wordCount
    let manner = manner(search, depth: depth)
    while !chunk.isEmpty && buffer.count < BreadthFirstWorker.batchWanted && !reducible.isFull {
      let source = UnsafePointer(
        search.store.pointee.words(
          worker: chunkWorker, place: chunk.lowerBound, reader: index))
      chunk = chunk.lowerBound + 1..<chunk.upperBound
      let state = ReducibleStates.Entry(
        source: source, hash: StateHash.hash(source, wordCount),
        id: StateID(worker: chunkWorker, place: chunk.lowerBound - 1))
      if manner.takesSafeActions && expandSafeAction(state, manner, search) { continue }
      expandWhole(state, manner, search)
    }
    manner.reducing?._withUnsafeGuaranteedRef { reduceAll($0, manner, search) }
  }

  /// How states are expanded in a batch.
  struct Manner {
    let depth: Int
    /// Nil where nothing is left out. Counted nowhere: the worker keeps it.
    let reducing: Unmanaged<StubbornSets>?
    let goodKeys: GoodKeys?
    /// Whether sets are computed for some states, of which all is kept.
    let isLooking: Bool
    let isNoting: Bool
    /// Whether a set of one action is taken before the others are expanded.
    let takesSafeActions: Bool
  }

  func manner(_ search: BreadthFirst<Store>, depth: Int) -> Manner {
    let isLooking = stubborn != nil && search.keepsAll
    let reducing = isLooking ? nil : stubborn.map { Unmanaged.passUnretained($0) }
    return Manner(
      depth: depth, reducing: reducing,
      goodKeys: reducing?._withUnsafeGuaranteedRef { $0.goodKeys }, isLooking: isLooking,
      isNoting: log != nil,
      takesSafeActions: reducing != nil && log == nil && search.pace.takesSafeActions)
  }

  /// Appends all successors of a state.
  @inline(__always)
  mutating func expandWhole(
    _ state: ReducibleStates.Entry, _ manner: Manner, _ search: BreadthFirst<Store>
  ) {
    let (before, source, hash) = (buffer.count, state.source, state.hash)
    let expansion = checks.machine.expand(source, hash: hash, into: &buffer)
    if let interruption = expansion.interruption {
      buffer.count = before
      interrupt(interruption, source, depth: manner.depth, search)
      return
    }
    canonicalize(from: before)
    expanded += 1
    if manner.isNoting {
      note(
        source, state.id, expansion,
        transitions: manner.reducing == nil ? expansion.transitions : nil)
    }
    if let reducing = manner.reducing, let goodKeys = manner.goodKeys {
      var state = state
      state.successors = before..<buffer.count
      reducing._withUnsafeGuaranteedRef {
        postpone(
          state, mayReduce: expansion.failureCount == 0, $0, goodKeys,
          isNoting: manner.isNoting, search)
      }
    } else {
      search.store.pointee.prefetch(buffer.hashes + before, count: buffer.count - before)
      if manner.isLooking && ReductionPace.includes(hash) && expansion.failureCount == 0 {
        look(at: source, before..<buffer.count, search)
      }
      count(buffer.count - before)
    }
    checks.onExpanded(source, depth: manner.depth, expansion)
  }

  /// Counts the transitions of a state.
  @inline(__always)
  mutating func count(_ kept: Int) {
    transitions += kept
    if kept > outDegreeMax { outDegreeMax = kept }
  }

  /// Notes an expanded state for the graph, and how many successors are kept of it where that is
  /// known.
  @inline(__always)
  private mutating func note(
    _ source: UnsafePointer<UInt64>, _ id: StateID, _ expansion: Expansion, transitions: Int?
  ) {
    var (bits, failed) = (0 as UInt64, 0 as UInt64)
    if notedAtoms > 0 {
      bits = checks.atoms(source, count: notedAtoms, quiescent: !expansion.enabled, &failed)
    }
    // One access: each asks whether there is a log.
    log?.add(
      id, isQuiescent: !expansion.enabled, atoms: bits, failed: failed, transitions: transitions)
  }

  @inline(never)
  mutating func interrupt(
    _ interruption: Interruption, _ source: UnsafePointer<UInt64>, depth: Int,
    _ search: BreadthFirst<Store>
  ) {
    if interruption == .stopped { return }
    guard case .growth(let channel) = interruption else {
      fault = "the machine stopped: \(interruption)"
      search.limits.stop(.internalFault)
      return
    }
    overflows.insert(channel)
    if let old = overflow, old.precedes(depth: depth, state: source, walk: 0) { return }
    let words = Array(UnsafeBufferPointer(start: source, count: buffer.wordCount))
    overflow = FindingCandidate(depth: depth, state: words)
  }

  /// Inserts the rest of the buffer; false where the worker must pause first.
  mutating func insert(_ search: BreadthFirst<Store>, depth: Int) -> Bool {
    while inserted < buffer.count {
      if !mayInsert(search) { return false }
      let first = inserted
      let (consumed, outcome) = search.store.pointee.insert(
        buffer.state(first), hashes: buffer.hashes + first,
        count: min(InsertionBatch.capacity, buffer.count - first), writer: &writer, batch: &batch)
      log?.add(batch.ids, buffer.actions + first, count: consumed)
      inserted += consumed
      // Representatives of their orbits are not what the actions made.
      let all: Int32 = canonicalizer == nil ? 0 : -1
      for number in 0..<batch.freshCount {
        let index = first + Int(batch.fresh[number])
        checks.onStored(buffer.state(index), depth: depth, action: buffer.actions[index] | all)
      }
      switch outcome {
      case .done: continue
      case .tableFull: search.requestGrowth()
      case .memoryRefused: search.limits.stop(.memory)
      }
    }
    return true
  }

  @inline(__always)
  private mutating func mayInsert(_ search: BreadthFirst<Store>) -> Bool {
    batchesUntilCheck -= 1
    let looksAtAll = batchesUntilCheck < 0
    if looksAtAll {
      batchesUntilCheck = BreadthFirstWorker.batchesPerCheck
      search.limits.check(states: search.store.pointee.count)
      search.progress.transitionCount.add(transitions - transitionsReported, ordering: .relaxed)
      transitionsReported = transitions
    }
    // The counts of the others lie in their caches, and a large table has room until the next look.
    if looksAtAll || !search.hasLargeTable, search.store.pointee.growthIsDue {
      search.requestGrowth()
    }
    return !search.mustPause
  }
}
