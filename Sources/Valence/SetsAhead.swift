import Columns

/// For each state the union of the sets of all states that can be reached from it, itself included.
///
/// States are numbered breadth first, so that most transitions lead to greater numbers: a round
/// through the states from the last to the first settles most of them, with one read of each
/// transition in the order of memory. What a few rounds leave goes backwards from state to state.
///
/// Complexity: linear in the transitions, times the bits of a set where rounds are not enough.
/// Price: 4 bytes for each transition and 9 for each state in that case, else nothing.
public struct SetsAhead {
  public private(set) var sets: [UInt64]

  /// Rounds from the last state to the first, before it goes backwards.
  private static let roundsMax = 6

  public init(_ sets: [UInt64], _ graph: DecisionGraph) {
    self.sets = sets
    for _ in 0..<SetsAhead.roundsMax where !round(graph) { return }
    spread(graph)
  }

  /// Whether a set has grown.
  private mutating func round(_ graph: DecisionGraph) -> Bool {
    var hasGrown = false
    for state in stride(from: graph.firstEdge.count - 2, through: 0, by: -1) {
      let old = sets[state]
      var set = old
      for edge in graph.edges(of: state) { set |= sets[Int(graph.targets[edge])] }
      if set != old {
        sets[state] = set
        hasGrown = true
      }
    }
    return hasGrown
  }

  /// From each state whose set may have grown to those before it.
  private mutating func spread(_ graph: DecisionGraph) {
    let backward = BackwardEdges(graph)
    var work = (0..<Int32(graph.stateCount)).filter { sets[Int($0)] != 0 }
    var isOpen = sets.map { $0 != 0 }
    while let state = work.popLast() {
      isOpen[Int(state)] = false
      let set = sets[Int(state)]
      for place in backward.first[Int(state)]..<backward.first[Int(state) + 1] {
        let source = Int(backward.sources[place])
        if set & ~sets[source] == 0 { continue }
        sets[source] |= set
        if isOpen[source] { continue }
        isOpen[source] = true
        work.append(Int32(source))
      }
    }
  }
}

/// The transitions of a graph by the states that they lead to.
struct BackwardEdges {
  /// Of state s: `sources[first[s]..<first[s + 1]]`.
  let first: [Int]
  let sources: [Int32]

  init(_ graph: DecisionGraph) {
    var first = [Int](repeating: 0, count: graph.stateCount + 1)
    for target in graph.targets { first[Int(target) + 1] += 1 }
    for state in 0..<graph.stateCount { first[state + 1] += first[state] }
    var next = first
    var sources = [Int32](repeating: 0, count: graph.targets.count)
    for state in 0..<graph.stateCount {
      for edge in graph.edges(of: state) {
        let target = Int(graph.targets[edge])
        sources[next[target]] = Int32(state)
        next[target] += 1
      }
    }
    self.first = first
    self.sources = sources
  }
}
