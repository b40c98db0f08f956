import Diagnostics
import Semantics

extension Interpreter {
  /// The value of a state predicate.
  func evaluate(
    _ predicate: TypedExpression, in state: State, isQuiescent: @escaping () -> Bool
  ) throws(Interruption) -> Bool {
    let execution = Execution(self, state, agent: nil)
    execution.isQuiescent = isQuiescent
    return try execution.evaluate(predicate).truth
  }

  /// With nothing but faults enabled: the `run` of some agent that is live, or down and about to
  /// resume it, is neither at its end nor idle.
  func isWaiting(_ state: State) -> Bool {
    (0..<agentCount).contains { identity in
      switch state.agents[identity].lifecycle {
      case .live: state.agents[identity].control.map { !isIdle(identity, at: $0) } ?? false
      case .down: resumption(of: identity, in: state).map { !isIdle(identity, at: $0) } ?? false
      case .stopped, .crashed, .byzantine: false
      }
    }
  }

  /// With nothing but faults enabled: a message to a live agent remains.
  func hasOrphan(_ state: State) -> Bool {
    state.messages.contains { state.agents[$0.receiver].lifecycle == .live }
  }
}
