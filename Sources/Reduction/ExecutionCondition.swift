/// A part of what makes a reduced graph as good as the whole one for fair executions; tests leave
/// one out to see that somebody notices.
public enum ExecutionCondition: Sendable, CaseIterable {
  /// Steps that may change what a formula tells apart are in a set together.
  case visibility
  /// Every transition kept of a reduced state leads to a deeper level.
  case cycles
  /// Steps that may change when a fairness constraint is enabled are not exchanged.
  case conjuncts
  /// A reduced state owes a step that is kept.
  case owing
  /// What is left out of a state is enabled in it.
  case sink
}
