import Synchronization
import TransitionSystem

/// Independent random walks from random initial states: never a proof, but at once deep.
///
/// Nothing is stored. Each walk has its own stream of random numbers, given by seed and number of
/// the walk, so that it is the same walk whoever makes it, and can be made again for its trace.
/// Walks are made in rounds; what is found is taken over between rounds (least depth, then least
/// words, then first walk), so that the result does not depend on the number of workers.
///
/// Threads: as `BreadthFirst`.
final class RandomWalks: @unchecked Sendable {
  let compiled: CompiledSystem
  let options: SearchOptions
  let progress: SearchProgress
  let limits: SearchLimits
  let walkCount: Int
  let stepsMax: Int
  private(set) var initial: [[UInt64]] = []
  private var workers: UnsafeMutablePointer<RandomWalkWorker>
  private let workerCount: Int
  /// Compiled C on its way; nil where it is not wanted.
  private let tier: NativeTier?
  private let team: WorkerTeam
  private var agenda: Agenda
  private var findings: [SearchTarget: FindingCandidate] = [:]
  private var result: SearchResult
  // Relaxed: only divides the work.
  private let cursor = Atomic<Int>(0)
  private var roundEnd = 0

  private static let roundWalks = 256

  init(
    _ compiled: CompiledSystem, _ options: SearchOptions, _ progress: SearchProgress,
    _ cancellation: CancellationFlag, count: Int
  ) {
    self.compiled = compiled
    self.options = options
    self.progress = progress
    limits = SearchLimits(options, cancellation)
    walkCount = count
    stepsMax = options.depthMax ?? randomWalkStepsDefault
    agenda = Agenda(compiled.system, options)
    result = SearchResult(compiled.system, options, agenda)
    let wanted = max(1, min(options.workers, StateID.workersMax))
    team = WorkerTeam(count: wanted)
    workerCount = wanted
    tier = NativeTier.wanted(by: options, compiled.system)
    workers = .allocate(capacity: wanted)
    let budget = MemoryBudget(limit: options.memoryMax)
    for index in 0..<wanted {
      (workers + index).initialize(
        to: RandomWalkWorker(compiled: compiled, agenda: agenda, tier: tier))
      workers[index].checks.machine.watch(limits, budget)
    }
  }

  deinit {
    team.end()
    tier?.finish()
    workers.deinitialize(count: workerCount)
    workers.deallocate()
  }

  func nextWalk() -> Int? {
    let walk = cursor.add(1, ordering: .relaxed).oldValue
    return walk < roundEnd ? walk : nil
  }

  func run() -> SearchResult {
    if makeInitialStates() { makeRounds() }
    gather()
    result.add(findings)
    if options.tracesFindings { addTraces() }
    return result
  }

  private func makeInitialStates() -> Bool {
    let expansion = workers[0].makeInitialStates()
    if let interruption = expansion.interruption {
      if case .growth(let channel) = interruption {
        result.stopReason = .growthNeeded([channel])
      } else if let reason = limits.stopReason {
        result.stopReason = reason
      } else {
        result.stopReason = .internalFault
        result.internalFaults.append("the machine stopped: \(interruption)")
      }
      return false
    }
    initial = (0..<workers[0].buffer.count).map {
      Array(
        UnsafeBufferPointer(start: workers[0].buffer.state($0), count: compiled.wordCount))
    }
    result.statistics.initialStates = initial.count
    workers[0].checks.noteInitialFailures()
    return endRound() && !initial.isEmpty
  }

  private func makeRounds() {
    result.stopReason = .walksDone
    while roundEnd < walkCount {
      cursor.store(roundEnd, ordering: .relaxed)
      roundEnd = min(roundEnd + RandomWalks.roundWalks, walkCount)
      team.run { [self] worker in workers[worker].makeWalks(self) }
      let goesOn = endRound()
      report()
      if let reason = limits.stopReason {
        result.stopReason = reason
        return
      }
      if !goesOn { return }
    }
  }

  /// Takes over what the workers found; false where that ends the search.
  private func endRound() -> Bool {
    var first = CandidateTable(propertyCount: compiled.system.properties.count)
    var overflows: Set<ChannelID> = []
    for index in 0..<workerCount {
      first.merge(workers[index].checks.candidates)
      workers[index].checks.forgetCandidates()
      overflows.formUnion(workers[index].overflows)
      if let fault = workers[index].fault { result.internalFaults.append(fault) }
    }
    var goesOn = true
    for (index, candidate) in first.entries.enumerated() {
      guard let candidate else { continue }
      let target = first.target(index)
      findings[target] = candidate
      agenda.remove(target)
      if options.stops(at: target, compiled.system) {
        result.stopReason = .firstFound
        goesOn = false
      }
    }
    for index in 0..<workerCount { workers[index].checks.follow(agenda) }
    if overflows.isEmpty { return goesOn }
    result.stopReason = .growthNeeded(overflows.sorted { $0.index < $1.index })
    return false
  }

  private func report() {
    var steps = 0
    var transitions = 0
    for index in 0..<workerCount {
      steps += workers[index].steps
      transitions += workers[index].transitions
    }
    progress.stateCount.store(steps, ordering: .relaxed)
    progress.transitionCount.store(transitions, ordering: .relaxed)
    progress.frontierCount.store(walkCount - roundEnd, ordering: .relaxed)
  }

  private func gather() {
    for index in 0..<workerCount {
      result.transitions += workers[index].transitions
      result.depth = max(result.depth, workers[index].depthMax)
      result.statistics.walks += workers[index].walks
      result.statistics.steps += workers[index].steps
      result.statistics.outDegreeMax = max(
        result.statistics.outDegreeMax, workers[index].outDegreeMax)
      result.addCoverage(workers[index].checks, compiled.system)
    }
    let steps = result.statistics.steps
    result.statistics.expandedStates = steps
    result.statistics.outDegreeMean =
      steps == 0 ? 0 : Double(result.transitions) / Double(steps)
    result.statistics.store = "none (random walks)"
    result.addEngine(tier)
  }

  private func addTraces() {
    workers[0].checks.machine.machine.watch.limits = SearchLimits(tracingUntilCancelled: limits)
    progress.phaseNow.store(SearchProgress.Phase.tracing.rawValue, ordering: .relaxed)
    for (target, candidate) in findings {
      var path = [candidate.state]
      if !(candidate.isFailingStep && candidate.failure?.action ?? 0 < 0) {
        path = workers[0].path(of: candidate.walk, depth: candidate.depth, self)
      }
      var replay = Replay(compiled)
      switch replay.trace(path, candidate, target) {
      case .success(let trace): result.add(trace, to: target)
      case .failure(let fault): result.internalFaults.append(fault.description)
      }
    }
    result.internalFaults.sort()
  }
}
