import Synchronization
import TransitionSystem

/// Several workers that go on with a depth-first search that one began.
///
/// All share the visited set; each has a stack of its own and gives its oldest entries to those who
/// have none left (`WorkPool`). Which worker meets which state, and in which order, is chance. So
/// this search says which states there are, how many, and what occurs in some of them; which path
/// leads there, and which of several comes first, is for one worker to say, who begins again
/// (`UnsettledSearch`). Every property is looked at in every state to the end: what one worker
/// finds is among what these find.
///
/// Threads: the owner runs the phases; workers touch their own `DepthFirstWorker`, the visited set,
/// the pool, and the atomics here.
final class SharedDepthFirst: @unchecked Sendable {
  let progress: SearchProgress
  let limits: SearchLimits
  let store: UnsafeMutablePointer<ExactStore>
  let pool: WorkPool
  /// Whether finding something may end the search.
  let endsAtCandidates: Bool
  private let options: SearchOptions
  private let system: TransitionSystem
  private let workers: UnsafeMutablePointer<DepthFirstWorker>
  private let workerCount: Int
  private let team: WorkerTeam
  // Relaxed, both: they only end a phase; the barrier of the team orders all data.
  private let growthRequested = Atomic<Bool>(false)
  private let endRequested = Atomic<Bool>(false)

  /// - Parameters:
  ///   - store: outlives the search, and is touched by nobody else.
  ///   - writer: of worker 0, which stored all states so far.
  ///   - agenda: what is not found yet.
  init(
    _ compiled: CompiledSystem, _ options: SearchOptions, _ progress: SearchProgress,
    _ limits: SearchLimits, _ store: UnsafeMutablePointer<ExactStore>, _ tier: NativeTier?,
    writer: ExactStore.Writer, agenda: Agenda
  ) {
    self.progress = progress
    self.limits = limits
    self.store = store
    self.options = options
    system = compiled.system
    endsAtCandidates = options.stopAtFirst
    team = WorkerTeam(count: store.pointee.workers, startsAtOnce: true)
    pool = WorkPool(workers: team.count)
    workerCount = store.pointee.workers
    workers = .allocate(capacity: workerCount)
    for index in 0..<workerCount {
      (workers + index).initialize(
        to: DepthFirstWorker(
          index: index, compiled: compiled, agenda: agenda, tier: tier,
          writer: index == 0 ? writer : ExactStore.Writer(worker: index),
          budget: store.pointee.budget))
      workers[index].checks.machine.watch(limits, store.pointee.budget)
    }
  }

  deinit {
    team.end()
    workers.deinitialize(count: workerCount)
    workers.deallocate()
  }

  /// Puts a state on the stack of worker 0; false where memory is refused. Requires: before `run`.
  func add(_ place: UInt32, depth: UInt32) -> Bool {
    workers[0].stack.append(DepthFirstWorker.Entry.entry(UInt64(place), depth: depth))
  }

  // MARK: What workers ask

  /// Whether the phase must be left: for growth or for good.
  @inline(__always)
  var mustPause: Bool {
    growthRequested.load(ordering: .relaxed) || endRequested.load(ordering: .relaxed)
      || limits.isStopped
  }

  func requestGrowth() { growthRequested.store(true, ordering: .relaxed) }

  func requestEnd() { endRequested.store(true, ordering: .relaxed) }

  /// Ends the search if a worker has found what ends it.
  func endIfFound(_ checks: borrowing StateChecks) {
    for (index, candidate) in checks.candidates.entries.enumerated() where candidate != nil {
      if options.stops(at: checks.candidates.target(index), system) { requestEnd() }
    }
  }

  // MARK: Phases

  /// Searches to the end, or to where a budget ends it.
  func run() {
    repeat {
      pool.resume()
      team.run { [self] worker in workers[worker].run(self) }
    } while mayGoOn()
  }

  /// Grows the table, if that is what the workers wait for.
  private func mayGoOn() -> Bool {
    if endRequested.load(ordering: .relaxed) || limits.isStopped { return false }
    guard growthRequested.exchange(false, ordering: .relaxed) else { return false }
    if team.grow(store, counts: counts, isSmall: false) { return true }
    limits.stop(.memory)
    return false
  }

  // MARK: What came out

  private var counts: [Int] { (0..<workerCount).map { workers[$0].writer.arena.count } }

  /// Adds counts, coverage and the reason for the end; returns what is left for one worker.
  func finish(_ result: inout SearchResult) -> UnsettledSearch? {
    var met = CandidateTable(propertyCount: system.properties.count)
    for index in 0..<workerCount {
      met.merge(workers[index].checks.candidates)
      result.transitions += workers[index].transitions
      result.statistics.expandedStates += workers[index].expanded
      result.statistics.outDegreeMax = max(
        result.statistics.outDegreeMax, workers[index].outDegreeMax)
      result.statistics.frontierPeak = max(
        result.statistics.frontierPeak, workers[index].stack.peak)
      result.statistics.probes += workers[index].writer.probes
      result.statistics.tagCollisions += workers[index].writer.tagCollisions
      result.addCoverage(workers[index].checks, system)
      if let fault = workers[index].fault { result.internalFaults.append(fault) }
    }
    result.states = counts.reduce(0, +)
    return end(&result, met)
  }

  private func end(_ result: inout SearchResult, _ met: CandidateTable) -> UnsettledSearch? {
    let overflows = (0..<workerCount).compactMap { workers[$0].overflow }
    let endsSearch = endsAtCandidates && endRequested.load(ordering: .relaxed)
    if let reason = limits.stopReason {
      result.stopReason = reason
    } else if !result.internalFaults.isEmpty {
      result.stopReason = .internalFault
    } else if let first = overflows.first {
      result.stopReason = .growthNeeded(
        Set(overflows.map(\.channel)).sorted { $0.index < $1.index })
      result.growth = first.candidate.finding
      return options.tracesGrowth ? UnsettledSearch(met: met, isWhole: true) : nil
    } else {
      result.stopReason = endsSearch ? .firstFound : .exhausted
    }
    return met.isEmpty ? nil : UnsettledSearch(met: met, isWhole: endsSearch)
  }

  /// Bytes of the stacks.
  var stackBytes: Int { (0..<workerCount).reduce(0) { $0 + workers[$1].stack.byteCount } }
}
