/// A part of the definition of a stubborn set; tests leave one out to see that they notice.
public enum Condition: Sendable, CaseIterable {
  /// An enabled member brings everything that does not accord with it.
  case accord
  /// A disabled member brings everything that could enable it.
  case enabling
  /// A member that a property sees brings all that it sees.
  case visibility
  /// A state whose successors are all old is expanded fully.
  case proviso
  /// Breadth-first, an old successor vouches for a state only if it leads to a full expansion.
  case settling
  /// Breadth-first, a successor in the level that is being expanded is not taken for a new one.
  case levels
  /// What sets are remembered by tells all conditions apart that they are made from.
  case localState
  /// A safe action has nothing to do with what other agents may be at.
  case safety
}
