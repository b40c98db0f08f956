/// The reached nodes on which an accepting cycle may lie, without most of those that have only
/// finite ways ahead of them.
///
/// Rounds go through the states from the last to the first and drop nodes that no edge leads on
/// from, or only one back to themselves on which no fair execution can stay. As states are numbered
/// breadth first, one round settles most nodes, and memory is read in its order: it takes a
/// fraction of the time of the search for components that is spared.
///
/// Complexity: linear in the product for each round; rounds end when one drops less than an eighth.
/// Source: McLendon, Hendrickson, Plimpton, Rauchwerger, Finding strongly connected components in
/// distributed graphs, 2005, for trimming.
struct Trimming {
  private let product: Product
  /// By node: 0 outside.
  private let marks: NodeMarks
  /// By automaton state: it may lie on an accepting cycle.
  private let isInCore: [Bool]
  /// Loops count as ways on.
  private let keepsLoops: Bool

  /// `keepsLoops`: where not all of fairness counts, for tests.
  static func nodes(
    _ product: Product, _ reached: ReachedNodes, _ workforce: Workforce, keepsLoops: Bool
  ) -> [Int32] {
    let trimming = Trimming(
      product: product, marks: reached.marks,
      isInCore: (0..<product.width).map { product.core.contains($0) }, keepsLoops: keepsLoops)
    var (kept, before) = (trimming.round(workforce), Int.max)
    while kept > 0, kept < before / 8 * 7 { (kept, before) = (trimming.round(workforce), kept) }
    return trimming.nodes(count: kept)
  }

  /// How many nodes are left.
  private func round(_ workforce: Workforce) -> Int {
    let count = product.graph.stateCount
    let sums = PerWorker(workforce, 0)
    workforce.forEachChunk(of: count) { worker, places in
      var sum = 0
      for place in places { sum += trim(count - 1 - place) }
      sums[worker] += sum
    }
    return sums.all.reduce(0, +)
  }

  @inline(__always)
  private func trim(_ state: Int) -> Int {
    var kept = 0
    let first = state * product.width
    for node in first..<first + product.width where marks[node] != 0 {
      if isInCore[node - first], goesOn(node) { kept += 1 } else { marks[node] = 0 }
    }
    return kept
  }

  @inline(__always)
  private func goesOn(_ node: Int) -> Bool {
    var (leadsOn, loops) = (false, false)
    product.forEachEdge(of: node) { edge in
      if edge.target == node {
        loops = true
      } else if marks[edge.target] != 0 {
        leadsOn = true
        return false
      }
      return true
    }
    return leadsOn || loops && (keepsLoops || product.mayStayFair(in: node))
  }

  private func nodes(count: Int) -> [Int32] {
    var nodes: [Int32] = []
    nodes.reserveCapacity(count)
    if count == 0 { return nodes }
    for node in 0..<product.nodeCount where marks[node] != 0 { nodes.append(Int32(node)) }
    return nodes
  }
}

extension Product {
  /// Whether an execution that stays in one node for ever, by its edges to itself, may be accepting
  /// and fair. Draws, and deliveries that are not told apart, are taken for served.
  func mayStayFair(in node: Int) -> Bool {
    var seen: UInt64 = 0
    forEachEdge(of: node) { edge in
      if edge.target == node { seen |= edge.acceptance }
      return true
    }
    return seen == automaton.acceptance
      && graph.edges(of: state(node)).allSatisfy {
        graph.weak($0) < 0 || loops(node, serving: graph.weak($0))
      }
  }

  private func loops(_ node: Int, serving weak: Int32) -> Bool {
    var found = false
    forEachEdge(of: node) { edge in
      found = edge.target == node && self.weak(edge) == weak
      return !found
    }
    return found
  }
}
