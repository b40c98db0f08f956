import Columns

/// Strongly connected components by depth-first search on one thread.
///
/// A node that was entered carries in its region the number of its entry, so that one read of
/// memory at random decides about an edge; what is known of the way back is on the stack of calls.
///
/// Source: Tarjan, Depth-first search and linear graph algorithms, 1972, with a stack of its own;
/// Pearce, A space-efficient algorithm for finding strongly connected components, 2016.
/// Price: nothing for a node, 36 bytes for one on the stack.
extension FairComponents {
  /// Regions have numbers below this; nodes on the stack have numbers from here on.
  static let nodesMax = 1 << 30

  private struct Call {
    let node: Int32
    /// Number of its entry, and the least one that it is known to reach.
    let index: Int32
    var low: Int32
    var cursor: Product.Cursor
    /// An edge leads back to the node at once.
    var loops = false
  }

  /// The components of a region, single nodes that cannot be fair left out; their nodes leave the
  /// region.
  func depthFirstComponents(of nodes: [Int32], _ number: Int32) -> [[Int32]] {
    let (product, region) = (product, region)
    let losesDraws = !lostDraws.isEmpty
    var clock = Int32(FairComponents.nodesMax)
    var open: [Int32] = []
    var calls: [Call] = []
    var result: [[Int32]] = []
    func enter(_ node: Int) {
      region[node] = clock
      open.append(Int32(truncatingIfNeeded: node))
      calls.append(
        Call(
          node: Int32(truncatingIfNeeded: node), index: clock, low: clock,
          cursor: product.cursor(at: node)))
      clock &+= 1
    }
    for root in nodes where region[Int(root)] == number {
      enter(Int(root))
      while var call = calls.popLast() {
        let node = Int(call.node)
        var child = -1
        while true {
          let target = product.nextTarget(of: node, &call.cursor)
          if target < 0 { break }
          if target == node { call.loops = true }
          let mark = region[target]
          // Of another region, of none, or of a part that was found.
          if mark != number, mark < Int32(FairComponents.nodesMax) { continue }
          if losesDraws, !allows(node, call.cursor) { continue }
          if mark == number {
            child = target
            break
          }
          if mark < call.low { call.low = mark }
        }
        if child >= 0 {
          calls.append(call)
          enter(child)
          continue
        }
        if let last = calls.indices.last, call.low < calls[last].low { calls[last].low = call.low }
        if call.low == call.index, let component = leave(call, &open) {
          result.append(component)
        }
      }
    }
    return result
  }

  /// Takes a component off the stack and out of its region.
  private func leave(_ call: Call, _ open: inout [Int32]) -> [Int32]? {
    let root = call.node
    if open[open.count - 1] == root {
      open.removeLast()
      region[Int(root)] = 0
      return call.loops && mayBeFair(Int(root)) ? [root] : nil
    }
    var first = open.count - 1
    while open[first] != root { first -= 1 }
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
