/// The reachable states of a system as linear time needs them: what is true where, and which
/// fairness constraints a transition serves.
///
/// A constraint is enabled in a state if some transition from it serves the constraint. Weak: what
/// is enabled from some time on without a break is served again and again. Strong: what is enabled
/// again and again is.
///
/// Price: 8 bytes for a transition, 17 for a state.
public struct FairGraph: Sendable {
  /// The constraints that transitions of one kind serve, -1 for none.
  public struct Label: Sendable, Hashable {
    public var weak: Int32
    public var strong: Int32
    public init(weak: Int32 = -1, strong: Int32 = -1) {
      self.weak = weak
      self.strong = strong
    }
    public var isFair: Bool { weak >= 0 || strong >= 0 }
  }

  /// Transitions of state s: `firstEdge[s]..<firstEdge[s + 1]`; of states that have all of theirs.
  public var firstEdge: [Int] = [0]
  public var targets: [Int32] = []
  /// By transition: its kind.
  public var kinds: [Int32] = []
  /// By kind.
  public var labels: [Label] = []
  /// By transition: the draw it is an outcome of (transitions of one state that differ in `flip`
  /// values only), -1 for none. Empty where nothing is drawn.
  public var draws: [Int32] = []
  /// By state: the atoms that are true, by bit.
  public var valuations: [UInt64] = []
  /// By state: an execution may stay there for ever, for nothing that must happen is enabled. What
  /// faults, environments and unfair steps could do need not happen.
  public var canRest: [Bool] = []
  /// The initial states are the first ones.
  public var initialCount = 0
  /// A step chooses after it has flipped, so that its draws cannot be told from its choices.
  public var choosesAfterFlip = false

  public init() {}

  public var stateCount: Int { valuations.count }
  /// States below this number have all their transitions.
  public var expandedCount: Int { firstEdge.count - 1 }

  @inline(__always)
  public func edges(of state: Int) -> Range<Int> {
    state < expandedCount ? firstEdge[state]..<firstEdge[state + 1] : 0..<0
  }

  public func label(_ transition: Int) -> Label { labels[Int(kinds[transition])] }

  func draw(_ transition: Int) -> Int32 { draws.isEmpty ? -1 : draws[transition] }

  public func mayRest(in state: Int) -> Bool {
    state < expandedCount && !edges(of: state).contains { label($0).isFair }
  }

  /// Works out where executions may rest.
  public mutating func rest(stateCount: Int, _ workforce: Workforce) {
    let (expanded, firstEdge, kinds) = (expandedCount, firstEdge, kinds)
    let isFair = labels.map(\.isFair)
    canRest = workforce.array(count: stateCount, over: stateCount) { _, states, result in
      for state in states {
        result[state] =
          state < expanded
          && !(firstEdge[state]..<firstEdge[state + 1]).contains { isFair[Int(kinds[$0])] }
      }
    }
  }

  func enables(weak constraint: Int32, _ state: Int) -> Bool {
    edges(of: state).contains { label($0).weak == constraint }
  }
}

/// A part of the definition of a fair execution, or of the search for one; tests leave one out to
/// see that somebody notices.
public enum FairnessRule: Sendable, CaseIterable {
  /// Executions may rest where nothing has to happen.
  case resting
  case weak
  /// Without it, strong constraints are owed as weak ones are.
  case strong
  /// What is left of a component without the states that starve a constraint is searched again.
  case recursion
}
