import Diagnostics
import Semantics

extension Interpreter {
  /// The initial states, each once, and the failures of initial values.
  func initialStates() -> (states: [State], failures: [Span]) {
    var states: Set<State> = []
    var failures: [Span] = []
    for traitors in Set(traitorSets()) {
      let blank = blank(traitors: traitors)
      for attempt in attempts(
        from: blank, agent: nil,
        { (execution) throws(Interruption) in
          try self.initialize(execution)
        })
      {
        if let failure = attempt.failure {
          failures.append(failure.span)
        } else {
          states.insert(attempt.execution.state)
        }
      }
    }
    return (Array(states), failures)
  }

  /// The sets of agents that may be byzantine together.
  private func traitorSets() -> [Set<Int>] {
    var sets: [Set<Int>] = [[]]
    for fault in spec.faults {
      guard case .byzantine(let limit, let of) = fault.kind else { continue }
      let choices = subsets(of: of).filter { $0.count <= limit }
      sets = sets.flatMap { set in choices.map { set.union($0) } }
    }
    return sets
  }

  private func blank(traitors: Set<Int>) -> State {
    let agents = (0..<agentCount).map { identity in
      traitors.contains(identity)
        ? AgentState(lifecycle: .byzantine)
        : AgentState(
          startPending: hasRule(identity, \.isStart), control: initialControl(of: identity))
    }
    return State(
      variables: Array(repeating: .none, count: slotCount), agents: agents,
      used: Array(repeating: 0, count: spec.faults.count))
  }

  private func initialize(_ execution: Execution) throws(Interruption) {
    for (index, variable) in spec.variables.enumerated() where variable.owner == .shared {
      try execution.initialize(VariableID(index), nil)
    }
    for identity in 0..<agentCount {
      for variable in declarations[identity].variables {
        try execution.initialize(variable, identity)
      }
    }
    for monitor in spec.monitors {
      for variable in monitor.variables { try execution.initialize(variable, nil) }
    }
    for identity in 0..<agentCount { execution.stopIfFinished(identity) }
  }
}

extension Execution {
  /// Gives a variable its initial value, or any that it may have.
  func initialize(_ id: VariableID, _ identity: Int?) throws(Interruption) {
    let saved = agent
    agent = identity
    let slot = interpreter.slot(of: id, identity: identity)
    let variable = spec.variables[id.index]
    switch variable.initializer {
    case .value(let value): state.variables[slot] = try evaluate(value)
    case .any(let filter):
      state.variables[slot] = try choose(among: domain.values(of: variable.type))
      if let filter, !(try evaluate(filter).truth) { throw .blocked }
    }
    agent = saved
  }
}
