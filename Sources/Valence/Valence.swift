import Columns

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
  public let possible: [UInt64]

  public init(_ graph: DecisionGraph) {
    self.graph = graph
    possible = SetsAhead(graph.decided, graph).sets
  }

  public func isBivalent(_ state: Int) -> Bool {
    let set = possible[state]
    return set & (set &- 1) != 0
  }

  public var bivalentCount: Int { possible.indices.count { isBivalent($0) } }

  /// Whether a state is bivalent and nobody has decided in it.
  public func isUndecided(_ state: Int) -> Bool { isBivalent(state) && graph.decided[state] == 0 }

  /// The bivalent states after each of whose transitions only one value, or none, is possible: the
  /// next step decides, whoever takes it.
  public var criticalStates: [Int] {
    (0..<graph.stateCount).filter { state in
      isBivalent(state) && !graph.edges(of: state).isEmpty
        && graph.edges(of: state).allSatisfy { !isBivalent(Int(graph.targets[$0])) }
    }
  }
}

extension Valence {
  /// By state: whether a run from there can stay undecided for ever, fair or not.
  ///
  /// A run that never decides goes through such states only, and often there are few.
  /// Complexity: linear.
  public var lasting: [Bool] {
    var lasting = (0..<graph.stateCount).map { isUndecided($0) }
    var ways = lasting.indices.map { state in
      lasting[state] ? graph.edges(of: state).count { lasting[Int(graph.targets[$0])] } : 0
    }
    var work = lasting.indices.filter { lasting[$0] && ways[$0] == 0 }
    if work.isEmpty { return lasting }
    let backward = BackwardEdges(graph)
    while let state = work.popLast() {
      lasting[state] = false
      for place in backward.first[state]..<backward.first[state + 1] {
        let source = Int(backward.sources[place])
        ways[source] -= 1
        if lasting[source], ways[source] == 0 { work.append(source) }
      }
    }
    return lasting
  }
}
