import Columns

extension ReachabilityGraph {
  /// By state: the length of a shortest way to it.
  public func depths() -> [Int] {
    var depths = [Int](repeating: 0, count: stateCount)
    for level in levelStarts.indices.dropLast() {
      for state in levelStarts[level]..<levelStarts[level + 1] { depths[state] = level }
    }
    return depths
  }

  /// The states as one worker meets them. Complexity: linear in the graph.
  public func discoveryOrder() -> [Int] {
    var walk = DiscoveryWalk(self, below: stateCount)
    while walk.next() != nil {}
    return walk.met
  }

  /// A shortest way from an initial state to the first state that is wanted; nil where none is.
  ///
  /// Deterministic. Complexity: linear in the part of the graph that lies no deeper.
  public func shortestWay(
    where isWanted: (_ state: Int) -> Bool
  ) -> (initial: Int, transitions: [Int], state: Int)? {
    // Numbers ascend with the levels: the first one met lies in the level of the least.
    guard let least = (0..<stateCount).first(where: isWanted) else { return nil }
    let end = levelStarts.first { $0 > least } ?? stateCount
    var walk = DiscoveryWalk(self, below: end)
    while let state = walk.next() {
      guard isWanted(state) else { continue }
      let way = walk.way(to: state)
      return (way.initial, way.transitions, state)
    }
    return nil
  }
}

/// Meets the states of a graph breadth first: initial ones and transitions in their order, which is
/// the same whoever searched, so that the order of the states is, too.
private struct DiscoveryWalk {
  private let graph: ReachabilityGraph
  private(set) var met: [Int]
  /// By state: the transition that first led to it, and its source; -1 where none has.
  private var entries: [UInt32]
  private var sources: [Int32]
  /// How many of the states met were left, and handed out.
  private var left = 0
  private var handedOut = 0

  /// `bound`: where a level begins; states from there on are left out.
  init(_ graph: ReachabilityGraph, below bound: Int) {
    self.graph = graph
    met = Array(0..<graph.initialCount)
    entries = Array(repeating: 0, count: bound)
    sources = Array(repeating: -1, count: bound)
  }

  /// The next state; nil behind the last one.
  mutating func next() -> Int? {
    while handedOut == met.count {
      if left == met.count { return nil }
      leave(met[left])
      left += 1
    }
    handedOut += 1
    return met[handedOut - 1]
  }

  private mutating func leave(_ source: Int) {
    for transition in graph.edges(of: source) {
      let target = Int(graph.targets[transition])
      if target < graph.initialCount || target >= sources.count || sources[target] >= 0 {
        continue
      }
      entries[target] = UInt32(truncatingIfNeeded: transition)
      sources[target] = Int32(source)
      met.append(target)
    }
  }

  func way(to state: Int) -> (initial: Int, transitions: [Int]) {
    var way: [Int] = []
    var current = state
    while sources[current] >= 0 {
      way.append(Int(entries[current]))
      current = Int(sources[current])
    }
    return (current, way.reversed())
  }
}
