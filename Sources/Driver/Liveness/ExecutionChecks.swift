import Columns
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
  /// What fairness has to do with it, in sentences.
  var fairness: [String] = []
  /// A fault of this program that checking it brought to light.
  var fault: String?
  /// Only the graph of all states tells.
  var needsAllStates = false
}

/// Checks linear-time formulas and what can be reached on the graph of all reachable states, or of
/// all that there are without dead data.
///
/// What is shown is found by walks in the order of transitions, never by numbers of states, which
/// depend on who found them.
struct ExecutionChecks: ~Copyable {
  /// Of whose states the graph is.
  let system: TransitionSystem
  let graph: ReachabilityGraph
  /// The system that is checked, where the graph is of one without its dead data.
  private let real: TransitionSystem?
  private let memoryMax: Int
  /// What a verdict is worth where the graph is not complete; nil where it is.
  private let restriction: Verdict?
  private let team: WorkerTeam
  let workforce: Workforce
  private var recorder: TransitionRecorder
  private var fairGraph: (graph: FairGraph, labels: GraphLabels)?
  /// Seconds of all formulas so far, by phase.
  private(set) var seconds: [LinearPhase: Double] = [:]
  /// Whether to say which fairness a property needs.
  private let explains: Bool
  private let omitted: Set<FairnessRule>
  private let omittedLifting: Set<LiftingRule>

  /// `reduced`: of which the graph is, where it is not of the system itself.
  init(
    _ run: CheckRun, _ system: TransitionSystem, _ graph: ReachabilityGraph,
    of reduced: TransitionSystem?, memoryMax: Int
  ) {
    self.system = reduced ?? system
    real = reduced == nil ? nil : system
    self.graph = graph
    self.memoryMax = memoryMax
    restriction =
      graph.isComplete ? nil : run.request.depthMax.map { .holdsUpTo(depth: $0) }
    let team = WorkerTeam(count: run.request.workers, startsAtOnce: true)
    self.team = team
    workforce = Workforce(count: team.count) { team.run($0) }
    recorder = TransitionRecorder(self.system)
    explains = run.request.explainsFairness
    omitted = run.omittedFairness
    omittedLifting = run.omittedLifting
  }

  deinit { team.end() }

  /// `unevaluated`: why a formula has no value in some state.
  ///
  /// `first`: where its atoms stand among those that the search noted.
  mutating func outcome(
    of property: TemporalProperty, first: Int, unevaluated: () -> String
  ) -> ExecutionOutcome {
    if property.atoms.count + property.possibilities.count > 64 {
      return ExecutionOutcome(verdict: .unknown("it has more than 64 state formulas"))
    }
    guard
      let valuations = AtomValues.values(
        of: property, first: first, system, in: graph, workforce)
    else { return ExecutionOutcome(verdict: .unknown(unevaluated())) }
    switch property.kind {
    case .linear(let formula): return linear(formula, property, valuations)
    case .everywhere(let formula): return everywhere(formula, property, valuations)
    case .somewhere(let formula): return somewhere(formula, property, valuations)
    case .valence:
      return valenceOutcome(
        graph, decided: valuations, values: property.atoms.count, restriction)
    }
  }

  private mutating func faulty(_ words: String) -> ExecutionOutcome {
    ExecutionOutcome(verdict: .unknown("a fault of wfcheck itself"), fault: words)
  }

  // MARK: Linear time

  private mutating func linear(
    _ formula: LinearFormula, _ property: TemporalProperty, _ valuations: Valuations
  ) -> ExecutionOutcome {
    var valuations = valuations
    if !property.possibilities.isEmpty {
      if !graph.isComplete {
        return ExecutionOutcome(
          verdict: .unknown("what is possible needs all states, and there is a depth bound"))
      }
      add(property, to: &valuations)
    }
    let (base, labels) = fairGraph ?? makeFairGraph()
    var fair = base
    fair.valuations = valuations
    fair.abstraction = OwnStates.values(of: property, system, in: graph, workforce)
    // Of a node of the product the arrays take at most 24 bytes at a time.
    var began = monotonicNanoseconds()
    var seconds = seconds
    let verdict = check(
      formula, on: fair, workforce, nodesMax: memoryMax / 24, omitting: omitted,
      tellingApart: labels.isCoarse ? { labels.tellApart(fair, in: $0).graph } : nil
    ) { phase in
      let now = monotonicNanoseconds()
      seconds[phase, default: 0] += Double(now - began) / 1e9
      began = now
    }
    self.seconds = seconds
    switch verdict {
    case .holds:
      let fairness =
        explains ? FairnessNeeds(labels, fair, workforce).sentences(formula) : []
      return ExecutionOutcome(verdict: restriction ?? .holds, fairness: fairness)
    case .unknown(let why): return ExecutionOutcome(verdict: .unknown(why))
    case .fault(let words): return faulty(words)
    case .violated(let lasso): return violated(lasso, property)
    }
  }

  private mutating func makeFairGraph() -> (graph: FairGraph, labels: GraphLabels) {
    let labels = GraphLabels(system, graph)
    let made = (labels.fairGraph(workforce), labels)
    fairGraph = made
    return made
  }

  private func add(_ property: TemporalProperty, to valuations: inout Valuations) {
    var all = valuations.all
    for (number, formula) in property.possibilities.enumerated() {
      let values = Possibilities(graph).values(of: formula, valuations)
      let bit: UInt64 = 1 << UInt64(property.atoms.count + number)
      for state in all.indices where values.must(state) { all[state] |= bit }
    }
    valuations = Valuations(all)
  }

  private mutating func violated(
    _ lasso: Lasso, _ property: TemporalProperty
  ) -> ExecutionOutcome {
    if let real {
      var lifting = LassoLifting(graph, of: system, to: real, property, omitting: omittedLifting)
      switch lifting.lift(lasso) {
      case .found(let trace, let unrolled): return violated(unrolled, trace)
      case .fault: return faulty("a lasso without dead data is none with it")
      case .notThisWay:
        return ExecutionOutcome(
          verdict: .unknown("a violation was found, and no lasso to show"), needsAllStates: true)
      }
    }
    let stem = lasso.stem.filter { $0 >= 0 }
    let cycle = lasso.cycle.filter { $0 >= 0 }
    guard let steps = steps(from: lasso.initial, stem + cycle) else {
      return faulty("a lasso does not replay")
    }
    let trace = Trace(
      initial: graph.state(lasso.initial), steps: steps, cycleStart: stem.count)
    return violated(lasso, trace)
  }

  private func violated(_ lasso: Lasso, _ trace: Trace) -> ExecutionOutcome {
    let starvation = Starvation(system: system, graph: graph, lasso: lasso, trace: trace)
    return ExecutionOutcome(verdict: .violated, trace: trace, fairness: starvation.sentences)
  }

  // MARK: What can be reached

  private mutating func everywhere(
    _ formula: BranchingFormula, _ property: TemporalProperty, _ valuations: Valuations
  ) -> ExecutionOutcome {
    let values = Possibilities(graph).values(of: formula, valuations)
    if values.mayEverywhere { return ExecutionOutcome(verdict: restriction ?? .holds) }
    return outcome(.violated, property) { !values.may($0) }
  }

  private mutating func somewhere(
    _ formula: BranchingFormula, _ property: TemporalProperty, _ valuations: Valuations
  ) -> ExecutionOutcome {
    let values = Possibilities(graph).values(of: formula, valuations)
    if !values.mustSomewhere {
      if case .holdsUpTo(let depth) = restriction {
        return ExecutionOutcome(verdict: .unreachableUpTo(depth: depth))
      }
      return ExecutionOutcome(verdict: .unreachable)
    }
    return outcome(.reachable, property) { values.must($0) }
  }

  /// With a way to the first state that shows it.
  private mutating func outcome(
    _ verdict: Verdict, _ property: TemporalProperty, at isShown: (_ state: Int) -> Bool
  ) -> ExecutionOutcome {
    guard let way = graph.shortestWay(where: isShown),
      let trace = trace(from: way.initial, way.transitions, property)
    else {
      return faulty("the way to a state does not replay")
    }
    return ExecutionOutcome(verdict: verdict, trace: trace)
  }

  // MARK: Traces

  private mutating func trace(
    from initial: Int, _ transitions: [Int], _ property: TemporalProperty
  ) -> Trace? {
    if let real {
      var lifting = LassoLifting(graph, of: system, to: real, property)
      return lifting.trace(from: initial, transitions)
    }
    return steps(from: initial, transitions).map {
      Trace(initial: graph.state(initial), steps: $0)
    }
  }

  /// Executes transitions one after the other on a machine of its own; nil where one does not lead
  /// where the graph says.
  private mutating func steps(from initial: Int, _ transitions: [Int]) -> [TraceStep]? {
    var steps: [TraceStep] = []
    var state = initial
    for transition in transitions {
      let place = graph.place(of: transition, from: state)
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
