import Reduction
import Symmetry
import Synchronization
import TransitionSystem

/// Depth-first search with an explicit stack, by one worker; several may go on with it
/// (`SharedDepthFirst`).
///
/// A state is stored when it is generated and expanded when it is taken from the stack. The path to
/// the state at hand is kept beside the stack (one identity for each depth), so traces cost
/// nothing; they are not the shortest.
///
/// With a depth bound, a state that is met at the bound and later on a shorter path must be
/// expanded after all, else what lies behind it is lost (the well-known error of bounded
/// depth-first search). So each state carries the least depth at which it was met, and goes on the
/// stack again when that falls. When the stack is empty, that depth is the length of a shortest
/// path, for every state within the bound: states and transitions are those of a bounded
/// breadth-first search. Only the first expansion of a state is counted. Price: 4 bytes a state,
/// and in the worst case exponentially many expansions; with a bound, breadth-first is the better
/// choice.
struct DepthFirst: ~Copyable {
  let compiled: CompiledSystem
  let options: SearchOptions
  let progress: SearchProgress
  var limits: SearchLimits {
    didSet {
      checks.machine.machine.watch.limits = limits
      inspector.watch.limits = limits
    }
  }
  let budget: MemoryBudget
  var store: ExactStore
  var writer = ExactStore.Writer(worker: 0)
  var batch = InsertionBatch()
  var buffer: SuccessorBuffer
  var checks: StateChecks
  /// Generates at the bound, where nothing may count as covered.
  var inspector: Machine
  /// Compiled C on its way; nil where it is not wanted.
  let tier: NativeTier?
  var stack: CountedStack<Entry>
  var path: CountedStack<UInt64>
  /// By place, with a bound: least depth, and `wasExpanded`.
  var depths: CountedStack<UInt32>
  /// By place, with partial-order reduction: see `Stage`.
  var stages: CountedStack<UInt8>
  var stubborn: StubbornSets?
  var stubbornCheck: StubbornCheck?
  /// Of the stubborn sets.
  let stubbornMemory: MemoryReservation?
  /// Nil where all states are told apart.
  let symmetry: SymmetryPlan?
  let canonicalizer: Canonicalizer?
  /// Whether stubborn sets are computed for a sample only.
  var isSampling = false
  var sample = ReductionSample()
  var trialIsOver = false
  /// Whether several workers went on with it, and what they left for one.
  var isShared = false
  var unsettled: UnsettledSearch?
  var result: SearchResult

  /// A state to expand: its place, and the depth at which it was met.
  struct Entry: BitwiseCopyable {
    let place: UInt32
    let depth: UInt32
  }

  static let wasExpanded: UInt32 = 1 << 31
  private static let expansionsPerCheck = 64

  /// Nil where not even the first pages of memory are given.
  init?(
    _ compiled: CompiledSystem, _ options: SearchOptions, _ progress: SearchProgress,
    _ limits: SearchLimits
  ) {
    budget = MemoryBudget(limit: options.memoryMax)
    let workers = options.depthFirstWorkers
    guard
      let store = ExactStore(wordCount: compiled.wordCount, workers: workers, budget: budget)
    else { return nil }
    self.store = store
    self.compiled = compiled
    self.options = options
    self.progress = progress
    self.limits = limits
    buffer = SuccessorBuffer(wordCount: compiled.wordCount, capacity: 1024)
    let agenda = Agenda(compiled.system, options)
    tier = NativeTier.wanted(by: options, compiled.system)
    checks = StateChecks(compiled, agenda: agenda, tier: tier)
    checks.machine.watch(limits, budget)
    inspector = Machine(compiled)
    inspector.watch = ExpansionWatch(limits, budget)
    stack = CountedStack(budget: budget)
    path = CountedStack(budget: budget)
    depths = CountedStack(budget: budget)
    stages = CountedStack(budget: budget)
    result = SearchResult(compiled.system, options, agenda)
    symmetry = result.statistics.planSymmetry(compiled.system, options)
    canonicalizer = symmetry.map { Canonicalizer($0) }
    result.statistics.workers = workers
    result.statistics.workersObstacle = options.workers > 1 ? options.depthFirstObstacle : nil
    stubbornMemory = MemoryReservation(0, of: budget)
    if options.partialOrder {
      stubborn = options.stubbornSets(compiled.system)
      if options.checksStubbornSets { stubbornCheck = StubbornCheck(compiled, options) }
      result.statistics.notePartialOrder(options)
    }
  }

  mutating func run() -> SearchResult {
    let expansion = checks.machine.initialStates(into: &buffer)
    result.statistics.initialStates = buffer.count
    canonicalizer?.canonicalize(buffer, from: 0)
    if let interruption = expansion.interruption {
      interrupt(interruption, depth: 0, state: nil)
    } else {
      checks.noteInitialFailures()
      if settle() && storeSuccessors(depth: 0) { search() }
    }
    finish()
    return result
  }

  private mutating func search() {
    var untilCheck = DepthFirst.expansionsPerCheck
    var isBounded = false
    while let entry = stack.popLast() {
      let place = Int(entry.place)
      let depth = Int(entry.depth)
      if options.depthMax != nil, depths[place] & ~DepthFirst.wasExpanded < entry.depth { continue }
      guard enter(place, depth: depth) else { return stop(.memory) }
      untilCheck -= 1
      if untilCheck == 0 {
        untilCheck = DepthFirst.expansionsPerCheck
        report(depth)
        checks.machine.beginChunk()
        continueTrial()
        if !remembersWithinBudget() { return stop(.memory) }
        limits.check(states: writer.arena.count)
        if let reason = limits.stopReason { return stop(reason) }
        if mayShare {
          // The state at hand was taken from the stack already.
          guard stack.append(entry) else { return stop(.memory) }
          return share()
        }
      }
      if let depthMax = options.depthMax, depth >= depthMax {
        isBounded = true
        if !inspect(place, depth: depth) || !settle() { return }
      } else if !expand(place, depth: depth) || !storeSuccessors(depth: depth + 1) {
        return
      }
    }
    result.stopReason = isBounded && hasUnexpanded ? .depthBound : .exhausted
  }

  /// With a bound: whether some state was met at the bound only.
  private var hasUnexpanded: Bool {
    (0..<depths.count).contains { depths[$0] & DepthFirst.wasExpanded == 0 }
  }

  private mutating func stop(_ reason: StopReason) { result.stopReason = reason }

  private func report(_ depth: Int) {
    progress.stateCount.store(writer.arena.count, ordering: .relaxed)
    progress.transitionCount.store(result.transitions, ordering: .relaxed)
    progress.frontierCount.store(stack.count, ordering: .relaxed)
    progress.depthNow.store(depth, ordering: .relaxed)
    progress.memoryBytes.store(budget.inUse, ordering: .relaxed)
  }

  // MARK: One state

  /// Generates the successors of a state and judges it; false where the search must end.
  private mutating func expand(_ place: Int, depth: Int) -> Bool {
    let source = UnsafePointer(store.arena.words(worker: 0, place: place))
    let expansion = checks.machine.expand(
      source, hash: StateHash.hash(source, store.wordCount), into: &buffer)
    if let interruption = expansion.interruption {
      interrupt(interruption, depth: depth, state: source)
      return false
    }
    canonicalizer?.canonicalize(buffer, from: 0)
    var isFirst = true
    if options.depthMax != nil {
      isFirst = depths[place] & DepthFirst.wasExpanded == 0
      depths[place] |= DepthFirst.wasExpanded
    }
    if !isFirst { return true }
    var kept = expansion.transitions
    if stubborn != nil && expansion.failureCount == 0 {
      guard let some = reduce(source) else {
        stop(.internalFault)
        return false
      }
      kept = some
    }
    result.transitions += kept
    result.statistics.expandedStates += 1
    result.statistics.outDegreeMax = max(result.statistics.outDegreeMax, kept)
    checks.onExpanded(source, depth: depth, expansion)
    return settle()
  }

  /// Evaluates what reads `quiescent` on a state at the bound; false where the search must end.
  private mutating func inspect(_ place: Int, depth: Int) -> Bool {
    if checks.agenda.expanded.isEmpty { return true }
    let source = UnsafePointer(store.arena.words(worker: 0, place: place))
    let expansion = inspector.expand(
      source, hash: StateHash.hash(source, store.wordCount), into: &buffer)
    buffer.removeAll()
    if let interruption = expansion.interruption {
      interrupt(interruption, depth: depth, state: source)
      return false
    }
    checks.onInspected(source, depth: depth, expansion)
    return true
  }

  private mutating func interrupt(
    _ interruption: Interruption, depth: Int, state: UnsafePointer<UInt64>?
  ) {
    if interruption == .stopped { return stop(limits.stopReason ?? .memory) }
    guard case .growth(let channel) = interruption else {
      result.stopReason = .internalFault
      result.internalFaults.append("the machine stopped: \(interruption)")
      return
    }
    // The channels of members that were not told apart have the same room.
    let channels = symmetry?.orbit(of: [channel]) ?? [channel]
    result.stopReason = .growthNeeded(channels.sorted { $0.index < $1.index })
    guard let state else { return }
    let words = Array(UnsafeBufferPointer(start: state, count: buffer.wordCount))
    let candidate = FindingCandidate(depth: depth, state: words)
    result.growth = candidate.finding
    if options.tracesGrowth, let trace = trace(candidate, nil) { result.growth?.trace = trace }
  }

  // MARK: Successors

  /// Stores what the buffer holds and puts the new states on the stack; false at the end.
  private mutating func storeSuccessors(depth: Int) -> Bool {
    var first = 0
    while first < buffer.count {
      if store.growthIsDue && !store.growAlone(count: writer.arena.count) {
        stop(.memory)
        return false
      }
      let (consumed, outcome) = store.insert(
        buffer.state(first), hashes: buffer.hashes + first,
        count: min(InsertionBatch.capacity, buffer.count - first), writer: &writer, batch: &batch)
      for number in 0..<batch.freshCount {
        let index = first + Int(batch.fresh[number])
        // Representatives of their orbits are not what the actions made.
        let action = canonicalizer == nil ? buffer.actions[index] : -1
        checks.onStored(buffer.state(index), depth: depth, action: action)
      }
      guard push(consumed, depth: UInt32(depth)), addStages(), outcome != .memoryRefused else {
        stop(.memory)
        return false
      }
      if outcome == .tableFull && !store.growAlone(count: writer.arena.count) {
        stop(.memory)
        return false
      }
      if !settle() { return false }
      first += consumed
    }
    buffer.removeAll()
    return true
  }

  /// Puts on the stack what is new, or was met at a lesser depth than ever before.
  private mutating func push(_ count: Int, depth: UInt32) -> Bool {
    if batch.freshCount > 0 { result.depth = max(result.depth, Int(depth)) }
    guard options.depthMax != nil else {
      for number in 0..<batch.freshCount {
        let place = UInt32(truncatingIfNeeded: batch.ids[Int(batch.fresh[number])])
        if !stack.append(Entry(place: place, depth: depth)) { return false }
      }
      return true
    }
    for index in 0..<count {
      let place = Int(batch.ids[index])
      if place == depths.count {
        if !depths.append(depth) { return false }
      } else {
        if depths[place] & ~DepthFirst.wasExpanded <= depth { continue }
        depths[place] = depths[place] & DepthFirst.wasExpanded | depth
      }
      if !stack.append(Entry(place: UInt32(place), depth: depth)) { return false }
    }
    return true
  }
}
