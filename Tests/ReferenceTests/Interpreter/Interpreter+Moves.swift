import Semantics

extension Interpreter {
  /// The moves of a live agent, enabled or not; forged messages included.
  func moves(of agent: Int, in state: State) -> [Move] {
    let rules = declarations[agent].rules
    for (index, rule) in rules.enumerated()
    where rule.kind.isRecover && state.agents[agent].recoverPending {
      return [opening(agent, index, rule, \.recoverPending)]
    }
    for (index, rule) in rules.enumerated()
    where rule.kind.isStart && state.agents[agent].startPending {
      return [opening(agent, index, rule, \.startPending)]
    }
    let messages = deliverable(to: agent, in: state)
    let forged = forgedMessages(to: agent, in: state)
    var moves: [Move] = []
    for (index, rule) in rules.enumerated() {
      switch rule.kind {
      case .start, .recover: break
      case .step(_, let condition, _):
        moves.append(
          Move(
            agent: agent, action: .rule(index),
            isEnabled: { (execution) throws(Interruption) in
              if let condition { try execution.evaluate(condition).truth } else { true }
            }, body: { (execution) throws(Interruption) in try execution.run(rule.body) }))
      case .message(let pattern):
        for (list, isForged) in [(messages, false), (forged(pattern.message), true)] {
          for message in list where message.type == pattern.message {
            moves.append(
              Move(
                agent: agent, action: .rule(index), message: message, isForged: isForged,
                isEnabled: { (execution) throws(Interruption) in
                  try execution.matches(message, pattern)
                }, body: { (execution) throws(Interruption) in try execution.run(rule.body) }))
          }
        }
      case .run: moves += runMoves(of: agent, in: state, messages, forged)
      }
    }
    return moves
  }

  /// `on start` and `on recover`, which come before everything else.
  private func opening(
    _ agent: Int, _ index: Int, _ rule: Rule, _ pending: WritableKeyPath<AgentState, Bool>
  ) -> Move {
    Move(
      agent: agent, action: .rule(index),
      isEnabled: { (_) throws(Interruption) in true },
      body: { (execution) throws(Interruption) in
        execution.state.agents[agent][keyPath: pending] = false
        try execution.run(rule.body)
      })
  }

  /// Each distinct message that can be delivered next.
  private func deliverable(to agent: Int, in state: State) -> [Message] {
    let loose = state.bag.keys.filter { $0.receiver == agent }
    let heads = state.queues.values.compactMap(\.first).filter { $0.receiver == agent }
    return loose + heads
  }

  /// Every message of a type that some byzantine agent could make up.
  private func forgedMessages(to agent: Int, in state: State) -> (MessageID) -> [Message] {
    let traitors = (0..<agentCount).filter { state.agents[$0].lifecycle == .byzantine }
    return { type in
      if traitors.isEmpty { return [] }
      let fields = self.domain.tuples(self.spec.messages[type.index].fields.map(\.type))
      return traitors.flatMap { traitor in
        fields.map { Message(type: type, fields: $0, sender: traitor, receiver: agent) }
      }
    }
  }
}
