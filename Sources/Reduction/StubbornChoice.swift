/// How a stubborn set is looked for among those that the relations allow.
public enum StubbornChoice: String, Sendable, CaseIterable, BitwiseCopyable {
  /// Whichever leaves out more where that was measured (`--reduce auto`); else `closure`, or
  /// breadth-first `local` once a sample shows that it leaves out as much.
  case auto
  /// From each enabled action, all that it needs, as far as the local states of agents tell.
  case local
  /// From each enabled action, all that it needs; the one with the fewest transitions.
  case closure
  /// From all actions, as many left out as can be.
  case deletion
}
