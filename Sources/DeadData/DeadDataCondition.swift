/// What keeps a slot alive, or in the state; tests leave one out to see that somebody notices.
public enum DeadDataCondition: Sendable, Hashable, CaseIterable {
  // Of dead values.
  /// Guards read.
  case guards
  /// A store by index may leave any element as it was.
  case weakUpdates
  /// What is copied into a live slot is live.
  case copies
  /// What a crash inside a step takes back was live at its beginning.
  case restores
  /// Actions that may happen at several locations.
  case handlers
  /// Other agents' reads.
  case otherAgents
  // Of both.
  /// What formulas of executions read.
  case formulas
  /// What messages carry.
  case messages
  // Of slicing.
  /// What guards read matters.
  case slicedGuards
  /// What conditions of branches read matters.
  case slicedBranches
  /// What may fail is evaluated.
  case slicedFailures
}
