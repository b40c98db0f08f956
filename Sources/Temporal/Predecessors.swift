import Columns

/// The edges of a product backwards, made of the transitions of its graph backwards.
///
/// Price: 4 bytes for a transition, 8 for a state.
struct Predecessors: Sendable {
  /// Sources of the transitions into state s: `first[s]..<first[s + 1]`, in no fixed order.
  private let first: [Int]
  private let sources: NodeNumbers
  private let product: Product
  /// By automaton state: what leads to it.
  private let incoming: [[(source: Int, step: BuchiAutomaton.Transition)]]

  init(_ product: Product, _ workforce: Workforce) throws {
    let graph = product.graph
    let places = try NodeNumbers(count: graph.stateCount)
    workforce.forEachChunk(of: graph.expandedCount) { _, states in
      for state in states {
        for transition in graph.edges(of: state) {
          _ = places.add(1, at: Int(graph.targets[transition]))
        }
      }
    }
    var first = [0]
    first.reserveCapacity(graph.stateCount + 1)
    for state in 0..<graph.stateCount { first.append(first[state] + Int(places[state])) }
    let (starts, sources) = (first, try NodeNumbers(count: first[graph.stateCount]))
    workforce.forEachChunk(of: graph.expandedCount) { _, states in
      for state in states {
        for transition in graph.edges(of: state) {
          let target = Int(graph.targets[transition])
          let left = places.add(-1, at: target)
          sources[starts[target] + Int(left) - 1] = Int32(state)
        }
      }
    }
    self.first = first
    self.sources = sources
    self.product = product
    var incoming = product.automaton.transitions.map { _ in
      [(source: Int, step: BuchiAutomaton.Transition)]()
    }
    for (source, row) in product.automaton.transitions.enumerated() {
      for step in row { incoming[step.target].append((source, step)) }
    }
    self.incoming = incoming
  }

  /// Calls `body` with the source of every edge into a node.
  @inline(__always)
  func forEachSource(of node: Int, _ body: (Int) -> Void) {
    let state = product.state(node)
    for (own, step) in incoming[product.automatonState(node)] {
      for place in first[state]..<first[state + 1] {
        let source = Int(sources[place])
        if step.matches(product.graph.valuations[source]) { body(source * product.width + own) }
      }
      if product.mayRest(state), step.matches(product.graph.valuations[state]) {
        body(state * product.width + own)
      }
    }
  }
}
