import Diagnostics
import Semantics

extension Execution {
  /// Sends one message to each target, ascending.
  func send(
    _ type: MessageID, _ arguments: [TypedExpression], _ target: TypedExpression
  ) throws(Interruption) {
    guard let agent else { preconditionFailure("send outside of an agent") }
    let fields = try evaluate(all: arguments)
    var receivers: [Value]
    if case .set = target.type {
      receivers = try elements(of: target)
    } else {
      receivers = [try evaluate(target)]
    }
    for receiver in receivers {
      try enter(
        Message(type: type, fields: fields, sender: agent, receiver: receiver.identity))
    }
  }

  /// A message enters the network, or vanishes if its receiver is gone.
  func enter(_ message: Message) throws(Interruption) {
    switch state.agents[message.receiver].lifecycle {
    case .stopped, .crashed, .byzantine: return
    case .live, .down: break
    }
    if !interpreter.hasRoom(for: message, in: state, besides: crashInside?.dropped ?? [:]) {
      throw .blocked
    }
    if crashInside != nil, !getsOut(message) { return }
    if interpreter.isOrdered(message.type) {
      let link = Link(sender: message.sender, receiver: message.receiver)
      state.queues[link, default: []].append(message)
    } else {
      state.bag[message, default: 0] += 1
    }
    try observeSent(message)
  }

  /// Whether a message gets out before the crash; of equal ones, the earlier do.
  private func getsOut(_ message: Message) -> Bool {
    if crashInside?.dropped[message] == nil, branch(2) == 0 {
      crashInside?.sent[message, default: 0] += 1
      return true
    }
    crashInside?.dropped[message, default: 0] += 1
    return false
  }

  /// Matches a message against a pattern: binds its names and evaluates its guard.
  func matches(
    _ message: Message, _ pattern: TypedMessagePattern
  ) throws(Interruption) -> Bool {
    guard message.type == pattern.message else { return false }
    sender = message.sender
    guard try bind(message.fields, pattern.fields),
      try passes(message.sender, pattern.sender)
    else { return false }
    guard let guardExpression = pattern.guardExpression else { return true }
    return try evaluate(guardExpression).truth
  }

  /// Compares fields from left to right, up to the first that differs.
  func bind(_ fields: [Value], _ patterns: [FieldPattern]) throws(Interruption) -> Bool {
    for (field, pattern) in zip(fields, patterns) {
      switch pattern {
      case .any: break
      case .bind(let local): locals[local.index] = field
      case .equal(let expected): if try evaluate(expected) != field { return false }
      }
    }
    return true
  }

  func passes(_ identity: Int, _ filter: PartyFilter?) throws(Interruption) -> Bool {
    guard let filter else { return true }
    guard domain.contains(.agent(identity), in: filter.type) else { return false }
    if let expected = filter.equal, try evaluate(expected) != .agent(identity) { return false }
    if let binder = filter.binder { locals[binder.index] = .agent(identity) }
    return true
  }

  /// The agent takes its last step, or is taken down for good.
  func retire(_ identity: Int, as lifecycle: AgentState.Lifecycle) {
    state.agents[identity] = AgentState(lifecycle: lifecycle)
    state.removeMessages(to: identity)
  }

  /// An agent with nothing but a `run` counts as stopped at its end.
  func stopIfFinished(_ identity: Int) {
    if interpreter.isFinished(identity, in: state) { retire(identity, as: .stopped) }
  }
}

extension Interpreter {
  /// Whether the channel of a message has room for it, if these were in it, too.
  func hasRoom(
    for message: Message, in state: State, besides others: [Message: Int] = [:]
  ) -> Bool {
    guard let capacity = spec.network.capacity else { return true }
    let ordered = isOrdered(message.type)
    let present = ordered ? state.queues.values.flatMap { $0 } : state.messages
    let all = present + others.flatMap { Array(repeating: $0, count: $1) }
    return all.count {
      isOrdered($0.type) == ordered && $0.receiver == message.receiver
        && (!ordered || $0.sender == message.sender)
    } < capacity
  }

  /// Whether nothing is left to do for an agent with nothing but a `run`.
  func isFinished(_ identity: Int, in state: State) -> Bool {
    let agent = state.agents[identity]
    return isRunOnly[identity] && agent.lifecycle == .live && !agent.startPending
      && !agent.recoverPending && isAtEnd(identity, in: state)
  }

  func isAtEnd(_ identity: Int, in state: State) -> Bool {
    state.agents[identity].control?.path.isEmpty ?? true
  }
}
