import Diagnostics
import Semantics

extension Interpreter {
  /// The transitions that only the environment of the whole system controls. (Those that are a
  /// variant of an agent's step are with that step.)
  func faults(in state: State) -> [Transition] {
    var transitions = recoveries(in: state)
    for (clause, fault) in spec.faults.enumerated() {
      switch fault.kind {
      case .crash(let limit, let of, _, _):
        if state.used[clause] < limit { transitions += crashes(clause, of, in: state) }
      case .lose(let limit, let types):
        if limit.map({ state.used[clause] < $0 }) ?? true {
          transitions += losses(clause, limit != nil, types, in: state)
        }
      case .duplicate(.some(let limit), let types):
        if state.used[clause] < limit { transitions += copies(clause, types, in: state) }
      case .duplicate(nil, _), .byzantine: break
      }
    }
    return transitions
  }

  private func crashes(_ clause: Int, _ identities: [Int], in state: State) -> [Transition] {
    identities.filter { state.agents[$0].lifecycle == .live }.flatMap { identity in
      attempts(from: state, agent: identity) { (execution) throws(Interruption) in
        try execution.crash(identity, clause: clause)
      }.map {
        let label = Label(agent: identity, action: .fault, faults: [.crash(clause: clause)])
        return transition($0, label, actor: nil)
      }
    }
  }

  private func recoveries(in state: State) -> [Transition] {
    (0..<agentCount).filter { state.agents[$0].lifecycle == .down }.map { identity in
      var next = state
      next.agents[identity].lifecycle = .live
      next.agents[identity].recoverPending = hasRule(identity, \.isRecover)
      next.agents[identity].control = resumption(of: identity, in: state)
      let label = Label(agent: identity, action: .fault, faults: [.recovery])
      return Transition(label: label, outcome: .state(next))
    }
  }

  /// Where an agent's `run` goes on after a recovery.
  func resumption(of identity: Int, in state: State) -> Control? {
    state.agents[identity].checkpoint ?? initialControl(of: identity)
  }

  /// Where an agent's `run` begins.
  func initialControl(of identity: Int) -> Control? {
    guard let statements = runBody(of: identity) else { return nil }
    return Control(path: Body(statements: statements).enteringLoops([0]))
  }

  private func losses(
    _ clause: Int, _ isCounted: Bool, _ types: [MessageID], in state: State
  ) -> [Transition] {
    strikes(clause, isCounted, types, in: state) { (message, next) in
      next.remove(message, ordered: false)
      return true
    } queue: { (queue, index) in
      Array(queue[..<index] + queue[(index + 1)...])
    } label: {
      .loss(clause: clause, queue: $0)
    }
  }

  /// A copy needs room, as a message that is sent does.
  private func copies(_ clause: Int, _ types: [MessageID], in state: State) -> [Transition] {
    strikes(clause, true, types, in: state) { (message, next) in
      guard self.hasRoom(for: message, in: state) else { return false }
      next.bag[message, default: 0] += 1
      return true
    } queue: { (queue, index) in
      self.hasRoom(for: queue[index], in: state)
        ? Array(queue[...index] + queue[index...]) : nil
    } label: {
      .copy(clause: clause, queue: $0)
    }
  }

  /// One transition for each distinct loose message and each distinct resulting queue.
  private func strikes(
    _ clause: Int, _ isCounted: Bool, _ types: [MessageID], in state: State,
    loose: (Message, inout State) -> Bool, queue: ([Message], Int) -> [Message]?,
    label: ([Message]?) -> Label.Strike
  ) -> [Transition] {
    var transitions: [Transition] = []
    var struck = state
    if isCounted { struck.used[clause] += 1 }
    for message in state.bag.keys where types.contains(message.type) {
      var next = struck
      guard loose(message, &next) else { continue }
      let label = Label(agent: nil, action: .fault, message: message, faults: [label(nil)])
      transitions.append(Transition(label: label, outcome: .state(next)))
    }
    for (link, messages) in state.queues {
      var seen: Set<[Message]> = []
      for index in messages.indices where types.contains(messages[index].type) {
        guard let left = queue(messages, index), seen.insert(left).inserted else { continue }
        var next = struck
        next.setQueue(link, to: left)
        let label = Label(
          agent: nil, action: .fault, message: messages[index], faults: [label(left)])
        transitions.append(Transition(label: label, outcome: .state(next)))
      }
    }
    return transitions
  }
}

extension Execution {
  /// Takes a live agent down, for good or with its variables as at the start.
  func crash(_ identity: Int, clause: Int) throws(Interruption) {
    guard case .crash(_, _, _, let recovery) = spec.faults[clause].kind else {
      preconditionFailure("no crash")
    }
    state.used[clause] += 1
    if recovery {
      state.agents[identity].lifecycle = .down
      state.agents[identity].recoverPending = false
      state.agents[identity].control = nil
      for id in interpreter.declarations[identity].variables {
        let variable = spec.variables[id.index]
        if !variable.isDurable && !variable.isInput { try initialize(id, identity) }
      }
    } else {
      retire(identity, as: .crashed)
    }
    try observeCrash(of: identity)
  }
}
