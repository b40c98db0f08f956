/// Strongly connected components by depth-first search on one thread.
///
/// Source: Tarjan, Depth-first search and linear graph algorithms, 1972, with a stack of its own.
/// Price: 8 bytes for each node of the product, 28 for one on the stack.
extension FairComponents {
  private struct Call {
    let node: Int
    var cursor: Product.Cursor
    /// An edge leads back to the node at once.
    var loops = false
  }

  /// The components of a region, single nodes that cannot be fair left out; their nodes leave the
  /// region.
  func depthFirstComponents(of nodes: [Int32], _ number: Int32) -> [[Int32]] {
    let (product, region, order, low) = (product, region, order, low)
    let losesDraws = !lostDraws.isEmpty
    var clock: Int32 = 0
    var open: [Int32] = []
    var calls: [Call] = []
    var result: [[Int32]] = []
    func enter(_ node: Int) {
      clock += 1
      order[node] = clock
      low[node] = clock
      open.append(Int32(node))
      calls.append(Call(node: node, cursor: product.cursor(at: node)))
    }
    for node in nodes { order[Int(node)] = 0 }
    for root in nodes where order[Int(root)] == 0 {
      enter(Int(root))
      while var call = calls.last {
        let target = product.nextTarget(of: call.node, &call.cursor)
        if target >= 0 {
          calls[calls.count - 1].cursor = call.cursor
          if target == call.node { calls[calls.count - 1].loops = true }
          if region[target] != number { continue }
          if losesDraws, !allows(call.node, call.cursor) { continue }
          if order[target] == 0 {
            enter(target)
          } else if order[target] < low[call.node] {
            low[call.node] = order[target]
          }
          continue
        }
        calls.removeLast()
        if let caller = calls.last { low[caller.node] = min(low[caller.node], low[call.node]) }
        if low[call.node] == order[call.node], let component = leave(call, &open) {
          result.append(component)
        }
      }
    }
    return result
  }

  /// Takes a component off the stack and out of its region.
  private func leave(_ call: Call, _ open: inout [Int32]) -> [Int32]? {
    let root = call.node
    if Int(open[open.count - 1]) == root {
      open.removeLast()
      region[root] = 0
      return call.loops && mayBeFair(root) ? [Int32(root)] : nil
    }
    var first = open.count - 1
    while Int(open[first]) != root { first -= 1 }
    let members = Array(open[first...])
    open.removeSubrange(first...)
    for member in members { region[Int(member)] = 0 }
    return members
  }

  /// Whether an edge leads from a node to itself.
  func hasLoop(_ node: Int) -> Bool {
    var found = false
    product.forEachEdge(of: node) { edge in
      found = edge.target == node && isAllowed(edge)
      return !found
    }
    return found
  }

  /// Whether the edge just passed by a cursor is allowed.
  private func allows(_ node: Int, _ cursor: Product.Cursor) -> Bool {
    let rested = product.mayRest(product.state(node)) && !cursor.restsNext
    return rested
      || isAllowed(
        Product.Edge(source: node, target: 0, acceptance: 0, transition: cursor.edge - 1))
  }
}
