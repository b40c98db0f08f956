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

  func edges(of node: Int) -> [Edge] {
    var found: [Edge] = []
    forEachEdge(of: node) {
      found.append($0)
      return true
    }
    return found
  }

  func label(_ edge: Edge) -> FairGraph.Label {
    edge.transition < 0 ? FairGraph.Label() : graph.labels[edge.transition]
  }

  /// Every node that can be reached, breadth first, with the edge that reached it.
  func reachable() -> (order: [Int], via: [Int: Edge]) {
    var order = Array(stride(from: 0, to: graph.initialCount * width, by: width))
    var via: [Int: Edge] = [:]
    var seen = Set(order)
    var next = 0
    while next < order.count {
      forEachEdge(of: order[next]) { edge in
        if seen.insert(edge.target).inserted {
          order.append(edge.target)
          via[edge.target] = edge
        }
        return true
      }
      next += 1
    }
    return (order, via)
  }
}
