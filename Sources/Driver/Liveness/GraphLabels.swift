import Exploration
import Temporal
import TransitionSystem

/// The fairness constraints of the transitions of a graph.
///
/// Weak: each spontaneous rule of an agent, and its `run` as a whole. Strong: the delivery of one
/// message, with its values and its sender, to one rule. None: faults, environments, `unfair`.
struct GraphLabels {
  private var labels: [FairGraph.Label] = []
  private var choosesAfterFlip = false

  private enum Constraint: Hashable {
    case rule(Int32)
    case run(agent: Int)
    case delivery(Int32, [Int64])
  }

  private struct Draw: Hashable {
    let state: Int
    let action: Int32
    let received: [Int64]
    let chosen: [Int64]
  }

  init(
    _ system: TransitionSystem, _ graph: ReachabilityGraph, _ recorder: inout TransitionRecorder
  ) {
    let hasFlips = system.choices.contains { $0.kind == .flip }
    var weak: [Constraint: Int32] = [:]
    var strong: [Constraint: Int32] = [:]
    var draws: [Draw: Int32] = [:]
    labels.reserveCapacity(graph.targets.count)
    // Most transitions need nothing but their action's number: no copy of the action is made.
    let usual = system.actions.indices.map {
      hasFlips ? nil : GraphLabels.usualLabel(system.actions[$0], Int32($0), &weak)
    }
    for state in 0..<graph.expandedCount {
      let source = graph.state(state)
      for edge in graph.edges(of: state) {
        let number = graph.actions[edge]
        if let label = usual[Int(number)] {
          labels.append(label)
          continue
        }
        let action = system.actions[Int(number)]
        let step =
          hasFlips || GraphLabels.needsRecord(action, source, system)
          ? recorder.step(from: source, place: edge - graph.firstEdge[state]) : nil
        var label = GraphLabels.weakLabel(action, number, &weak)
        if action.fairness == .strong, GraphLabels.isFair(action) {
          let entry = step?.received ?? GraphLabels.entry(action, source, system)
          label.strong = GraphLabels.number(.delivery(number, entry), &strong)
        }
        if hasFlips, let step { label.draw = draw(step, state, system, &draws) }
        labels.append(label)
      }
    }
  }

  private static func isFair(_ action: Action) -> Bool {
    !action.isFault && !action.isEnvironment && action.fairness != .none
  }

  private static func weakLabel(
    _ action: Action, _ number: Int32, _ weak: inout [Constraint: Int32]
  ) -> FairGraph.Label {
    var label = FairGraph.Label()
    guard isFair(action) else { return label }
    if case .segment = action.kind, let agent = action.agent {
      label.weak = GraphLabels.number(.run(agent: agent), &weak)
    } else if action.fairness == .weak {
      label.weak = GraphLabels.number(.rule(number), &weak)
    }
    return label
  }

  /// The label of all transitions of an action; nil where it depends on the message.
  private static func usualLabel(
    _ action: Action, _ number: Int32, _ weak: inout [Constraint: Int32]
  ) -> FairGraph.Label? {
    action.fairness == .strong && isFair(action) ? nil : weakLabel(action, number, &weak)
  }

  func fairGraph(_ graph: ReachabilityGraph, _ valuations: [UInt64]) -> FairGraph {
    var fair = FairGraph()
    let whole = graph.firstEdge[graph.expandedCount]
    fair.firstEdge =
      graph.firstEdge
      + Array(repeating: whole, count: graph.stateCount - graph.expandedCount)
    fair.targets = graph.targets
    fair.labels = labels
    fair.isExpanded = (0..<graph.stateCount).map { $0 < graph.expandedCount }
    fair.valuations = valuations
    fair.initialCount = graph.initialCount
    fair.choosesAfterFlip = choosesAfterFlip
    return fair
  }

  private static func number<Key: Hashable>(_ key: Key, _ numbers: inout [Key: Int32]) -> Int32 {
    if let known = numbers[key] { return known }
    let new = Int32(numbers.count)
    numbers[key] = new
    return new
  }

  /// Whether it takes an execution to see which message a transition took: the channel has several
  /// that could be next.
  private static func needsRecord(
    _ action: Action, _ source: [UInt64], _ system: TransitionSystem
  ) -> Bool {
    guard action.fairness == .strong, let trigger = action.trigger else { return false }
    let channel = system.channels[trigger.channel.index]
    return channel.order == .bag && system.layout.read(channel.length, from: source) > 1
  }

  /// The first entry of the channel.
  private static func entry(
    _ action: Action, _ source: [UInt64], _ system: TransitionSystem
  ) -> [Int64] {
    guard let trigger = action.trigger else { return [] }
    let channel = system.channels[trigger.channel.index]
    return (0..<channel.cellCount).map {
      system.layout.read(SlotID(channel.entries.index + $0), from: source)
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
}
