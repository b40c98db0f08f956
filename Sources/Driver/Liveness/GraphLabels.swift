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
    fair.edgeRanges = graph.edgeRanges
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
      var numbering = DrawNumbering(system, graph)
      result.draws = fair.column(of: numbering.draws(of: kept ?? states), in: states)
      if numbering.choosesAfterFlip { result.choosesAfterFlip = true }
    }
    return (result, actions)
  }
}

extension FairGraph {
  /// A number for each transition: those of some states, one after the other, -1 for others.
  fileprivate func column(of numbers: [Int32], in states: [Int32]) -> Column<Int32> {
    // All of them.
    if edgeRanges.isGapless, numbers.count == targets.count { return Column(numbers) }
    return Column(count: targets.count) { all in
      all.initialize(repeating: -1, count: targets.count)
      var next = 0
      for state in states {
        for edge in edges(of: Int(state)) {
          all[edge] = numbers[next]
          next += 1
        }
      }
    }
  }
}
