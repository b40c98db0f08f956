import Decisions
import Diagnostics
import Exploration
import Lowering
import Reduction
import Report
import Semantics
import Temporal
import TransitionSystem

/// One check of one spec: lowered, explored, its channels grown as far as they must.
struct CheckRun {
  let request: RunRequest
  let file: String
  let spec: TypedSpec
  /// What the spec's claims are about.
  let prompt: PromptClaims?
  /// For the places that reports name.
  let sources: SourceSet
  /// For tests: what to leave out of the definition of a fair execution.
  var omittedFairness: Set<FairnessRule> = []
  /// For tests: what to leave out of the way back from a graph without dead data.
  var omittedLifting: Set<LiftingRule> = []
  /// For tests: what else to ask of searches.
  var adjustOptions: (inout SearchOptions) -> Void = { _ in }
  /// For tests: what to leave out of what a reduced graph keeps for executions.
  var omittedExecutionConditions: Set<ExecutionCondition> = []
  /// For tests: small levels that several workers share; nil: as the search thinks best.
  var sharedLevelMin: Int?

  enum Outcome {
    case report(CheckReport, faults: [String], interrupted: Bool)
    /// The spec has no transition system; why.
    case refused([Diagnostic])
    /// A property needs a solver, and there is none; why.
    case noSolver(String)
  }

  func run() -> Outcome {
    var rooms: [Int: Int] = [:]
    // One deadline for all that a check takes, however often its channels grow.
    let deadline = request.timeout.map { monotonicNanoseconds() + $0 }
    while true {
      let (lowered, diagnostics) = lower(spec, rooms: rooms)
      guard var system = lowered else { return .refused(diagnostics) }
      let watch: InterruptionWatch?
      do throws(SolverUnavailable) {
        watch = try attachOracle(to: &system, deadline)
      } catch {
        return .noSolver(error.words)
      }
      defer { watch?.finish() }
      let result = search(system, deadline, tracesGrowth: false)
      guard case .growthNeeded(let channels) = result.stopReason else {
        return report(system, result, deadline, unbounded: nil)
      }
      func roomMax(_ channel: ChannelID) -> Int {
        system.channels[channel.index].roomMax(unbounded: request.channelLimit)
      }
      if channels.contains(where: { system.channels[$0.index].room >= roomMax($0) }) {
        let traced = search(system, deadline, tracesGrowth: true)
        return report(system, traced, deadline, unbounded: channels)
      }
      for channel in channels {
        rooms[channel.index] = min(system.channels[channel.index].room * 2, roomMax(channel))
      }
    }
  }

  private func search(
    _ system: TransitionSystem, _ deadline: UInt64?, tracesGrowth: Bool
  ) -> SearchResult {
    let options = options(system, deadline, tracesGrowth: tracesGrowth)
    let progress = SearchProgress()
    let display = ProgressDisplay(progress, memoryMax: options.memoryMax)
    display.start()
    defer { display.finish() }
    return explore(
      withWantedExecutions(system), options: options, progress: progress,
      cancellation: Interruption.flag)
  }

  private func options(
    _ system: TransitionSystem, _ deadline: UInt64?, tracesGrowth: Bool
  ) -> SearchOptions {
    var options = SearchOptions()
    options.strategy = request.strategy
    options.depthMax = request.depthMax
    options.seed = request.seed
    options.workers = request.workers
    options.sharedLevelMin = sharedLevelMin ?? options.sharedLevelMin
    options.statesMax = request.statesMax
    options.memoryMax = request.memoryMax ?? MachineLimits.memoryBudget
    options.deadline = deadline
    options.stopAtFirst = request.stopAtFirst
    options.engine = request.engine
    options.store = request.store
    options.bitTableBytes = request.bitTableBytes
    addReductions(to: &options)
    options.properties = Set(
      system.properties.indices.filter { isSelected(system.properties[$0].name) })
    options.tracesGrowth = tracesGrowth
    options.builtIns = builtInsLookedAt
    options.notesGraph = wantsExecutions(system)
    adjustOptions(&options)
    return options
  }

  /// A check looks at the properties it has expectations of; a file without checks at all.
  func isSelected(_ property: String) -> Bool {
    if !request.properties.isEmpty { return request.properties.contains(property) }
    return spec.check.properties.contains { $0.property == property }
  }

  private var builtInsLookedAt: Set<BuiltIn> {
    var all = Set(BuiltIn.allCases)
    for (builtIn, check) in [
      (BuiltIn.deadlock, BuiltinCheck.deadlock), (.orphan, .orphan),
    ] where spec.check.allowed.contains(check) { all.remove(builtIn) }
    return all
  }

  private func report(
    _ system: TransitionSystem, _ result: SearchResult, _ deadline: UInt64?,
    unbounded: [ChannelID]?
  ) -> Outcome {
    let options = options(system, deadline, tracesGrowth: false)
    let executions = executions(system, result, options)
    let judge = Judge(
      request: request, spec: spec, prompt: prompt, system: system, result: result,
      unbounded: unbounded, executions: executions.outcomes,
      mayBeShorter: { mayBeShorter($0, result.statistics) })
    let faults =
      result.internalFaults + executions.faults + executions.outcomes.values.compactMap(\.fault)
    var measured = statistics(result, judge, system)
    measured.reductions = reductions(result, executions)
    measured.executionSeconds = executions.seconds
    measured.executionStates = executions.states
    let report = CheckReport(
      workflow: spec.name, file: file, check: spec.check.name, parameters: spec.parameters,
      system: system, findings: judge.findings(), counts: judge.counts(),
      remarks: result.complete && result.statistics.keepsTransitions
        ? coverageRemarks(system, result) : [],
      statistics: measured)
    return .report(
      report, faults: faults, interrupted: result.stopReason == .cancelled)
  }

  private func statistics(
    _ result: SearchResult, _ judge: Judge, _ system: TransitionSystem
  ) -> ReportedStatistics {
    let measured = result.statistics
    var s = ReportedStatistics()
    s.states = result.states
    s.transitions = result.transitions
    // Depth-first without a bound it is that of whatever path was taken.
    let isShortest = request.strategy != .depthFirst || request.depthMax != nil
    s.depth = isShortest ? result.depth : nil
    s.isExhaustive = result.complete
    s.end = judge.end
    s.outDegreeMean = measured.outDegreeMean
    s.outDegreeMax = measured.outDegreeMax
    s.wallSeconds = measured.wallSeconds
    s.processorSeconds = measured.processorSeconds
    s.memoryPeak = measured.memoryPeak
    s.bytesPerState = measured.bytesPerState
    s.fixedBytes = measured.fixedBytes
    s.bitsPerState = measured.bitsPerState
    s.store = measured.store
    switch result.omission {
    case .probability(let value): s.omissionProbability = value
    case .expectedStates(let value): s.omittedStates = value
    case nil: break
    }
    s.workers = measured.workers
    s.workersObstacle = measured.workersObstacle
    s.walks = measured.walks
    if let oracle = system.oracle as? ClaimOracle, oracle.queryCount > 0 {
      s.solver = SolverStatistics(
        questions: measured.questionsAsked, workedOut: measured.answersWorkedOut,
        queries: oracle.queryCount)
    }
    s.engine = engineWords(measured.native)
    switch request.strategy {
    case .breadthFirst: s.search = "breadth-first"
    case .depthFirst: s.search = "depth-first"
    case .randomWalk:
      s.search = "random walks"
      s.seed = measured.seed
      s.transitions = measured.steps
    }
    return s
  }
}
