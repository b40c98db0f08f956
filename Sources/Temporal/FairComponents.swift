/// Finds the strongly connected parts of a product in which a fair accepting execution can stay.
///
/// A component must have an edge of each acceptance set. A weak constraint that is enabled in all
/// of its states and served inside by none excludes it for good. A strong one that is enabled
/// somewhere and served nowhere inside excludes the states that enable it, and the rest is searched
/// again. Where draws are closed, an edge that is an outcome of a draw stays only if all outcomes
/// of that draw have an edge inside. Every part that is dropped cannot contain a fair execution;
/// every part that is found has one that goes through all of its edges for ever.
///
/// Source: Emerson and Lei, Modalities for model checking, 1987; Courcoubetis and Yannakakis, 1995,
/// for draws. Complexity: linear in the product for each level of the recursion.
struct FairComponents {
  let product: Product
  let closesDraws: Bool
  /// By node: the part it is in at present, 0 for none.
  private var part: [Int32]
  private var partCount: Int32 = 0
  private var order: [Int32]
  private var low: [Int32]
  /// Outcomes that have left: draw and automaton state.
  private var lostDraws: Set<Int> = []
  private(set) var found: [[Int]] = []

  init(_ product: Product, nodes: [Int], closesDraws: Bool) {
    self.product = product
    self.closesDraws = closesDraws
    part = Array(repeating: 0, count: product.nodeCount)
    order = part
    low = part
    var open = [nodes]
    while let region = open.popLast() {
      for component in components(of: region) {
        if let rest = restriction(of: component) {
          if rest.isEmpty { continue }
          open.append(rest)
        } else {
          found.append(component)
        }
      }
    }
  }

  private func isInside(_ edge: Product.Edge, _ members: Int32) -> Bool {
    part[edge.target] == members && isAllowed(edge)
  }

  /// Whether no other outcome of its draw leaves the component.
  func isAllowed(_ edge: Product.Edge) -> Bool {
    if lostDraws.isEmpty || edge.transition < 0 { return true }
    let draw = product.graph.labels[edge.transition].draw
    return draw < 0 || !lostDraws.contains(key(draw, edge.source))
  }

  private func key(_ draw: Int32, _ node: Int) -> Int {
    Int(draw) * product.width + node % product.width
  }

  private mutating func number(_ nodes: [Int]) -> Int32 {
    partCount += 1
    for node in nodes { part[node] = partCount }
    return partCount
  }

  // MARK: What fairness and acceptance leave

  /// Nil where the component is fair as it is; else what is left to search, perhaps nothing.
  private mutating func restriction(of component: [Int]) -> [Int]? {
    let number = number(component)
    var seen = Inventory()
    for node in component {
      product.forEachEdge(of: node) { edge in
        if isInside(edge, number) { seen.add(edge, product.label(edge)) }
        return true
      }
    }
    guard seen.hasEdges, seen.acceptance == product.automaton.acceptance else { return [] }
    if closesDraws, loseDraws(component, number) { return component }
    return fairness(component, seen)
  }

  private struct Inventory {
    var hasEdges = false
    var acceptance: UInt64 = 0
    var weak: Set<Int32> = []
    var strong: Set<Int32> = []

    mutating func add(_ edge: Product.Edge, _ label: FairGraph.Label) {
      hasEdges = true
      acceptance |= edge.acceptance
      if label.weak >= 0 { weak.insert(label.weak) }
      if label.strong >= 0 { strong.insert(label.strong) }
    }
  }

  private func fairness(_ component: [Int], _ served: Inventory) -> [Int]? {
    let graph = product.graph
    var always: Set<Int32>?
    var isStarving = false
    for node in component {
      let labels = graph.edges(of: product.state(node)).lazy.map { graph.labels[$0] }
      let weak = Set(labels.map(\.weak).filter { $0 >= 0 && !served.weak.contains($0) })
      always = always.map { $0.intersection(weak) } ?? weak
      if labels.contains(where: { $0.strong >= 0 && !served.strong.contains($0.strong) }) {
        isStarving = true
      }
    }
    if !(always ?? []).isEmpty { return [] }
    guard isStarving else { return nil }
    return component.filter { node in
      !graph.edges(of: product.state(node)).contains {
        let strong = graph.labels[$0].strong
        return strong >= 0 && !served.strong.contains(strong)
      }
    }
  }

  /// Marks the draws of which an outcome leaves the component; false where none does.
  private mutating func loseDraws(_ component: [Int], _ number: Int32) -> Bool {
    var losses = false
    for node in component {
      let state = product.state(node)
      var inside: Set<Int> = []
      product.forEachEdge(of: node) { edge in
        if isInside(edge, number) { inside.insert(edge.transition) }
        return true
      }
      for transition in product.graph.edges(of: state) where !inside.contains(transition) {
        let draw = product.graph.labels[transition].draw
        let isUsed =
          draw >= 0
          && product.graph.edges(of: state).contains {
            inside.contains($0) && product.graph.labels[$0].draw == draw
          }
        if isUsed, lostDraws.insert(key(draw, node)).inserted { losses = true }
      }
    }
    return losses
  }

  // MARK: Components

  /// Tarjan's algorithm (1972) on the nodes of a region, with a stack of its own.
  private mutating func components(of region: [Int]) -> [[Int]] {
    let number = number(region)
    for node in region { order[node] = 0 }
    var clock: Int32 = 0
    var open: [Int] = []
    var result: [[Int]] = []
    for root in region where order[root] == 0 {
      var calls: [(node: Int, edges: [Int], next: Int)] = []
      enter(root, number, &clock, &open, &calls)
      while let call = calls.last {
        if call.next < call.edges.count {
          calls[calls.count - 1].next += 1
          let target = call.edges[call.next]
          if order[target] == 0 {
            enter(target, number, &clock, &open, &calls)
          } else if part[target] == number {
            low[call.node] = min(low[call.node], order[target])
          }
          continue
        }
        calls.removeLast()
        if let caller = calls.last { low[caller.node] = min(low[caller.node], low[call.node]) }
        if low[call.node] == order[call.node] {
          result.append(leave(call.node, &open))
        }
      }
    }
    return result
  }

  private mutating func enter(
    _ node: Int, _ number: Int32, _ clock: inout Int32, _ open: inout [Int],
    _ calls: inout [(node: Int, edges: [Int], next: Int)]
  ) {
    clock += 1
    order[node] = clock
    low[node] = clock
    open.append(node)
    var targets: [Int] = []
    product.forEachEdge(of: node) { edge in
      if isInside(edge, number) { targets.append(edge.target) }
      return true
    }
    calls.append((node, targets, 0))
  }

  /// Takes a component off the stack and out of its region.
  private mutating func leave(_ root: Int, _ open: inout [Int]) -> [Int] {
    var members: [Int] = []
    while let member = open.popLast() {
      part[member] = 0
      members.append(member)
      if member == root { break }
    }
    return members.sorted()
  }
}
