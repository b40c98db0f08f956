/// An execution that goes round for ever: transitions of a graph, -1 for resting in a state.
public struct Lasso: Sendable {
  public let initial: Int
  public let stem: [Int]
  /// Not empty.
  public let cycle: [Int]

  /// The states in front of the transitions of stem and cycle.
  func states(in graph: FairGraph) -> [Int] {
    var states = [initial]
    for transition in stem + cycle {
      let last = states[states.count - 1]
      states.append(transition < 0 ? last : Int(graph.targets[transition]))
    }
    return states
  }
}

/// Draws a short lasso into a fair component: the shortest way to one, then from obligation to
/// obligation, each by the shortest way, and back.
struct LassoDrawing {
  let product: Product
  let search: FairComponents
  /// By node of a fair component: which one.
  private var component: [Int: Int] = [:]

  init(_ product: Product, _ search: FairComponents) {
    self.product = product
    self.search = search
    for (number, members) in search.found.enumerated() {
      for member in members { component[member] = number }
    }
  }

  func lasso(_ reached: ReachedNodes) -> Lasso? {
    guard let root = reached.order.first(where: { component[$0] != nil }),
      let cycle = cycle(through: root)
    else { return nil }
    let (initial, stem) = reached.path(to: root)
    return Lasso(
      initial: product.state(initial), stem: stem, cycle: cycle.map(\.transition))
  }

  private func cycle(through root: Int) -> [Product.Edge]? {
    var path: [Product.Edge] = []
    while true {
      while let wanted = obligation(path, root) {
        guard let way = way(from: path.last?.target ?? root, wanted) else { return nil }
        path += way
      }
      if path.last?.target != root || path.isEmpty {
        guard let way = way(from: path.last?.target ?? root, { $0.target == root }) else {
          return nil
        }
        path += way
      }
      // The way back may enable what was not enabled before.
      if obligation(path, root) == nil { return path }
    }
  }

  private typealias Wish = (Product.Edge) -> Bool

  /// What the closed path would still owe; nil where it is fair and accepting.
  private func obligation(_ path: [Product.Edge], _ root: Int) -> Wish? {
    let graph = product.graph
    let acceptance = path.reduce(0) { $0 | $1.acceptance }
    let missing = product.automaton.acceptance & ~acceptance
    if missing != 0 { return { $0.acceptance & missing != 0 } }
    let states = Set([root] + path.map(\.target)).map(product.state)
    let served = path.map(product.label)
    if let strong = unserved(states, Set(served.map(\.strong)), \.strong).min() {
      return { product.label($0).strong == strong }
    }
    for weak in unserved(states, Set(served.map(\.weak)), \.weak).sorted()
    where states.allSatisfy({ graph.enables(weak: weak, $0) }) {
      return {
        product.label($0).weak == weak
          || !graph.enables(weak: weak, product.state($0.target))
      }
    }
    return search.closesDraws ? missingOutcome(path) : nil
  }

  private func unserved(
    _ states: [Int], _ served: Set<Int32>, _ constraint: KeyPath<FairGraph.Label, Int32>
  ) -> Set<Int32> {
    var found: Set<Int32> = []
    for state in states {
      for transition in product.graph.edges(of: state) {
        let number = product.graph.labels[transition][keyPath: constraint]
        if number >= 0 && !served.contains(number) { found.insert(number) }
      }
    }
    return found
  }

  /// An outcome of a draw of the path that never occurs on it.
  private func missingOutcome(_ path: [Product.Edge]) -> Wish? {
    let taken = Set(path.map(\.transition))
    for edge in path {
      let draw = product.label(edge).draw
      if draw < 0 { continue }
      for transition in product.graph.edges(of: product.state(edge.source))
      where product.graph.labels[transition].draw == draw && !taken.contains(transition) {
        return { $0.transition == transition }
      }
    }
    return nil
  }

  /// A shortest path inside the component whose last edge is as wished.
  private func way(from start: Int, _ wish: Wish) -> [Product.Edge]? {
    guard let home = component[start] else { return nil }
    var via: [Int: Product.Edge] = [:]
    var queue = [start]
    var seen: Set<Int> = [start]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      var last: Product.Edge?
      product.forEachEdge(of: node) { edge in
        guard component[edge.target] == home, search.isAllowed(edge) else { return true }
        if wish(edge) {
          last = edge
          return false
        }
        if seen.insert(edge.target).inserted {
          via[edge.target] = edge
          queue.append(edge.target)
        }
        return true
      }
      if let last { return way(back: last, start, via) }
    }
    return nil
  }

  private func way(
    back last: Product.Edge, _ start: Int, _ via: [Int: Product.Edge]
  ) -> [Product.Edge] {
    var path = [last]
    var node = last.source
    while node != start, let edge = via[node] {
      path.append(edge)
      node = edge.source
    }
    return path.reversed()
  }
}
