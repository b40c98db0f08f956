import Columns

/// A graph whose states may have decided: what valence is about, without how it was found.
public struct DecisionGraph: Sendable {
  public let transitions: Transitions
  /// By state: bit v is set where somebody has decided value v.
  public let decided: ValueSets

  /// Requires: as of `Transitions`.
  public init(edgeRanges: RangeColumn, targets: Column<Int32>, decided: ValueSets) {
    transitions = Transitions(
      edgeRanges: edgeRanges, targets: targets, stateCount: decided.count)
    self.decided = decided
  }

  public var stateCount: Int { decided.count }
  public var targets: Column<Int32> { transitions.targets }

  @inline(__always)
  public func edges(of state: Int) -> Range<Int> { transitions.edges(of: state) }
}
