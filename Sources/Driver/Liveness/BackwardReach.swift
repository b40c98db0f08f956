import Exploration

/// The states from which a set of states can be reached.
///
/// Complexity: linear in the graph. Source: Clarke and Emerson, 1981 (EF as a least fixpoint).
struct BackwardReach {
  private let isInside: [Bool]

  init(_ graph: ReachabilityGraph, _ isGoal: (Int) -> Bool) {
    var first = [Int](repeating: 0, count: graph.stateCount + 1)
    for target in graph.targets { first[Int(target) + 1] += 1 }
    for state in 0..<graph.stateCount { first[state + 1] += first[state] }
    var next = first
    var sources = [Int32](repeating: 0, count: graph.targets.count)
    for source in 0..<graph.expandedCount {
      for edge in graph.edges(of: source) {
        let target = Int(graph.targets[edge])
        sources[next[target]] = Int32(source)
        next[target] += 1
      }
    }
    var inside = (0..<graph.stateCount).map(isGoal)
    var open = inside.indices.filter { inside[$0] }
    while let state = open.popLast() {
      for place in first[state]..<first[state + 1] where !inside[Int(sources[place])] {
        inside[Int(sources[place])] = true
        open.append(Int(sources[place]))
      }
    }
    isInside = inside
  }

  /// The least state, so one of least depth, from which the set cannot be reached.
  var firstOutside: Int? { isInside.firstIndex(of: false) }

  /// A shortest way from an initial state: states are numbered breadth first, so the first
  /// transition into each is on one.
  func shortestWay(
    to state: Int, _ graph: ReachabilityGraph
  ) -> (initial: Int, transitions: [Int]) {
    var via = [Int: (source: Int, transition: Int)]()
    for source in 0..<min(state, graph.expandedCount) {
      for edge in graph.edges(of: source) {
        let target = Int(graph.targets[edge])
        if target >= graph.initialCount, target <= state, via[target] == nil {
          via[target] = (source, edge)
        }
      }
    }
    var transitions: [Int] = []
    var current = state
    while current >= graph.initialCount, let step = via[current] {
      transitions.append(step.transition)
      current = step.source
    }
    return (current, transitions.reversed())
  }
}
