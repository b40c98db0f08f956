import Diagnostics
import Semantics

/// A way for an agent to take a step: what must hold, and what happens.
struct Move {
  let agent: Int
  let action: Label.Action
  /// The message it takes; a forged one is in no channel.
  var message: Message?
  var isForged = false
  /// Evaluates the guard, without effect.
  let isEnabled: (Execution) throws(Interruption) -> Bool
  let body: (Execution) throws(Interruption) -> Void
}

extension Interpreter {
  /// Every transition of a state, failing steps included; no two have the same label.
  func successors(of state: State) -> [Transition] {
    var transitions: [Transition] = []
    for agent in 0..<agentCount where state.agents[agent].lifecycle == .live {
      for move in moves(of: agent, in: state) { transitions += steps(move, in: state) }
    }
    return transitions + faults(in: state)
  }

  /// The ways to make a move: plain, with its message left in place, with a crash inside.
  private func steps(_ move: Move, in state: State) -> [Transition] {
    let label = Label(
      agent: move.agent, action: move.action, message: move.message,
      faults: move.isForged ? [.forged] : [])
    let plain = attempts(from: state, agent: move.agent) { (execution) throws(Interruption) in
      try self.take(move, keepsMessage: false, execution)
    }
    let completing = Set(plain.filter { $0.failure == nil }.map(\.execution.chosen))
    var transitions = plain.map { transition($0, label, actor: move.agent) }
    for (clause, fault) in spec.faults.enumerated() {
      switch fault.kind {
      case .crash(let limit, let of, true, _)
      where of.contains(move.agent) && state.used[clause] < limit:
        transitions += crashingSteps(move, completing, clause, label, in: state)
      case .duplicate(nil, let types):
        guard let message = move.message, !move.isForged, types.contains(message.type) else {
          break
        }
        var kept = label
        kept.faults.append(.kept(clause: clause))
        transitions += attempts(from: state, agent: move.agent) {
          (execution) throws(Interruption) in
          try self.take(move, keepsMessage: true, execution)
        }.map { transition($0, kept, actor: move.agent) }
      default: break
      }
    }
    return transitions
  }

  private func take(
    _ move: Move, keepsMessage: Bool, _ execution: Execution
  ) throws(Interruption) {
    if !(try move.isEnabled(execution)) { throw .blocked }
    try begin(move, keepsMessage: keepsMessage, execution)
    try move.body(execution)
  }

  /// The message leaves its channel before anything else happens.
  private func begin(
    _ move: Move, keepsMessage: Bool, _ execution: Execution
  ) throws(Interruption) {
    guard let message = move.message else { return }
    if !keepsMessage && !move.isForged {
      execution.state.remove(message, ordered: isOrdered(message.type))
    }
    try execution.observeReceived(message)
  }

  /// Crashes inside a step that sends and that could complete with these choices: nothing of it
  /// stays but its trigger's absence, those of its messages that got out, and what monitors saw.
  private func crashingSteps(
    _ move: Move, _ completing: Set<[Value]>, _ clause: Int, _ label: Label, in state: State
  ) -> [Transition] {
    attempts(from: state, agent: move.agent) { (execution) throws(Interruption) in
      execution.crashInside = CrashInside()
      do throws(Interruption) {
        try self.take(move, keepsMessage: false, execution)
      } catch {
        let couldComplete = completing.contains { $0.starts(with: execution.chosen) }
        throw couldComplete ? error : .blocked
      }
      if !completing.contains(execution.chosen) { throw .blocked }
      guard let inside = execution.crashInside, !inside.sent.isEmpty || !inside.dropped.isEmpty
      else {
        throw .blocked
      }
      execution.state.agents[move.agent] = state.agents[move.agent]
      execution.state.claims = state.claims
      for (index, variable) in self.spec.variables.enumerated() {
        if case .monitor = variable.owner { continue }
        for slot in self.slots(of: VariableID(index)) {
          execution.state.variables[slot] = state.variables[slot]
        }
      }
      try execution.crash(move.agent, clause: clause)
    }.map { attempt in
      var crashing = label
      let sent = attempt.execution.crashInside?.sent ?? [:]
      crashing.faults.append(.partial(clause: clause, messages: sent))
      return transition(attempt, crashing, actor: nil)
    }
  }

  /// The transition of an attempt. After a step of its own, the actor may have come to its end.
  func transition(_ attempt: Attempt, _ label: Label, actor: Int?) -> Transition {
    var label = label
    label.choices = attempt.execution.chosen
    if let failure = attempt.failure {
      return Transition(label: label, outcome: .failure(failure.kind, failure.span))
    }
    if let actor { attempt.execution.stopIfFinished(actor) }
    return Transition(
      label: label, outcome: .state(attempt.execution.state), drawn: attempt.execution.drawn)
  }
}
