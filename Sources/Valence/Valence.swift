/// For each state the decision values that are still possible: those decided in it or in a state
/// that can be reached from it.
///
/// A state is bivalent if more than one value is possible, univalent if one is. Where states were
/// left out, at least these values are possible.
/// Source: Fischer, Lynch and Paterson, Impossibility of distributed consensus with one faulty
/// process, JACM 1985, section 3; more than two values as in Raynal, 2010.
public struct Valence: Sendable {
  public let graph: DecisionGraph
  /// By state: bit v is set where value v is possible.
  public let possible: ValueSets

  public init(_ graph: DecisionGraph) {
    self.graph = graph
    possible = graph.decided.ahead(in: graph.transitions)
  }

  @inline(__always)
  public func isBivalent(_ state: Int) -> Bool {
    let set = possible[state]
    return set & (set &- 1) != 0
  }

  public var bivalentCount: Int { possible.indices.count { isBivalent($0) } }

  public var bivalentPart: BivalentPart {
    BivalentPart(
      of: graph.transitions,
      possible.indices.lazy.filter { isBivalent($0) }.map { Int32(truncatingIfNeeded: $0) })
  }
}
