import Semantics
import TransitionSystem

/// Tests and changes of where agents are in their lives.
extension CodeLowering {
  /// Whether an agent is in one of some states.
  func lifecycle(
    _ identity: Int, isOneOf states: Set<LifecycleState>
  ) -> ProgramExpression {
    let lifecycle = plan.lifecycle(of: identity)
    let inside = lifecycle.states.filter(states.contains)
    if inside.isEmpty { return .no }
    if inside.count == lifecycle.states.count { return .yes }
    guard let slot = plan.lifecycleSlot(identity) else { return .yes }
    let outside = lifecycle.states.filter { !states.contains($0) }
    func isState(_ state: LifecycleState) -> ProgramExpression {
      .equal(.slot(slot), .constant(lifecycle.value(state) ?? 0))
    }
    return inside.count <= outside.count
      ? .any(inside.map(isState)) : .all(outside.map { .not(isState($0)) })
  }

  func become(_ identity: Int, _ state: LifecycleState) {
    guard let slot = plan.lifecycleSlot(identity),
      let value = plan.lifecycle(of: identity).value(state)
    else { return }
    emit(.store(slot, .constant(value)))
  }

  /// Leaves the agent its variables only, and removes the messages to it.
  func leave(_ identity: Int, as state: LifecycleState) {
    become(identity, state)
    let run = plan.runSlots(identity)
    if !run.isEmpty { emit(.clear(first: SlotID(run.lowerBound), count: run.count)) }
    for channel in plan.channels.channels(to: identity) { emit(.empty(channel.id)) }
  }

  /// `n.crashed`, `n.stopped`, `n.byzantine`.
  func status(_ status: AgentStatus, of agent: TypedExpression) -> ProgramExpression {
    let states: Set<LifecycleState> =
      switch status {
      case .crashed: LifecycleState.fallen
      case .stopped: [.stopped]
      case .byzantine: [.byzantine]
      }
    let value = bind(lower(agent))
    let (lower, upper) = value.bounds
    guard lower >= 0, upper < spec.agentCount, lower <= upper else { return .no }
    if lower == upper { return lifecycle(Int(lower), isOneOf: states) }
    let tests = (Int(lower)...Int(upper)).map { ($0, lifecycle($0, isOneOf: states)) }
    if tests.allSatisfy({ $0.1.constantValue == 0 }) { return .no }
    let result = newRegister()
    let cases = tests.map { (values: [Int64($0.0)], body: [ProgramStatement.set(result, $0.1)]) }
    emit(.switch(value.cell, cases, default: [.set(result, .no)]))
    return .register(result)
  }

  /// `M in flight`.
  func inFlight(_ message: MessageID) -> ProgramExpression {
    var result = ProgramExpression.no
    for (_, channel, tag) in plan.channels.channels(of: message, to: nil) {
      let isFilled = ProgramExpression.not(.equal(.slot(channel.length), .no))
      guard let tagCell = channel.tagCell else {
        result = .or(result, isFilled)
        continue
      }
      for entry in 0..<channel.room {
        let slot = SlotID(channel.entries.index + entry * channel.cellCount + tagCell)
        let isHere = ProgramExpression.less(.constant(Int64(entry)), .slot(channel.length))
        result = .or(result, .and(isHere, .equal(.slot(slot), .constant(tag))))
      }
    }
    return result
  }
}
