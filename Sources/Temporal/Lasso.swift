import Columns

/// An execution that goes round for ever: transitions of a graph, -1 for resting in a state.
public struct Lasso: Sendable, Hashable {
  public let initial: Int
  public let stem: [Int]
  /// Not empty.
  public let cycle: [Int]

  public init(initial: Int, stem: [Int], cycle: [Int]) {
    self.initial = initial
    self.stem = stem
    self.cycle = cycle
  }

  /// The states in front of the transitions of stem and cycle, and the last one.
  public func states(in graph: FairGraph) -> [Int] {
    var states = [initial]
    for transition in stem + cycle {
      let last = states[states.count - 1]
      states.append(transition < 0 ? last : Int(graph.targets[transition]))
    }
    return states
  }
}

/// Draws a short lasso into a fair part: the shortest way to one, then from obligation to
/// obligation, each by the shortest way, and back.
///
/// On one thread, in the order of the initial states and of the transitions of each state: the same
/// lasso whoever found the parts, and whatever the numbers of states and of strong constraints.
struct LassoDrawing {
  let core: CoreProduct
  let search: FairComponents

  /// What the cycle is drawn in; the stem is drawn in the whole.
  private var product: Product { core.product }

  func lasso() throws -> Lasso? {
    guard let (initial, stem, root) = try stem(), let cycle = try cycle(through: root)
    else { return nil }
    return Lasso(initial: initial, stem: stem, cycle: cycle.map(\.transition))
  }

  /// A shortest way from an initial state into a part, and the node of the core where it ends.
  private func stem() throws -> (initial: Int, transitions: [Int], root: Int)? {
    let whole = core.whole
    let starts = (0..<whole.graph.initialCount).map { $0 * whole.width }
    for start in starts {
      if let root = found(start) { return (whole.state(start), [], root) }
    }
    var tree = try SearchTree(whole.nodeCount, starts)
    guard
      let last = tree.grow(whole, isInside: { _ in true }, until: { found($0.target) != nil }),
      let root = found(last.target)
    else { return nil }
    let path = tree.path(to: last, whole)
    return (whole.state(path[0].source), path.map(\.transition), root)
  }

  /// The node of a part that a node of the whole is.
  private func found(_ node: Int) -> Int? {
    core.node(node).flatMap { search.part(of: $0) == nil ? nil : $0 }
  }

  private func cycle(through root: Int) throws -> [Product.Edge]? {
    var path: [Product.Edge] = []
    while true {
      while let wanted = obligation(path, root) {
        guard let way = try way(from: path.last?.target ?? root, wanted) else { return nil }
        path += way
      }
      if path.last?.target != root || path.isEmpty {
        guard let way = try way(from: path.last?.target ?? root, { $0.target == root }) else {
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
    if let strong = firstUnserved([root] + path.map(\.target), Set(path.map(product.strong))) {
      return { product.strong($0) == strong }
    }
    for weak in unservedWeak(states, Set(path.map(product.weak))).sorted()
    where states.allSatisfy({ graph.enables(weak: weak, $0) }) {
      return {
        product.weak($0) == weak
          || !graph.enables(weak: weak, product.state($0.target))
      }
    }
    return search.closesDraws ? missingOutcome(path) : nil
  }

  /// The strong constraint that is met first along some nodes and not served.
  private func firstUnserved(_ nodes: [Int], _ served: Set<Int32>) -> Int32? {
    for node in nodes {
      for transition in product.graph.edges(of: product.state(node)) {
        let strong = product.graph.strong(transition)
        if strong >= 0 && !served.contains(strong) { return strong }
      }
    }
    return nil
  }

  private func unservedWeak(_ states: [Int], _ served: Set<Int32>) -> Set<Int32> {
    var found: Set<Int32> = []
    for state in states {
      for transition in product.graph.edges(of: state) {
        let weak = product.graph.weak(transition)
        if weak >= 0 && !served.contains(weak) { found.insert(weak) }
      }
    }
    return found
  }

  /// An outcome of a draw of the path that never occurs on it.
  private func missingOutcome(_ path: [Product.Edge]) -> Wish? {
    let graph = product.graph
    let taken = Set(path.map(\.transition))
    for edge in path where edge.transition >= 0 {
      let draw = graph.draw(edge.transition)
      if draw < 0 { continue }
      for transition in graph.edges(of: product.state(edge.source))
      where graph.draw(transition) == draw && !taken.contains(transition) {
        return { $0.transition == transition }
      }
    }
    return nil
  }

  /// A shortest path inside the part of its start whose last edge is as wished.
  private func way(from start: Int, _ wish: Wish) throws -> [Product.Edge]? {
    let home = search.part(of: start)
    var tree = try SearchTree(product.nodeCount, [start])
    let last = tree.grow(
      product, isInside: { search.part(of: $0.target) == home && search.isAllowed($0) },
      until: wish)
    return last.map { tree.path(to: $0, product) }
  }
}

/// The first edges into the nodes of a breadth-first search.
///
/// Price: 4 bytes for a node, of which pages are taken when they are touched, and 40 for one that
/// was entered.
private struct SearchTree {
  private let startCount: Int
  /// In the order in which they were entered.
  private var nodes: [Int]
  /// The edges by which those behind the starts were.
  private var entries: [Product.Edge] = []
  /// By node: one more than its place among them, 0 for none.
  private let places: NodeNumbers

  init(_ nodeCount: Int, _ starts: [Int]) throws {
    startCount = starts.count
    nodes = starts
    places = try NodeNumbers(count: nodeCount)
    for (place, node) in starts.enumerated() { places[node] = Int32(truncatingIfNeeded: place + 1) }
  }

  /// Enters nodes by the edges inside until one is as wished, which need not be the first into its
  /// target.
  mutating func grow(
    _ product: Product, isInside: (Product.Edge) -> Bool, until wish: (Product.Edge) -> Bool
  ) -> Product.Edge? {
    var next = 0
    while next < nodes.count {
      let node = nodes[next]
      next += 1
      var last: Product.Edge?
      product.forEachEdge(of: node) { edge in
        guard isInside(edge) else { return true }
        if wish(edge) {
          last = edge
          return false
        }
        if places[edge.target] == 0 {
          entries.append(edge)
          nodes.append(edge.target)
          places[edge.target] = Int32(truncatingIfNeeded: nodes.count)
        }
        return true
      }
      if let last { return last }
    }
    return nil
  }

  func path(to last: Product.Edge, _ product: Product) -> [Product.Edge] {
    var path = [last]
    while true {
      let entry = Int(places[path[path.count - 1].source]) - 1 - startCount
      if entry < 0 { return path.reversed() }
      path.append(entries[entry])
    }
  }
}
