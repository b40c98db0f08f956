/// The nodes of a product that can be reached, and those of them that may lie on accepting cycles.
///
/// Complexity: linear in the product. Deterministic but for the order of `core`.
struct ReachedNodes {
  /// By node: 1 where it is reached.
  let marks: NodeNumbers
  /// Reached nodes that may lie on an accepting cycle.
  private(set) var core: [Int32] = []

  /// Requires: every state of the graph can be reached.
  init(_ product: Product, _ workforce: Workforce) {
    marks = NodeNumbers(count: product.nodeCount)
    var frontier = product.keepsFirst ? leftFirst(product, workforce) : starts(product)
    while !frontier.isEmpty {
      core += frontier.lazy.filter { product.isInCore(Int($0)) }
      let left = product.keepsFirst ? 0 : -1
      frontier = next(frontier.count, workforce) { [frontier, marks] place, found in
        product.forEachEdge(of: Int(frontier[place]), leaving: left) { edge in
          if marks.change(edge.target, from: 0, to: 1) { found.append(Int32(edge.target)) }
          return true
        }
      }
    }
  }

  private func starts(_ product: Product) -> [Int32] {
    let nodes = (0..<product.graph.initialCount).map { Int32($0 * product.width) }
    for node in nodes { marks[Int(node)] = 1 }
    return nodes
  }

  /// Where the first automaton state may always be kept, every state is met with it: what follows
  /// is where it is left.
  private mutating func leftFirst(_ product: Product, _ workforce: Workforce) -> [Int32] {
    let (width, marks) = (product.width, marks)
    if product.isInCore(0) {
      core = (0..<product.graph.stateCount).map { Int32($0 * width) }
      for node in core { marks[Int(node)] = 1 }
    }
    return next(product.graph.stateCount, workforce) { state, found in
      product.forEachEdge(of: state * width, leaving: 0) { edge in
        if marks.change(edge.target, from: 0, to: 1) { found.append(Int32(edge.target)) }
        return true
      }
    }
  }

  private func next(
    _ count: Int, _ workforce: Workforce,
    _ enter: @escaping @Sendable (_ place: Int, _ found: inout [Int32]) -> Void
  ) -> [Int32] {
    let found = PerWorker(workforce, [Int32]())
    workforce.forEachChunk(of: count) { worker, places in
      for place in places { enter(place, &found[worker]) }
    }
    return found.count == 1 ? found[0] : found.all.flatMap { $0 }
  }
}
