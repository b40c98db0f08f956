import Semantics

/// A way to go on from a control point.
struct Way {
  enum Kind {
    /// A statement that does not block: always enabled.
    case plain
    case yield
    case await(TypedExpression)
    case receive(TypedReceiveCase, oneLine: Bool)
    case timeout
  }
  let kind: Kind
  /// Of the statement.
  let path: [Int]
  /// Index of the case of `receive`; its timeout comes after them.
  var index = 0
}

extension Interpreter {
  /// The moves of an agent's `run` from where it stands.
  func runMoves(
    of agent: Int, in state: State, _ messages: [Message],
    _ forged: (MessageID) -> [Message]
  ) -> [Move] {
    guard let control = state.agents[agent].control, let statements = runBody(of: agent) else {
      return []
    }
    let body = Body(statements: statements)
    if control.path.isEmpty { return [] }
    return ways(body, control.path).flatMap { way -> [Move] in
      guard case .receive(let candidate, _) = way.kind else {
        return [move(agent, body, control, way, message: nil, isForged: false)]
      }
      let type = candidate.pattern.message
      return messages.filter { $0.type == type }.map {
        move(agent, body, control, way, message: $0, isForged: false)
      } + forged(type).map { move(agent, body, control, way, message: $0, isForged: true) }
    }
  }

  /// The ways to go on from a place.
  func ways(_ body: Body, _ path: [Int]) -> [Way] {
    guard let statement = body.statement(at: path) else { return [Way(kind: .plain, path: path)] }
    switch statement.kind {
    case .yield: return [Way(kind: .yield, path: path)]
    case .await(let condition): return [Way(kind: .await(condition), path: path)]
    case .receive(let cases, let timeout, _, let oneLine):
      let receipts = cases.enumerated().map { index, candidate in
        Way(kind: .receive(candidate, oneLine: oneLine), path: path, index: index)
      }
      return timeout == nil
        ? receipts : receipts + [Way(kind: .timeout, path: path, index: cases.count)]
    case .either(let branches):
      return branches.indices.flatMap { branch -> [Way] in
        let start = body.enteringLoops(path + [branch, 0])
        guard let first = body.statement(at: start), first.isBlocking else {
          return [Way(kind: .plain, path: start)]
        }
        return ways(body, start)
      }
    default: return [Way(kind: .plain, path: path)]
    }
  }

  private func move(
    _ agent: Int, _ body: Body, _ control: Control, _ way: Way, message: Message?, isForged: Bool
  ) -> Move {
    Move(
      agent: agent, action: .run(path: way.path, way: way.index), message: message,
      isForged: isForged,
      isEnabled: { (execution) throws(Interruption) in
        for (local, value) in control.locals { execution.locals[local] = value }
        switch way.kind {
        case .plain, .yield, .timeout: return true
        case .await(let condition): return try execution.evaluate(condition).truth
        case .receive(let candidate, _):
          guard let message else { return false }
          return try execution.matches(message, candidate.pattern)
        }
      },
      body: { (execution) throws(Interruption) in
        try execution.run(body, from: self.start(body, way), remains: control.remains)
      })
  }

  /// Where execution goes on behind a blocking statement that could proceed.
  private func start(_ body: Body, _ way: Way) -> [Int] {
    switch way.kind {
    case .plain: way.path
    case .yield, .await, .receive(_, oneLine: true): body.following(way.path)
    case .receive, .timeout: way.path + [way.index, 0]
    }
  }

  /// Whether a `run` may rest for ever at a place.
  func isIdle(_ identity: Int, at control: Control) -> Bool {
    guard let statements = runBody(of: identity) else { return true }
    let body = Body(statements: statements)
    if control.path.isEmpty { return true }
    return ways(body, control.path).contains { way in
      if case .receive(_, _, true, _) = body.statement(at: way.path)?.kind { true } else { false }
    }
  }
}
