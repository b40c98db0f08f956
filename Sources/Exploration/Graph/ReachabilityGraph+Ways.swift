import Columns

extension ReachabilityGraph {
  /// By state: the state and the transition that first led to it; -1 for initial states.
  ///
  /// States are numbered as they are met, so the n-th state is met by the first transition to it.
  private func discoveries() -> (sources: [Int32], transitions: [Int]) {
    var sources = [Int32](repeating: -1, count: stateCount)
    var transitions = [Int](repeating: -1, count: stateCount)
    var next = Int32(initialCount)
    for source in 0..<expandedCount {
      for transition in edges(of: source) where targets[transition] == next {
        sources[Int(next)] = Int32(source)
        transitions[Int(next)] = transition
        next += 1
      }
    }
    return (sources, transitions)
  }

  /// A shortest way to a state from an initial one. Complexity: linear in the graph.
  public func shortestWay(to state: Int) -> (initial: Int, transitions: [Int]) {
    let (sources, transitions) = discoveries()
    var way: [Int] = []
    var current = state
    while sources[current] >= 0 {
      way.append(transitions[current])
      current = Int(sources[current])
    }
    return (current, way.reversed())
  }

  /// By state: the length of a shortest way to it.
  public func depths() -> [Int] {
    let (sources, _) = discoveries()
    var depths = [Int](repeating: 0, count: stateCount)
    for state in 0..<stateCount where sources[state] >= 0 {
      depths[state] = depths[Int(sources[state])] + 1
    }
    return depths
  }
}
