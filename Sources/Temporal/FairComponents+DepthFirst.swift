import Columns

extension FairComponents {
  /// Regions have numbers below this; nodes on the stack have numbers from here on.
  static let nodesMax = 1 << 30

  /// The components of a region, without most of those that cannot be fair; their nodes leave the
  /// region.
  func depthFirstComponents(of nodes: [Int32], _ number: Int32) -> [[Int32]] {
    depthFirstComponents(
      of: nodes, number, entries: Int32(FairComponents.nodesMax)..<Int32.max, served)
  }

  /// The same where others are at work in other regions, with other numbers of entries.
  ///
  /// `served`: nobody else's. Threads: several, for a region each.
  private func depthFirstComponents(
    of nodes: [Int32], _ number: Int32, entries: Range<Int32>, _ served: ServedConstraints
  ) -> [[Int32]] {
    var search = ComponentSearch(self, number: number, entries: entries, served)
    for root in nodes where region[Int(root)] == number { search.search(from: Int(root)) }
    return search.found
  }

  /// The components of regions that no cycle leaves: those in which no giant is looked for are
  /// searched by several workers, one each, the largest first.
  mutating func components(ofEach regions: [[Int32]]) throws -> [[Int32]] {
    let isShared = workforce.count > 1 && regions.count > 1
    var found: [[Int32]] = []
    var shared: [(nodes: [Int32], number: Int32, entries: Range<Int32>)] = []
    var entry = Int32(FairComponents.nodesMax)
    for nodes in regions.sorted(by: { $0.count > $1.count }) {
      if !isShared || mayHaveGiant(nodes.count) {
        found += try components(of: nodes)
        continue
      }
      // Safety: all regions together have fewer nodes than there are numbers from here on.
      let next = entry + Int32(nodes.count)
      shared.append((nodes, enter(nodes), entry..<next))
      entry = next
    }
    if shared.isEmpty { return found }
    let (components, all) = (self, shared)
    let served = PerWorker(workforce, self.served.another())
    let parts = PerWorker(workforce, [(item: Int, found: [[Int32]])]())
    workforce.forEachItem(of: all.count) { worker, item in
      let (nodes, number, entries) = all[item]
      let own = components.depthFirstComponents(
        of: nodes, number, entries: entries, served[worker])
      parts[worker].append((item, own))
    }
    return found + parts.all.joined().sorted { $0.item < $1.item }.flatMap(\.found)
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

  /// Whether a component whose nodes, and no others, have such marks may be accepting and fair: a
  /// first guess, in one pass, that goes by the first 64 weak constraints.
  func mayBeFair(_ component: ArraySlice<Int32>, _ marks: Range<Int32>) -> Bool {
    if losesDraws || !omitted.isEmpty { return true }
    let (product, region) = (product, region)
    var (acceptance, served, owed) = (0 as UInt64, 0 as UInt64, ~0 as UInt64)
    for node in component {
      var enabled: UInt64 = 0
      product.forEachTarget(of: Int(node)) { target, weak, sets in
        enabled |= weak
        if marks.contains(region[target]) {
          acceptance |= sets
          served |= weak
        }
        return true
      }
      owed &= enabled
    }
    return acceptance == product.automaton.acceptance && owed & ~served == 0
  }
}

/// Strongly connected components by depth-first search on one thread.
///
/// A node that was entered carries in its region the number of its entry, so that one read of
/// memory at random decides about an edge. All edges of a node are looked at when it is entered,
/// and those to nodes that were not met are kept for later: so the reads overlap, and the search
/// never comes back to a row of edges that has left the caches. On one component of two million
/// nodes searches ahead and behind on one thread are faster, 0.5 s against 0.7; where most nodes
/// lie on no cycle they are half a second of work for nothing.
///
/// Source: Tarjan, Depth-first search and linear graph algorithms, 1972, with stacks of its own;
/// Pearce, A space-efficient algorithm for finding strongly connected components, 2016.
/// Price: nothing for a node, 24 bytes for one on the stack, 4 bytes for an edge that waits.
private struct ComponentSearch {
  let components: FairComponents
  private let region: NodeNumbers
  /// Of the region.
  let number: Int32
  private(set) var found: [[Int32]] = []
  /// Numbers of entries: those of others lie outside.
  private let entries: Range<Int32>
  private var clock: Int32
  private let served: ServedConstraints
  /// Nodes that were entered and whose components are not complete.
  private var open: [Int32] = []
  /// Targets of edges that wait.
  private var pending: [Int32] = []
  private var calls: [Call] = []
  private let isPlain: Bool

  private struct Call {
    let node: Int32
    /// Number of its entry, and the least one that it is known to reach.
    let index: Int32
    var low: Int32
    /// An edge leads back to the node at once.
    let loops: Bool
    /// Where its waiting edges begin.
    let firstPending: Int
  }

  init(
    _ components: FairComponents, number: Int32, entries: Range<Int32>, _ served: ServedConstraints
  ) {
    self.components = components
    region = components.region
    self.number = number
    self.entries = entries
    self.served = served
    clock = entries.lowerBound
    isPlain = components.product.isPlain && !components.losesDraws
  }

  mutating func search(from root: Int) {
    enter(root)
    while var call = calls.popLast() {
      var child = -1
      while pending.count > call.firstPending {
        let target = Int(pending.removeLast())
        let mark = region[target]
        if mark == number {
          child = target
          break
        }
        if mark >= entries.lowerBound, mark < call.low { call.low = mark }
      }
      if child >= 0 {
        calls.append(call)
        enter(child)
        continue
      }
      if let last = calls.indices.last, call.low < calls[last].low { calls[last].low = call.low }
      if call.low == call.index { leave(call) }
    }
  }

  @inline(__always)
  private mutating func enter(_ node: Int) {
    let (product, index) = (components.product, clock)
    clock &+= 1
    region[node] = index
    open.append(Int32(truncatingIfNeeded: node))
    let firstPending = pending.count
    var (low, loops) = (index, false)
    func look(at target: Int) {
      let mark = region[target]
      if mark == number {
        pending.append(Int32(truncatingIfNeeded: target))
        product.prefetchRange(of: target)
      } else if entries.contains(mark) {
        if target == node { loops = true } else if mark < low { low = mark }
      }
    }
    if isPlain {
      // The first edge is to be followed first: it mostly leads to what lies near in memory.
      for edge in product.graph.edges(of: node).reversed() {
        look(at: Int(product.graph.targets[edge]))
      }
      loops = loops || product.mayRest(node)
    } else {
      product.forEachEdge(of: node) { edge in
        if components.isAllowed(edge) { look(at: edge.target) }
        return true
      }
    }
    for place in firstPending..<pending.count { product.prefetchEdges(of: Int(pending[place])) }
    calls.append(
      Call(
        node: Int32(truncatingIfNeeded: node), index: index, low: low, loops: loops,
        firstPending: firstPending))
  }

  /// Takes a component off the stack and out of its region.
  private mutating func leave(_ call: Call) {
    if open[open.count - 1] == call.node {
      open.removeLast()
      region[Int(call.node)] = 0
      if call.loops, components.mayBeFair(Int(call.node), served) { found.append([call.node]) }
      return
    }
    var first = open.count - 1
    while open[first] != call.node { first -= 1 }
    if components.mayBeFair(open[first...], call.index..<entries.upperBound) {
      found.append(Array(open[first...]))
    }
    for member in open[first...] { region[Int(member)] = 0 }
    open.removeSubrange(first...)
  }
}
