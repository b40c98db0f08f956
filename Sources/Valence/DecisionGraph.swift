/// A graph whose states may have decided: what valence is about, without how it was found.
public struct DecisionGraph: Sendable {
  /// Transitions of state s: `firstEdge[s]..<firstEdge[s + 1]`.
  public let firstEdge: [Int]
  public let targets: [Int32]
  /// By state: bit v is set where somebody has decided value v.
  public let decided: [UInt64]

  /// Requires: `firstEdge` has one entry more than `decided`, ascending, and targets are states.
  public init(firstEdge: [Int], targets: [Int32], decided: [UInt64]) {
    precondition(firstEdge.count == decided.count + 1, "one range of edges for each state")
    self.firstEdge = firstEdge
    self.targets = targets
    self.decided = decided
  }

  public var stateCount: Int { decided.count }

  public func edges(of state: Int) -> Range<Int> { firstEdge[state]..<firstEdge[state + 1] }
}
