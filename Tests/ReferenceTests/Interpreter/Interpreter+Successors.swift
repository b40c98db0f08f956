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
    let plain = attempts(from: state, agent: move.agent) { (execution) throws(Interruption) in
      try self.take(move, keepsMessage: false, execution)
    }
    let label = Label(
      agent: move.agent, action: move.action, message: move.message,
      faults: move.isForged ? [.forged] : [])
    var transitions = plain.map { transition($0, label, actor: move.agent) }
    for attempt in plain {
      guard case .completed(let execution) = attempt.outcome else { continue }
      var inside = label
      inside.choices = attempt.choices
      transitions += partialSteps(move, execution.entered, inside, in: state)
    }
    if let message = move.message, !move.isForged {
      for (clause, fault) in spec.faults.enumerated() {
        guard case .duplicate(nil, let types) = fault.kind, types.contains(message.type) else {
          continue
        }
        var kept = label
        kept.faults.append(.kept(clause: clause))
        let again = attempts(from: state, agent: move.agent) { (execution) throws(Interruption) in
          try self.take(move, keepsMessage: true, execution)
        }
        transitions += again.map { transition($0, kept, actor: move.agent) }
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

  /// Crashes inside a step, with each distinct part of the messages that would enter.
  private func partialSteps(
    _ move: Move, _ messages: [Message], _ label: Label, in state: State
  ) -> [Transition] {
    if messages.isEmpty { return [] }
    var transitions: [Transition] = []
    for (clause, fault) in spec.faults.enumerated() {
      guard case .crash(let limit, let of, true, _) = fault.kind, of.contains(move.agent),
        state.used[clause] < limit
      else { continue }
      var seen: Set<[Message: Int]> = []
      for part in parts(of: messages) where seen.insert(counted(part)).inserted {
        let crashes = attempts(from: state, agent: move.agent) {
          (execution) throws(Interruption) in
          try self.begin(move, keepsMessage: false, execution)
          for message in part { try execution.enter(message) }
          try execution.crash(move.agent, clause: clause)
        }
        var partial = label
        partial.faults.append(.partial(clause: clause, messages: counted(part)))
        transitions += crashes.map { attempt in
          var own = partial
          own.choices += attempt.choices
          return transition(attempt, own, actor: nil)
        }
      }
    }
    return transitions
  }

  /// The parts of a list of messages in which, of equal ones, the earlier come first.
  private func parts(of messages: [Message]) -> [[Message]] {
    subsets(of: Array(messages.indices)).filter { part in
      part.allSatisfy { index in
        messages.indices.allSatisfy {
          $0 >= index || messages[$0] != messages[index] || part.contains($0)
        }
      }
    }.map { part in part.map { messages[$0] } }
  }

  private func counted(_ messages: [Message]) -> [Message: Int] {
    messages.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// The transition of an attempt. After a step of its own, the actor may have come to its end.
  func transition(_ attempt: Attempt, _ label: Label, actor: Int?) -> Transition {
    var label = label
    if label.choices.isEmpty { label.choices = attempt.choices }
    switch attempt.outcome {
    case .failed(let kind, let span):
      return Transition(label: label, outcome: .failure(kind, span))
    case .completed(let execution):
      if let actor { execution.stopIfFinished(actor) }
      return Transition(label: label, outcome: .state(execution.state))
    }
  }
}
