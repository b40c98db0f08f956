/// Giant components first: what reaches a node and is reached from it is its component, and what is
/// left of a region falls into two parts.
///
/// `PivotComponent` says how, and how workers share that. It pays for one, too: a depth-first
/// search of a component of a million nodes comes back to each when it has long left the caches.
/// Where a node turns out to lie in no large component, one more is tried, and then the rest is
/// left to a depth-first search. The components are the same for any pivots.
///
/// Source: Fleischer, Hendrickson, Pinar, On identifying strongly connected components in parallel,
/// 2000; Slota, Rajamanickam, Madduri, BFS and coloring-based parallel algorithms for strongly
/// connected components, IPDPS 2014, for leaving the rest to a sequential search. Tried without
/// gain: trimming what has no predecessors, which a depth-first search does on its way.
extension FairComponents {
  /// Pivots in a row whose component is small before the rest is left to a depth-first search.
  private static let failuresMax = 2

  /// A giant is looked for in regions of at least one of so many nodes of the product. What layers
  /// leave of it has many small components, and a table of predecessors is one of all nodes.
  private static let shareMin = 4

  mutating func components(of nodes: [Int32], _ number: Int32) throws -> [[Int32]] {
    var result: [[Int32]] = []
    var open = [(nodes: nodes, number: number, failures: 0)]
    while let (nodes, number, failures) = open.popLast() {
      if !mayHaveGiant(nodes.count) || failures >= FairComponents.failuresMax {
        result += depthFirstComponents(of: nodes, number)
        continue
      }
      let found = try PivotComponent(
        product, nodes, pivot: Int(nodes[place(in: nodes.count, failures)]), marks: marks,
        workforce, &predecessors)
      leave(found.component)
      if found.component.count > 1 || found.component.contains(where: { hasLasting(Int($0)) }) {
        result.append(found.component)
      }
      let isSmall = found.component.count * PivotComponent.smallest < nodes.count
      for part in [found.behind, found.apart] where !part.isEmpty {
        open.append((part, enter(part), isSmall ? failures + 1 : 0))
      }
    }
    return result
  }

  func mayHaveGiant(_ nodeCount: Int) -> Bool {
    nodeCount >= workforce.regionMin
      && nodeCount * FairComponents.shareMin >= product.nodeCount
  }

  /// Which node is the pivot: the last one, for what lies deepest leads back to much that came
  /// before, if anything does; then one that depends on nothing but the count.
  private func place(in count: Int, _ failures: Int) -> Int {
    if failures == 0 { return count - 1 }
    return Int((UInt64(count) &* 0x9E37_79B9_7F4A_7C15) >> 33) % count
  }

  private func leave(_ component: [Int32]) {
    workforce.forEachChunk(of: component.count) { [region] _, places in
      for place in places { region[Int(component[place])] = 0 }
    }
  }

  /// Whether an execution may stay in a node, by its edges to itself.
  private func hasLasting(_ node: Int) -> Bool { hasLoop(node) && mayBeFair(node, served) }
}
