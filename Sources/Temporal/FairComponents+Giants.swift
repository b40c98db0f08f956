/// Giant components first: what lies both ahead of a node and behind it is its component, and the
/// rest falls into three parts.
///
/// Searches ahead and behind go level by level, with as many workers as there are. That also pays
/// for one: a depth-first search of a component of a million nodes comes back to each of them when
/// it has long left the caches, and takes 2.5 times as long. Where a node turns out to lie in no
/// large component, one more is tried, and then the rest is left to a depth-first search. The
/// components are the same for any pivots.
///
/// Source: Fleischer, Hendrickson, Pinar, On identifying strongly connected components in parallel,
/// 2000; Slota, Rajamanickam, Madduri, BFS and coloring-based parallel algorithms for strongly
/// connected components, IPDPS 2014, for leaving the rest to a sequential search. Tried without
/// gain: trimming what has no predecessors, which a depth-first search does on its way.
extension FairComponents {
  /// Pivots in a row whose component is small before the rest is left to a depth-first search.
  private static let failuresMax = 2

  mutating func components(of nodes: [Int32], _ number: Int32) -> [[Int32]] {
    var result: [[Int32]] = []
    var open = [(nodes: nodes, number: number, failures: 0)]
    while let (nodes, number, failures) = open.popLast() {
      if nodes.count < workforce.regionMin || failures >= FairComponents.failuresMax {
        result += depthFirstComponents(of: nodes, number)
        continue
      }
      // A place that depends on nothing but the count: no order is better than another.
      let pivot = Int(nodes[(nodes.count &* 0x9E37_79B1 &+ failures &* 0x85EB_CA6B) % nodes.count])
      let split = split(nodes, number, pivot)
      if split.component.count > 1 || hasLoop(pivot) && mayBeFair(pivot) {
        result.append(split.component)
      }
      let isSmall = split.component.count * 16 < nodes.count
      for part in [split.ahead, split.behind, split.apart] where !part.isEmpty {
        open.append((part, enter(part), isSmall ? failures + 1 : 0))
      }
    }
    return result
  }

  private struct Split {
    var component: [Int32] = []
    var ahead: [Int32] = []
    var behind: [Int32] = []
    var apart: [Int32] = []
  }

  /// No component lies in two of the parts. The nodes of the component leave the region.
  private mutating func split(_ nodes: [Int32], _ number: Int32, _ pivot: Int) -> Split {
    // Three numbers of regions that nothing else has.
    let (ahead, behind, both) = (enter([]), enter([]), enter([]))
    let (product, region, returns) = (product, region, PerWorker(workforce, false))
    region[pivot] = both
    close([Int32(pivot)]) { worker, node, found in
      product.forEachEdge(of: node) { edge in
        if region.change(edge.target, from: number, to: ahead) {
          found.append(Int32(edge.target))
        } else if edge.target == pivot, node != pivot {
          returns[worker] = true
        }
        return true
      }
    }
    if returns.all.contains(true) {
      let predecessors = self.predecessors ?? Predecessors(product, workforce)
      self.predecessors = predecessors
      close([Int32(pivot)]) { _, node, found in
        predecessors.forEachSource(of: node) { source in
          if region.change(source, from: ahead, to: both)
            || region.change(source, from: number, to: behind)
          {
            found.append(Int32(source))
          }
        }
      }
    }
    let parts = PerWorker(workforce, Split())
    workforce.forEachChunk(of: nodes.count) { worker, places in
      for place in places {
        let node = nodes[place]
        switch region[Int(node)] {
        case both:
          parts[worker].component.append(node)
          region[Int(node)] = 0
        case ahead: parts[worker].ahead.append(node)
        case behind: parts[worker].behind.append(node)
        default: parts[worker].apart.append(node)
        }
      }
    }
    return parts.all.reduce(into: Split()) { whole, part in
      whole.component += part.component
      whole.ahead += part.ahead
      whole.behind += part.behind
      whole.apart += part.apart
    }
  }

  /// Lets the workers enter nodes until none is new, level by level.
  private func close(
    _ start: [Int32],
    _ enter: @escaping @Sendable (_ worker: Int, _ node: Int, _ found: inout [Int32]) -> Void
  ) {
    var frontier = start
    while !frontier.isEmpty {
      let (level, found) = (frontier, PerWorker(workforce, [Int32]()))
      workforce.forEachChunk(of: level.count) { worker, places in
        for place in places { enter(worker, Int(level[place]), &found[worker]) }
      }
      frontier = found.count == 1 ? found[0] : found.all.flatMap { $0 }
    }
  }
}
