import Columns
import Exploration
import Temporal
import TransitionSystem

/// The fairness constraints of the transitions of a graph.
///
/// Weak: each spontaneous rule of an agent, and its `run` as a whole. Strong: the delivery of one
/// message, with its values and its sender, to one rule. None: faults, environments, `unfair`.
///
/// A transition's kind is its action. Which message a delivery takes, and which draws its outcomes
/// belong to, is told of the states that are asked about only: it takes longer than all the rest.
struct GraphLabels {
  let system: TransitionSystem
  private let graph: ReachabilityGraph
  /// By action.
  let labels: [FairGraph.Label]

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
    self.system = system
    self.graph = graph
    var weak: [WeakConstraint: Int32] = [:]
    labels = system.actions.enumerated().map { number, action in
      guard !action.isFault, !action.isEnvironment, action.fairness != .none else {
        return FairGraph.Label()
      }
      let isDelivery = action.fairness == .strong
      if case .segment = action.kind, let agent = action.agent {
        return FairGraph.Label(
          weak: GraphLabels.number(.run(agent: agent), &weak), isDelivery: isDelivery)
      }
      return isDelivery
        ? FairGraph.Label(isDelivery: true)
        : FairGraph.Label(weak: GraphLabels.number(.rule(number), &weak))
    }
  }

  private static func number<Key: Hashable>(_ key: Key, _ numbers: inout [Key: Int32]) -> Int32 {
    if let known = numbers[key] { return known }
    let new = Int32(numbers.count)
    numbers[key] = new
    return new
  }

  /// The graph without atoms, deliveries and draws.
  func fairGraph(_ workforce: Workforce) -> FairGraph {
    var fair = FairGraph()
    fair.firstEdge = graph.firstEdge
    fair.targets = graph.targets
    fair.kinds = graph.actions
    fair.labels = labels
    fair.initialCount = graph.initialCount
    fair.rest(stateCount: graph.stateCount, workforce)
    return fair
  }

  // MARK: Telling apart

  /// Whether there is something to tell apart.
  var isCoarse: Bool { hasDeliveries || hasDraws }

  private var hasDeliveries: Bool { labels.contains { $0.isDelivery } }
  private var hasDraws: Bool { system.choices.contains { $0.kind == .flip } }

  /// A graph with the deliveries and draws of some states, and by strong constraint its action.
  ///
  /// `keptAs`: the states of the reachability graph, if `fair` numbers them otherwise.
  func tellApart(
    _ fair: FairGraph, in states: [Int32], keptAs kept: [Int32]? = nil
  ) -> (graph: FairGraph, actions: [Int]) {
    var result = fair
    var actions: [Int] = []
    if hasDeliveries {
      let events = TransitionEvents(
        system, graph, from: kept ?? states, of: { labels[$0].isDelivery })
      result.deliveries = fair.column(of: events.events, in: states)
      actions = events.actions.map(\.index)
    }
    if hasDraws {
      result.draws = fair.column(of: draws(of: kept ?? states, &result), in: states)
    }
    return (result, actions)
  }

  /// By transition of the states, one state after the other: its draw, -1 for none.
  private func draws(of states: [Int32], _ fair: inout FairGraph) -> [Int32] {
    let kinds = system.actions.map { DrawingAction($0, system) }
    var recorder = TransitionRecorder(system)
    var numbers: [Draw: Int32] = [:]
    var draws: [Int32] = []
    for state in states.lazy.map({ Int($0) }) {
      let source = graph.state(state)
      for edge in graph.edges(of: state) {
        let action = graph.actions[edge]
        switch kinds[Int(action)] {
        case .never: draws.append(-1)
        case .only:
          let draw = Draw(state: state, action: Int32(action), received: [], chosen: [])
          draws.append(GraphLabels.number(draw, &numbers))
        case .among:
          let step = recorder.step(from: source, place: graph.place(of: edge, from: state))
          draws.append(step.map { draw($0, state, &numbers, &fair) } ?? -1)
        }
      }
    }
    return draws
  }

  /// The draw that a step is an outcome of, -1 for none.
  private func draw(
    _ step: TraceStep, _ state: Int, _ draws: inout [Draw: Int32], _ fair: inout FairGraph
  ) -> Int32 {
    let isFlip = step.choices.map { system.choices[$0.choice.index].kind == .flip }
    guard let first = isFlip.firstIndex(of: true) else { return -1 }
    if isFlip[first...].contains(false) { fair.choosesAfterFlip = true }
    let chosen = zip(step.choices, isFlip).filter { !$0.1 }
      .flatMap { [Int64($0.0.choice.index), $0.0.value] }
    let draw = Draw(
      state: state, action: Int32(step.action.index), received: step.received ?? [],
      chosen: chosen)
    return GraphLabels.number(draw, &draws)
  }
}

/// What an action has to do with draws.
private enum DrawingAction {
  case never
  /// All of its transitions from one state are outcomes of one draw, or it is a single one.
  case only
  /// It chooses otherwise, too, or takes one of several messages.
  case among

  init(_ action: Action, _ system: TransitionSystem) {
    var (flips, chooses) = (false, false)
    for statement in action.body {
      _ = statement.contains {
        if case .choose(_, _, let choice) = $0 {
          if system.choices[choice.index].kind == .flip { flips = true } else { chooses = true }
        }
        return false
      }
    }
    self =
      !flips ? .never : chooses || action.trigger != nil || action.isFault ? .among : .only
  }
}

extension FairGraph {
  /// A number for each transition: those of some states, one after the other, -1 for others.
  fileprivate func column(of numbers: [Int32], in states: [Int32]) -> Column<Int32> {
    // All of them.
    if numbers.count == targets.count { return Column(numbers) }
    var all = [Int32](repeating: -1, count: targets.count)
    var next = 0
    for state in states {
      for edge in edges(of: Int(state)) {
        all[edge] = numbers[next]
        next += 1
      }
    }
    return Column(all)
  }
}
