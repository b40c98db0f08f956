import Reduction
import Symmetry
import Synchronization
import TransitionSystem

/// Level-synchronous breadth-first search.
///
/// The states of depth d are one range of places for each worker (`VisitedSet`). All workers take
/// chunks of them from one cursor, generate successors, and insert them; a barrier ends the level.
/// So the set of states of every level, all counts and all least candidates do not depend on the
/// number of workers or on their speed; only the identities of states do, and nothing is chosen by
/// them.
///
/// The search advances in phases that all workers execute together (`WorkerTeam`): expand a level,
/// grow the table, inspect the last level, look for predecessors. A phase that cannot go on
/// (the table is full, a budget is used up) is left by everybody and resumed or ended.
///
/// Threads: the owner runs the phases; workers touch their own `BreadthFirstWorker`, the visited
/// set, and the atomics here. Everything else changes between phases only.
final class BreadthFirst<Store: VisitedSet & ~Copyable>: @unchecked Sendable {
  let compiled: CompiledSystem
  let options: SearchOptions
  let progress: SearchProgress
  var limits: SearchLimits {
    didSet { watchExpansions(limits) }
  }
  let budget: MemoryBudget
  let team: WorkerTeam
  let plan: StorePlan
  let store: UnsafeMutablePointer<Store>
  /// Whether there is one: not where memory was refused for the one that finds traces.
  var hasStore = true
  let workers: UnsafeMutablePointer<BreadthFirstWorker<Store>>
  let workerCount: Int
  /// Compiled C on its way; nil where it is not wanted.
  let tier: NativeTier?
  /// Nil where all states are told apart.
  let symmetry: SymmetryPlan?
  /// With partial-order reduction.
  let settled: SettledStates
  let stageCode: StageCode
  /// Nil where the graph is not wanted.
  private(set) var transitionPages: TransitionPages?
  var levels: LevelTable
  /// The first level whose states the store still has.
  var firstLevelKept = 0
  /// From this level on nothing is forgotten.
  var keepFrom = Int.max
  /// Whether each level before that is forgotten as soon as that is possible.
  var keepsLeast = false
  /// What part of the free memory levels may take that are brought back; the last is none. Those
  /// that were too much are gone.
  var keptDivisors = [2, 8, Int.max]
  /// Most states that the store had at a time.
  var heldMax = 0
  var agenda: Agenda
  var findings: [SearchTarget: FindingCandidate] = [:]
  var result: SearchResult
  /// Nil where the search is no trial, or none any more.
  var trial: TrialPlan?
  /// Whether leaving out dead data is worth a second search; with how many states that was looked
  /// at last.
  var deadDataSaves = false
  var deadDataSeen = 0
  var mayHaveDeadData = true
  /// Whether stubborn sets are computed for a sample only.
  var isSampling = false
  /// Whether two kinds of closures are compared on a sample, while sets of one are used.
  var isComparing = false
  /// Of the levels that are done.
  var sample = ReductionSample()
  /// How stubborn sets are looked for in the level that is expanded, and by depth, as far as it
  /// went; changes between levels only.
  var pace: ReductionPace
  var paces: [ReductionPace] = []
  /// Counts at the beginning of the sample that decides it.
  var paceStart = (tried: 0, found: 0)
  /// Which keys of stubborn sets had poor prospects, one after the other; and the number of those
  /// that the workers go by.
  var prospects: [Prospects] = []
  var prospectsNow = 0
  private let cursors: ChunkCursors
  // Relaxed: the flag only ends a phase; the barrier of the team orders all data.
  private let growthRequested = Atomic<Bool>(false)

  /// Nil where not even the first pages of memory are given.
  init?(
    _ compiled: CompiledSystem, _ options: SearchOptions, _ progress: SearchProgress,
    _ cancellation: CancellationFlag
  ) {
    self.compiled = compiled
    // First: it works on a thread of its own.
    tier = NativeTier.wanted(by: options, compiled.system, waits: false)
    self.options = options
    self.progress = progress
    limits = SearchLimits(options, cancellation)
    budget = MemoryBudget(limit: options.memoryMax)
    stageCode = StageCode(compiled.system.layout)
    let wanted = options.store == .bitstate ? 1 : max(1, min(options.workers, StateID.workersMax))
    plan = StorePlan(
      wordCount: compiled.wordCount, workers: wanted, budget: budget, choice: options.store,
      fingerprintBits: options.fingerprintBits,
      bitTableBytes: options.bitTableBytes ?? min(bitTableBytesDefault, options.memoryMax / 2),
      quotient: StateQuotient(compiled.system.layout, memoryMax: options.memoryMax),
      stages: options.partialOrder ? stageCode : nil,
      tree: options.store == .compact ? StateTree(compiled.system) : nil)
    guard let store = Store(plan) else { return nil }
    self.store = .allocate(capacity: 1)
    self.store.initialize(to: store)
    team = WorkerTeam(count: wanted)
    workerCount = wanted
    levels = LevelTable(workers: wanted)
    cursors = ChunkCursors(workers: wanted)
    settled = SettledStates(
      workers: wanted, budget: budget, remembers: !self.store.pointee.hasStages,
      wantsNext: options.preservesExecutions,
      trustsAll: options.omittedConditions.contains(.settling))
    pace = ReductionPace(choice: options.stubborn)
    agenda = Agenda(compiled.system, options)
    result = SearchResult(compiled.system, options, agenda)
    result.statistics.workers = wanted
    symmetry = result.statistics.planSymmetry(compiled.system, options)
    workers = .allocate(capacity: wanted)
    for index in 0..<wanted {
      (workers + index).initialize(
        to: BreadthFirstWorker(index: index, compiled: compiled, agenda: agenda, tier: tier))
      workers[index].checks.machine.watch(limits, budget)
    }
    trial = options.trial
    if options.partialOrder {
      let tables = options.stubbornTables(compiled.system)
      let singles = SingleActions(compiled.system)
      for index in 0..<wanted {
        workers[index].checks.machine.prepareSingles(singles)
        workers[index].stubborn = StubbornSets(tables, options.stubborn)
        workers[index].stubbornMemory = MemoryReservation(0, of: budget)
        if options.checksStubbornSets {
          workers[index].stubbornCheck = StubbornCheck(compiled, options)
        }
      }
      prospects = [Prospects(tables, triedMin: options.prospectsTriedMin)]
      result.statistics.notePartialOrder(options)
      isComparing =
        options.stubborn == .auto && workers[0].stubborn?.closureMayBeBetter ?? false
      pace.takesSafeActions = !isComparing
    }
    if let symmetry {
      for index in 0..<wanted { workers[index].canonicalizer = Canonicalizer(symmetry) }
    }
    beginNotes()
    if options.engine == .native { tier?.waitForModule() }
  }

  /// Gives the pages of a graph back, and those of its states, with all threads: that is work for
  /// the system.
  ///
  /// Requires: nothing is asked any more.
  private func giveBackNotes() {
    guard workerCount > 1, transitionPages != nil else { return }
    if isKnownUniquelyReferenced(&transitionPages) { transitionPages?.giveBack(team) }
    // Safety: the store outlives the task, and each item is another worker's part.
    nonisolated(unsafe) let shared = store
    if hasStore { team.forEachItem(of: workerCount) { shared.pointee.giveBackStates(of: $0) } }
  }

  /// Lets the workers note their graph, if it is wanted and there will be one: not where members
  /// were to be exchanged, even if they cannot be, as what formulas read may be dead then.
  private func beginNotes() {
    guard options.notesGraph, options.store == .exact, options.symmetricFamilies.isEmpty,
      !options.partialOrder || options.preservesExecutions
    else { return }
    let atoms = compiled.system.atoms.count
    // Questions to a solver come behind those of the search: one that is hard makes the next ones
    // harder.
    let isNoted =
      atoms <= AtomColumn.countMax && compiled.system.oracle == nil && !options.partialOrder
    transitionPages = TransitionPages(budget)
    for index in 0..<workerCount {
      workers[index].note(
        to: transitionPages.flatMap {
          GraphLog(budget, $0, workers: workerCount, atomCount: isNoted ? atoms : 0)
        })
    }
  }

  deinit {
    tier?.finish()
    workers.deinitialize(count: workerCount)
    workers.deallocate()
    giveBackNotes()
    team.end()
    if hasStore { store.deinitialize(count: 1) }
    store.deallocate()
  }

  var counts: [Int] { (0..<workerCount).map { workers[$0].writer.arena.count } }

  // MARK: What workers ask

  /// Whether the phase must be left: for growth or for good.
  @inline(__always)
  var mustPause: Bool { growthRequested.load(ordering: .relaxed) || limits.isStopped }

  /// Whether all that is stored between two looks of each worker is little beside the table.
  @inline(__always)
  var hasLargeTable: Bool { store.pointee.slotCount >> 17 >= workerCount }

  func requestGrowth() { growthRequested.store(true, ordering: .relaxed) }

  func nextChunk(for worker: Int) -> (worker: Int, places: Range<Int>)? {
    cursors.take(for: worker, from: levels)
  }

  /// Whether stubborn sets only tell what they would leave out in the level that is expanded.
  var keepsAll: Bool { isSampling || pace.isSlow }

  // MARK: Phases

  /// Executes a task on the workers that a level of this size is worth.
  func runPhase(size: Int, _ task: @escaping WorkerTeam.Task) {
    if size < options.sharedLevelMin { task(0) } else { team.run(task) }
  }

  /// Cuts a level into chunks and lets `body` take them.
  func sweep(_ level: Int, _ body: @escaping WorkerTeam.Task) {
    levels.cut(level, team: team.count)
    cursors.restart()
    runPhase(size: levels.size(level), body)
  }

  /// Makes the table larger, or lets it get fuller; false where neither is possible.
  func grow() -> Bool {
    growthRequested.store(false, ordering: .relaxed)
    let counts = counts
    return team.grow(
      store, counts: counts, isSmall: counts.reduce(0, +) < options.sharedLevelMin)
  }
}
