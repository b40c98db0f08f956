import Columns

/// The transitions of a graph by their sources, states being numbers.
public struct Transitions: Sendable {
  /// By state, of those whose transitions are known: where they are.
  public let edgeRanges: RangeColumn
  /// By transition; there may be places that are no transitions.
  public let targets: Column<Int32>
  public let stateCount: Int

  /// Requires: there are at most as many ranges as states; targets are states.
  public init(edgeRanges: RangeColumn, targets: Column<Int32>, stateCount: Int) {
    precondition(edgeRanges.count <= stateCount, "a range of edges for a state")
    self.edgeRanges = edgeRanges
    self.targets = targets
    self.stateCount = stateCount
  }

  @inline(__always)
  public func edges(of state: Int) -> Range<Int> {
    state < edgeRanges.count ? edgeRanges[state] : 0..<0
  }
}
