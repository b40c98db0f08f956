/// For each state the decision values that are still possible: those decided in it or in a state
/// that can be reached from it.
///
/// A state is bivalent if more than one value is possible, univalent if one is.
/// Source: Fischer, Lynch and Paterson, Impossibility of distributed consensus with one faulty
/// process, JACM 1985, section 3; more than two values as in Raynal, 2010.
public struct Valence: Sendable {
  public let graph: DecisionGraph
  /// By state: bit v is set where value v is possible.
  public let possible: [UInt64]

  /// Complexity: linear, one pass over the components in the order of their numbers.
  public init(_ graph: DecisionGraph) {
    self.graph = graph
    let components = Components(graph)
    var sets = [UInt64](repeating: 0, count: components.count)
    var members = [[Int32]](repeating: [], count: components.count)
    for state in 0..<graph.stateCount {
      members[Int(components.component[state])].append(Int32(state))
    }
    for component in 0..<components.count {
      var set: UInt64 = 0
      for state in members[component] {
        set |= graph.decided[Int(state)]
        for edge in graph.edges(of: Int(state)) {
          set |= sets[Int(components.component[Int(graph.targets[edge])])]
        }
      }
      sets[component] = set
    }
    possible = components.component.map { sets[Int($0)] }
  }

  public func isBivalent(_ state: Int) -> Bool { possible[state].nonzeroBitCount > 1 }

  /// The bivalent states after each of whose transitions only one value, or none, is possible.
  public var criticalStates: [Int] {
    (0..<graph.stateCount).filter { state in
      isBivalent(state) && !graph.edges(of: state).isEmpty
        && graph.edges(of: state).allSatisfy { !isBivalent(Int(graph.targets[$0])) }
    }
  }

  /// Lemma 3: of the pairs of a bivalent state and an event that is pending there, those where some
  /// extension contains the event and ends in a bivalent state.
  ///
  /// `events` gives the event of each transition out of a bivalent state, -1 for those that are
  /// nobody's. Every state before a bivalent one is bivalent, so only these are walked.
  /// Complexity: events times transitions between bivalent states.
  public func extensions(events: [Int32]) -> (pairs: Int, kept: Int) {
    var sources: [[Int32]] = Array(repeating: [], count: graph.stateCount)
    var takers: [Int32: [Int]] = [:]
    for state in 0..<graph.stateCount where isBivalent(state) {
      for edge in graph.edges(of: state) {
        if isBivalent(Int(graph.targets[edge])) {
          sources[Int(graph.targets[edge])].append(Int32(state))
        }
        if events[edge] >= 0 { takers[events[edge], default: []].append(edge) }
      }
    }
    var result = (pairs: 0, kept: 0)
    for (event, edges) in takers {
      let kept = statesThatKeep(event, edges, sources, events)
      for state in 0..<graph.stateCount where isBivalent(state) {
        guard graph.edges(of: state).contains(where: { events[$0] == event }) else { continue }
        result.pairs += 1
        if kept[state] { result.kept += 1 }
      }
    }
    return result
  }

  /// From which bivalent states one of the edges can be taken so that it ends bivalent.
  private func statesThatKeep(
    _ event: Int32, _ edges: [Int], _ sources: [[Int32]], _ events: [Int32]
  ) -> [Bool] {
    var kept = [Bool](repeating: false, count: graph.stateCount)
    var work: [Int] = []
    for state in 0..<graph.stateCount where isBivalent(state) {
      let isSeed = graph.edges(of: state).contains {
        events[$0] == event && isBivalent(Int(graph.targets[$0]))
      }
      if isSeed {
        kept[state] = true
        work.append(state)
      }
    }
    while let state = work.popLast() {
      for source in sources[state] where !kept[Int(source)] {
        kept[Int(source)] = true
        work.append(Int(source))
      }
    }
    return kept
  }
}
