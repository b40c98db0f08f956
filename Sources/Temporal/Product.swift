/// The product of a graph and an automaton; node n is state `n / width` with automaton state
/// `n % width`.
///
/// The automaton reads the valuation of the state that is left. Nothing is stored: edges are made
/// when they are asked for.
struct Product {
  struct Edge {
    let source: Int
    let target: Int
    let acceptance: UInt64
    /// Transition of the graph; -1 for resting in a state.
    let transition: Int
  }

  let graph: FairGraph
  let automaton: BuchiAutomaton

  var width: Int { automaton.transitions.count }
  var nodeCount: Int { graph.stateCount * width }

  func state(_ node: Int) -> Int { node / width }

  /// Calls `body` with every edge of a node, in a fixed order, until it returns false.
  @inline(__always)
  func forEachEdge(of node: Int, _ body: (Edge) -> Bool) {
    let state = node / width
    let valuation = graph.valuations[state]
    let rests = graph.mayRest(state)
    for step in automaton.transitions[node % width] where step.matches(valuation) {
      for transition in graph.edges(of: state) {
        let target = Int(graph.targets[transition]) * width + step.target
        let edge = Edge(
          source: node, target: target, acceptance: step.acceptance, transition: transition)
        if !body(edge) { return }
      }
      if rests {
        let edge = Edge(
          source: node, target: state * width + step.target, acceptance: step.acceptance,
          transition: -1)
        if !body(edge) { return }
      }
    }
  }

  func label(_ edge: Edge) -> FairGraph.Label {
    edge.transition < 0 ? FairGraph.Label() : graph.labels[edge.transition]
  }

  /// Every node that can be reached, breadth first.
  func reachable() -> ReachedNodes {
    var reached = ReachedNodes(nodeCount: nodeCount)
    for node in stride(from: 0, to: graph.initialCount * width, by: width) {
      reached.enter(node, from: -2, by: -1)
    }
    var next = 0
    while next < reached.order.count {
      forEachEdge(of: reached.order[next]) { edge in
        if !reached.contains(edge.target) {
          reached.enter(edge.target, from: Int32(edge.source), by: Int32(edge.transition))
        }
        return true
      }
      next += 1
    }
    return reached
  }
}

/// The nodes of a product in the order of a breadth-first search, and how each was reached.
///
/// Price: 8 bytes for each node of the product, 8 more for a reached one.
struct ReachedNodes {
  private(set) var order: [Int] = []
  /// By node: the node before it, -2 for initial nodes, -1 for those not reached.
  private var source: [Int32]
  /// By node: the transition that led to it.
  private var transition: [Int32]

  init(nodeCount: Int) {
    source = Array(repeating: -1, count: nodeCount)
    transition = source
  }

  func contains(_ node: Int) -> Bool { source[node] != -1 }

  mutating func enter(_ node: Int, from before: Int32, by step: Int32) {
    source[node] = before
    transition[node] = step
    order.append(node)
  }

  /// A shortest path to a node: where it begins, and its transitions.
  func path(to node: Int) -> (initial: Int, transitions: [Int]) {
    var path: [Int] = []
    var current = node
    while source[current] >= 0 {
      path.append(Int(transition[current]))
      current = Int(source[current])
    }
    return (current, path.reversed())
  }
}
