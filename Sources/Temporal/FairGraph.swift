/// The reachable states of a system as linear time needs them: what is true where, and which
/// fairness constraints a transition serves.
///
/// A constraint is enabled in a state if some transition from it serves the constraint. Weak: what
/// is enabled from some time on without a break is served again and again. Strong: what is enabled
/// again and again is.
public struct FairGraph: Sendable {
  /// The constraints that one transition serves, -1 for none.
  public struct Label: Sendable, Hashable {
    public var weak: Int32 = -1
    public var strong: Int32 = -1
    /// The draw it is an outcome of: transitions of one state that differ in `flip` values only.
    public var draw: Int32 = -1
    public init() {}
    public var isFair: Bool { weak >= 0 || strong >= 0 }
  }

  /// Transitions of state s: `firstEdge[s]..<firstEdge[s + 1]`; one entry more than `isExpanded`.
  public var firstEdge: [Int] = [0]
  public var targets: [Int32] = []
  /// By transition.
  public var labels: [Label] = []
  /// By state: all its transitions are there.
  public var isExpanded: [Bool] = []
  /// By state: the atoms that are true, by bit.
  public var valuations: [UInt64] = []
  /// The initial states are the first ones.
  public var initialCount = 0
  /// A step chooses after it has flipped, so that its draws cannot be told from its choices.
  public var choosesAfterFlip = false

  public init() {}

  public var stateCount: Int { isExpanded.count }

  public func edges(of state: Int) -> Range<Int> { firstEdge[state]..<firstEdge[state + 1] }

  /// Whether an execution may stay in a state for ever: nothing that must happen is enabled there.
  /// What faults, environments and unfair steps could do need not happen.
  func mayRest(_ state: Int) -> Bool {
    isExpanded[state] && !edges(of: state).contains { labels[$0].isFair }
  }

  func enables(weak constraint: Int32, _ state: Int) -> Bool {
    edges(of: state).contains { labels[$0].weak == constraint }
  }

  func enables(strong constraint: Int32, _ state: Int) -> Bool {
    edges(of: state).contains { labels[$0].strong == constraint }
  }
}
