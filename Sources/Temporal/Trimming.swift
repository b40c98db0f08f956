/// The nodes of a core on which an accepting cycle may lie, without most of those that have only
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
  /// Loops count as ways on.
  private let keepsLoops: Bool
  /// An outcome of a draw counts only if all of them lead on.
  private let closesDraws: Bool

  /// As nodes of the core, ascending.
  ///
  /// `keepsLoops`: where not all of fairness counts, for tests.
  static func nodes(
    _ core: CoreProduct, among isCandidate: ReachedCore?, _ workforce: Workforce, keepsLoops: Bool
  ) throws -> [Int32] {
    let product = core.product
    let marks = try NodeMarks(count: product.nodeCount)
    let width = core.states.count
    workforce.forEachChunk(of: product.nodeCount) { _, nodes in
      for node in nodes
      where product.automatonState(node) < width && isCandidate?.contains(node) ?? true {
        marks[node] = 1
      }
    }
    let trimming = Trimming(
      product: product, marks: marks, keepsLoops: keepsLoops, closesDraws: false)
    return trimming.nodes(count: trimming.rounds(workforce))
  }

  /// What is left of regions where outcomes of draws are owed.
  ///
  /// Where a coin is flipped on every cycle, it mostly leads out of what is asked about: then
  /// little is left, or nothing.
  static func closingDraws(
    _ regions: [[Int32]], of product: Product, _ workforce: Workforce, keepsLoops: Bool
  ) throws -> [[Int32]] {
    let marks = try NodeMarks(count: product.nodeCount)
    for nodes in regions {
      workforce.forEachChunk(of: nodes.count) { _, places in
        for place in places { marks[Int(nodes[place])] = 1 }
      }
    }
    let trimming = Trimming(
      product: product, marks: marks, keepsLoops: keepsLoops, closesDraws: true)
    if trimming.rounds(workforce) == 0 { return [] }
    return regions.map { $0.filter { marks[Int($0)] != 0 } }.filter { !$0.isEmpty }
  }

  /// How many nodes are left by rounds that are worth their time.
  private func rounds(_ workforce: Workforce) -> Int {
    var (kept, before) = (round(workforce), Int.max)
    while kept > 0, kept < before / 8 * 7 { (kept, before) = (round(workforce), kept) }
    return kept
  }

  /// How many nodes are left.
  private func round(_ workforce: Workforce) -> Int {
    let count = product.nodeCount
    let sums = PerWorker(workforce, 0)
    workforce.forEachChunkInOrder(of: count) { worker, places in
      var sum = 0
      for place in places {
        let node = count - 1 - place
        if marks[node] == 0 { continue }
        if goesOn(node) { sum += 1 } else { marks[node] = 0 }
      }
      sums[worker] += sum
    }
    return sums.all.reduce(0, +)
  }

  @inline(__always)
  private func goesOn(_ node: Int) -> Bool {
    var (leadsOn, loops) = (false, false)
    func meet(_ target: Int) { if target == node { loops = true } else { leadsOn = true } }
    if closesDraws {
      product.forEachEdge(of: node) { edge in
        if marks[edge.target] != 0, !isLeft(by: edge.transition, at: node) { meet(edge.target) }
        return !leadsOn
      }
    } else {
      product.forEachTarget(of: node) { target, _, _ in
        if marks[target] != 0 { meet(target) }
        return !leadsOn
      }
    }
    return leadsOn || loops && (keepsLoops || product.mayStayFair(in: node))
  }

  /// Whether a transition is an outcome of a draw of which another one leads to no node left.
  ///
  /// Not inlined, for most rounds are without draws.
  @inline(never)
  private func isLeft(by transition: Int, at node: Int) -> Bool {
    if transition < 0 { return false }
    let draw = product.graph.draw(transition)
    return draw >= 0 && !product.isClosed(draw, at: node) { marks[$0] != 0 }
  }

  private func nodes(count: Int) -> [Int32] {
    var nodes: [Int32] = []
    nodes.reserveCapacity(count)
    if count == 0 { return nodes }
    for node in 0..<marks.count where marks[node] != 0 {
      nodes.append(Int32(truncatingIfNeeded: node))
    }
    return nodes
  }
}

extension Product {
  /// Whether an execution that stays in one node for ever, by its edges to itself, may be accepting
  /// and fair: a first guess, by the first 64 weak constraints. Draws, and deliveries that are not
  /// told apart, are taken for served.
  func mayStayFair(in node: Int) -> Bool {
    var (seen, enabled, served) = (0 as UInt64, 0 as UInt64, 0 as UInt64)
    forEachTarget(of: node) { target, weak, acceptance in
      enabled |= weak
      if target == node {
        seen |= acceptance
        served |= weak
      }
      return true
    }
    return seen == automaton.acceptance && enabled & ~served == 0
  }
}
