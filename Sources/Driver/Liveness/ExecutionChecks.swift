import Exploration
import Report
import Temporal
import TransitionSystem

/// What became of one property of executions.
struct ExecutionOutcome {
  var verdict: Verdict
  var trace: Trace?
  /// What a verdict alone does not say.
  var detail: String?
  /// A fault of this program that checking it brought to light.
  var fault: String?
}

/// Checks linear-time formulas and `always can` on the graph of all reachable states.
///
/// The graph is made after the search, without reductions, and once for all properties; its states
/// are numbered by the order of a breadth-first search on one thread, so nothing depends on the
/// number of workers.
struct ExecutionChecks: ~Copyable {
  private let system: TransitionSystem
  private let graph: ReachabilityGraph
  private let memoryMax: Int
  /// What a verdict is worth where the graph is not complete; nil where it is.
  private let restriction: Verdict?
  private var recorder: TransitionRecorder
  private var labels: GraphLabels?

  /// `stopped`: why the search before it gave up, where it did.
  init(
    _ system: TransitionSystem, _ limits: GraphLimits, stopped: String?,
    _ cancellation: CancellationFlag
  ) {
    self.system = system
    memoryMax = limits.memoryMax
    recorder = TransitionRecorder(system)
    var used = limits
    if stopped != nil { used.statesMax = 0 }
    graph = reachabilityGraph(system, limits: used, cancellation: cancellation)
    restriction = ExecutionChecks.restriction(graph.end, limits, stopped)
  }

  private static func restriction(
    _ end: ReachabilityGraph.End, _ limits: GraphLimits, _ stopped: String?
  ) -> Verdict? {
    if let stopped { return .unknown(stopped) }
    switch end {
    case .complete: return nil
    case .depthMax: return .holdsUpTo(depth: limits.depthMax)
    case .statesMax: return .unknown("the budget of \(limits.statesMax) states ran out")
    case .memory: return .unknown("the memory budget ran out")
    case .time: return .unknown("the time ran out")
    case .cancelled: return .unknown("interrupted")
    case .growth: return .unknown("a channel is unbounded")
    case .fault(let words): return .unknown("a fault of wfcheck itself: \(words)")
    }
  }

  mutating func outcome(of property: TemporalProperty) -> ExecutionOutcome {
    if let restriction, case .unknown = restriction {
      return ExecutionOutcome(verdict: restriction)
    }
    if property.atoms.count > 64 {
      return ExecutionOutcome(verdict: .unknown("it has more than 64 state formulas"))
    }
    var atoms = AtomValues(system, property.atoms)
    guard let valuations = atoms.values(in: graph) else {
      return ExecutionOutcome(verdict: .unknown("it cannot be evaluated in some state"))
    }
    switch property.kind {
    case .linear(let formula): return linear(formula, valuations)
    case .resettable: return resettable(valuations)
    case .valence: return valenceOutcome(graph, decided: valuations, restriction)
    }
  }

  // MARK: Linear time

  private mutating func linear(
    _ formula: LinearFormula, _ valuations: [UInt64]
  ) -> ExecutionOutcome {
    let labels = labels ?? GraphLabels(system, graph, &recorder)
    self.labels = labels
    let fair = labels.fairGraph(graph, valuations)
    // Of a node of the product the arrays take 12 bytes, and the dictionaries up to 180.
    switch check(formula, on: fair, nodesMax: min(memoryMax / 200, 1 << 30)) {
    case .holds: return ExecutionOutcome(verdict: restriction ?? .holds)
    case .unknown(let why): return ExecutionOutcome(verdict: .unknown(why))
    case .fault(let words): return faulty(words)
    case .violated(let lasso): return violated(lasso)
    }
  }

  private mutating func violated(_ lasso: Lasso) -> ExecutionOutcome {
    let stem = lasso.stem.filter { $0 >= 0 }
    let cycle = lasso.cycle.filter { $0 >= 0 }
    guard let steps = steps(from: lasso.initial, stem + cycle) else {
      return faulty("a lasso does not replay")
    }
    let trace = Trace(
      initial: graph.state(lasso.initial), steps: steps, cycleStart: stem.count)
    return ExecutionOutcome(verdict: .violated, trace: trace)
  }

  private func faulty(_ words: String) -> ExecutionOutcome {
    ExecutionOutcome(verdict: .unknown("a fault of wfcheck itself"), fault: words)
  }

  // MARK: Always can

  private mutating func resettable(_ valuations: [UInt64]) -> ExecutionOutcome {
    let backward = BackwardReach(graph) { valuations[$0] & 1 == 1 || $0 >= graph.expandedCount }
    guard let trap = backward.firstOutside else {
      return ExecutionOutcome(verdict: restriction ?? .holds)
    }
    let way = backward.shortestWay(to: trap, graph)
    guard let steps = steps(from: way.initial, way.transitions) else {
      return faulty("the way to a trap does not replay")
    }
    return ExecutionOutcome(
      verdict: .violated, trace: Trace(initial: graph.state(way.initial), steps: steps))
  }

  /// Executes transitions one after the other on a machine of its own; nil where one does not lead
  /// where the graph says.
  private mutating func steps(from initial: Int, _ transitions: [Int]) -> [TraceStep]? {
    var steps: [TraceStep] = []
    var state = initial
    for transition in transitions {
      let place = transition - graph.firstEdge[state]
      let target = Int(graph.targets[transition])
      guard let step = recorder.step(from: graph.state(state), place: place),
        step.state == graph.state(target)
      else { return nil }
      steps.append(step)
      state = target
    }
    return steps
  }
}
