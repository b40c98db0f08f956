import Exploration
import Temporal
import TransitionSystem

/// The fairness constraints of the transitions of a graph.
///
/// Weak: each spontaneous rule of an agent, and its `run` as a whole. Strong: the delivery of one
/// message, with its values and its sender, to one rule. None: faults, environments, `unfair`.
///
/// A transition's kind is its action; deliveries have kinds of their own behind those.
struct GraphLabels {
  private(set) var kinds: [Int32]
  private(set) var labels: [FairGraph.Label]
  private(set) var draws: [Int32] = []
  private var choosesAfterFlip = false
  /// By kind: its action.
  private(set) var actions: [Int]

  private enum WeakConstraint: Hashable {
    case rule(Int)
    case run(agent: Int)
  }

  private struct Draw: Hashable {
    let state: Int
    let action: Int32
    let received: [Int64]
    let chosen: [Int64]
  }

  init(_ system: TransitionSystem, _ graph: ReachabilityGraph) {
    var weak: [WeakConstraint: Int32] = [:]
    labels = system.actions.enumerated().map { number, action in
      guard GraphLabels.isFair(action) else { return FairGraph.Label() }
      if case .segment = action.kind, let agent = action.agent {
        return FairGraph.Label(weak: GraphLabels.number(.run(agent: agent), &weak))
      }
      return action.fairness == .weak
        ? FairGraph.Label(weak: GraphLabels.number(.rule(number), &weak)) : FairGraph.Label()
    }
    actions = Array(system.actions.indices)
    kinds = graph.actions
    if system.actions.contains(where: { $0.fairness == .strong && GraphLabels.isFair($0) }) {
      addDeliveries(system, graph)
    }
    if system.choices.contains(where: { $0.kind == .flip }) { addDraws(system, graph) }
  }

  private static func isFair(_ action: Action) -> Bool {
    !action.isFault && !action.isEnvironment && action.fairness != .none
  }

  private static func number<Key: Hashable>(_ key: Key, _ numbers: inout [Key: Int32]) -> Int32 {
    if let known = numbers[key] { return known }
    let new = Int32(numbers.count)
    numbers[key] = new
    return new
  }

  // MARK: Deliveries

  /// Gives each delivery, an event of a strongly fair action, a kind of its own.
  private mutating func addDeliveries(_ system: TransitionSystem, _ graph: ReachabilityGraph) {
    let isDelivery = system.actions.map { $0.fairness == .strong && GraphLabels.isFair($0) }
    let events = TransitionEvents(system, graph) { _ in true }
    let first = Int32(system.actions.count)
    for (edge, event) in events.events.enumerated() where isDelivery[Int(graph.actions[edge])] {
      kinds[edge] = first + event
    }
    for (event, action) in events.actions.enumerated() {
      let strong = isDelivery[action.index] ? Int32(event) : -1
      labels.append(FairGraph.Label(weak: labels[action.index].weak, strong: strong))
      actions.append(action.index)
    }
  }

  // MARK: Draws

  private mutating func addDraws(_ system: TransitionSystem, _ graph: ReachabilityGraph) {
    var recorder = TransitionRecorder(system)
    var numbers: [Draw: Int32] = [:]
    draws = Array(repeating: -1, count: graph.targets.count)
    for state in 0..<graph.expandedCount {
      let source = graph.state(state)
      for edge in graph.edges(of: state) {
        let step = recorder.step(from: source, place: edge - graph.firstEdge[state])
        if let step { draws[edge] = draw(step, state, system, &numbers) }
      }
    }
  }

  /// The draw that a step is an outcome of, -1 for none.
  private mutating func draw(
    _ step: TraceStep, _ state: Int, _ system: TransitionSystem, _ draws: inout [Draw: Int32]
  ) -> Int32 {
    let isFlip = step.choices.map { system.choices[$0.choice.index].kind == .flip }
    guard let first = isFlip.firstIndex(of: true) else { return -1 }
    if isFlip[first...].contains(false) { choosesAfterFlip = true }
    let chosen = zip(step.choices, isFlip).filter { !$0.1 }
      .flatMap { [Int64($0.0.choice.index), $0.0.value] }
    let draw = Draw(
      state: state, action: Int32(step.action.index), received: step.received ?? [],
      chosen: chosen)
    return GraphLabels.number(draw, &draws)
  }

  // MARK: Graph

  /// The graph without atoms.
  func fairGraph(_ graph: ReachabilityGraph, _ workforce: Workforce) -> FairGraph {
    var fair = FairGraph()
    fair.firstEdge = graph.firstEdge
    fair.targets = graph.targets
    fair.kinds = kinds
    fair.labels = labels
    fair.draws = draws
    fair.initialCount = graph.initialCount
    fair.choosesAfterFlip = choosesAfterFlip
    fair.rest(stateCount: graph.stateCount, workforce)
    return fair
  }
}
