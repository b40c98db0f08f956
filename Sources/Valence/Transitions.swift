import Columns

/// The transitions of a graph by their sources, states being numbers.
public struct Transitions: Sendable {
  /// Of state s: `firstEdge[s]..<firstEdge[s + 1]`, of those that have any known.
  public let firstEdge: Column<UInt32>
  public let targets: Column<Int32>
  public let stateCount: Int

  /// Requires: `firstEdge` ascends, and has at most one entry more than there are states; targets
  /// are states.
  public init(firstEdge: Column<UInt32>, targets: Column<Int32>, stateCount: Int) {
    precondition((1...stateCount + 1).contains(firstEdge.count), "a range of edges for a state")
    self.firstEdge = firstEdge
    self.targets = targets
    self.stateCount = stateCount
  }

  @inline(__always)
  public func edges(of state: Int) -> Range<Int> {
    if state + 1 >= firstEdge.count { return 0..<0 }
    // Safety: the column ascends.
    return Range(uncheckedBounds: (Int(firstEdge[state]), Int(firstEdge[state + 1])))
  }
}
