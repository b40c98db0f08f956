/// The nodes of a product that can be reached.
///
/// States are numbered breadth first, so most edges lead on: a round through the states in the
/// order of memory enters most nodes, and rounds are repeated for those that it came past already.
///
/// Complexity: linear in the product, and a look at each node for each round. Deterministic.
struct ReachedNodes {
  /// By node: 0 where it is not reached.
  let marks: NodeMarks

  private static let entered: UInt8 = 1
  /// All edges were followed.
  private static let done: UInt8 = 2

  /// Requires: every state of the graph can be reached.
  init(_ product: Product, _ workforce: Workforce) throws {
    marks = try NodeMarks(count: product.nodeCount)
    if !product.keepsFirst {
      for state in 0..<product.graph.initialCount {
        marks[state * product.width] = ReachedNodes.entered
      }
    }
    let (marks, isShared) = (marks, workforce.count > 1)
    var isFirst = true
    while true {
      let misses = PerWorker(workforce, false)
      let leavesFirst = isFirst && product.keepsFirst
      workforce.forEachChunk(of: product.graph.stateCount) { worker, states in
        let round = Round(
          product: product, marks: marks, leavesFirst: leavesFirst, isShared: isShared)
        var missed = false
        for state in states { round.visit(state, &missed) }
        if missed { misses[worker] = true }
      }
      if !misses.all.contains(true) { return }
      isFirst = false
    }
  }

  private struct Round {
    let product: Product
    let marks: NodeMarks
    /// Where the first automaton state may always be kept, every state is met with it: what has to
    /// be followed is where it is left, once.
    let leavesFirst: Bool
    let isShared: Bool

    /// Follows the edges of the nodes of a state that were entered; `missed` where a node was
    /// entered that this round may not come to.
    @inline(__always)
    func visit(_ state: Int, _ missed: inout Bool) {
      let first = state * product.width
      if leavesFirst {
        marks[first] = ReachedNodes.done
        follow(first, leaving: 0, &missed)
      }
      for node in first..<first + product.width where marks[node] == ReachedNodes.entered {
        marks[node] = ReachedNodes.done
        follow(node, leaving: product.keepsFirst ? 0 : -1, &missed)
      }
    }

    @inline(__always)
    private func follow(_ node: Int, leaving left: Int, _ missed: inout Bool) {
      product.forEachEdge(of: node, leaving: left) { edge in
        if marks[edge.target] == 0 {
          // Another worker may be through with the target, and does it twice then.
          marks[edge.target] = ReachedNodes.entered
          if edge.target <= node || isShared { missed = true }
        }
        return true
      }
    }
  }
}
