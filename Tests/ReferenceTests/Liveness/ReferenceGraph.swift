import Semantics

/// The reachable states of a spec as the reference interpreter finds them, with the fairness of
/// section 11 of the language reference on their transitions.
struct ReferenceGraph {
  /// Something that must not be put off for ever.
  enum Constraint: Hashable {
    case rule(agent: Int, Int)
    case run(agent: Int)
    case delivery(agent: Int, Label.Action, Message)
  }
  /// Transitions of one state that differ in what was drawn only.
  struct Draw: Hashable {
    let label: Label
  }
  struct Edge {
    let target: Int
    /// Owed if enabled without a break.
    let weak: Constraint?
    /// Owed if enabled again and again.
    let strong: Constraint?
    /// The draw it is an outcome of.
    let draw: Draw?
  }

  private(set) var states: [State] = []
  private(set) var edges: [[Edge]] = []
  private(set) var isQuiescent: [Bool] = []
  private(set) var initialCount = 0

  /// Nil where there are more states or messages than allowed.
  init?(_ interpreter: Interpreter, statesMax: Int, messagesMax: Int, executionsMax: Int) {
    interpreter.executionsMax = executionsMax
    var numbers: [State: Int] = [:]
    func number(_ state: State, _ states: inout [State]) -> Int {
      if let known = numbers[state] { return known }
      numbers[state] = states.count
      states.append(state)
      return states.count - 1
    }
    for state in interpreter.initialStates().0 { _ = number(state, &states) }
    initialCount = states.count
    while edges.count < states.count {
      let state = states[edges.count]
      let transitions = interpreter.successors(of: state)
      isQuiescent.append(transitions.allSatisfy(\.label.isFault))
      edges.append(
        transitions.compactMap { transition in
          guard case .state(let next) = transition.outcome else { return nil }
          let (weak, strong) = ReferenceGraph.fairness(of: transition.label, interpreter)
          return Edge(
            target: number(next, &states), weak: weak, strong: strong,
            draw: ReferenceGraph.draw(transition))
        })
      if states.count > statesMax || state.messages.count > messagesMax
        || interpreter.executions > executionsMax
      {
        return nil
      }
    }
  }

  private static func fairness(
    of label: Label, _ interpreter: Interpreter
  ) -> (weak: Constraint?, strong: Constraint?) {
    guard let agent = label.agent, !label.isFault,
      !interpreter.declarations[agent].isEnvironment
    else { return (nil, nil) }
    let delivery = label.message.map { Constraint.delivery(agent: agent, label.action, $0) }
    switch label.action {
    case .fault: return (nil, nil)
    case .run: return (.run(agent: agent), delivery)
    case .rule(let index):
      switch interpreter.declarations[agent].rules[index].kind {
      case .step(_, _, unfair: true): return (nil, nil)
      case .step, .start, .recover: return (.rule(agent: agent, index), nil)
      case .message: return (nil, delivery)
      case .run: return (nil, nil)
      }
    }
  }

  private static func draw(_ transition: Transition) -> Draw? {
    if transition.drawn.isEmpty { return nil }
    var label = transition.label
    label.choices = label.choices.enumerated()
      .filter { !transition.drawn.contains($0.offset) }.map(\.element)
    return Draw(label: label)
  }

  var hasDraws: Bool { edges.contains { $0.contains { $0.draw != nil } } }

  /// What can follow a state: its transitions, and resting.
  func steps(from state: Int) -> [NaiveFairParts.Step] {
    edges[state].map {
      NaiveFairParts.Step(target: $0.target, weak: $0.weak, strong: $0.strong, draw: $0.draw)
    } + (mayRest(state) ? [NaiveFairParts.Step(target: state)] : [])
  }

  /// Whether an execution may stay in a state for ever.
  func mayRest(_ state: Int) -> Bool {
    edges[state].allSatisfy { $0.weak == nil && $0.strong == nil }
  }

  /// The states from which some path leads to a wanted one.
  func canReach(_ isWanted: [Bool]) -> [Bool] {
    var result = isWanted
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for state in states.indices.reversed() where !result[state] {
        if edges[state].contains(where: { result[$0.target] }) {
          result[state] = true
          hasChanged = true
        }
      }
    }
    return result
  }
}
