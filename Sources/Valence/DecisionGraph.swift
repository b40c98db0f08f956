import Columns

/// A graph whose states may have decided: what valence is about, without how it was found.
public struct DecisionGraph: Sendable {
  /// Transitions of state s: `firstEdge[s]..<firstEdge[s + 1]`, of those that have any known.
  public let firstEdge: Column<UInt32>
  public let targets: Column<Int32>
  /// By state: bit v is set where somebody has decided value v.
  public let decided: [UInt64]

  /// Requires: `firstEdge` ascends, and has at most one entry more than `decided`; targets are
  /// states.
  public init(firstEdge: Column<UInt32>, targets: Column<Int32>, decided: [UInt64]) {
    precondition((1...decided.count + 1).contains(firstEdge.count), "a range of edges for a state")
    self.firstEdge = firstEdge
    self.targets = targets
    self.decided = decided
  }

  public var stateCount: Int { decided.count }

  @inline(__always)
  public func edges(of state: Int) -> Range<Int> {
    if state + 1 >= firstEdge.count { return 0..<0 }
    // Safety: the column ascends.
    return Range(uncheckedBounds: (Int(firstEdge[state]), Int(firstEdge[state + 1])))
  }
}
