import Columns

/// The nodes of a core with one automaton state on which a fair accepting cycle may lie, in layers
/// that no cycle leaves.
///
/// Every cycle of a graph is a closed walk in each of its quotients, so it stays inside a component
/// of the quotient by the abstraction of the graph, a layer here. A weak constraint that is enabled
/// all over a layer and served inside nowhere excludes all of it. As a step that an agent makes
/// once, while the others go round, lies between two layers, most layers go for one of its steps.
/// What cycle there is in another layer has an edge that does not lead on in the order of memory;
/// so what such edges do not lead to inside the layer, in any number of steps, lies on none.
///
/// Complexity: two passes through the product in the order of memory; quadratic in the numbers of
/// the abstraction. Deterministic but for what lies on no cycle.
/// Source: Clarke, Grumberg, Long, Model checking and abstraction, TOPLAS 1994, for quotients.
struct Layers {
  /// What a mutant leaves out, to see that tests notice.
  enum Rule: CaseIterable {
    /// Edges from a layer to another and back make one of them.
    case components
    /// What is served inside a layer is not owed.
    case served
    /// Cycles are where edges do not lead on.
    case entered
  }

  private let product: Product
  private let workforce: Workforce
  private let omitted: Set<Rule>
  /// By node, 0 where no cycle lies: first the number of its abstraction, then its layer.
  private let marks: NodeMarks

  private enum Mark {
    /// An edge leads here from the node or one behind it, or from a node that was entered.
    static let entered: UInt8 = 0x80
    /// All edges were followed.
    static let done: UInt8 = 0x40
    static let number: UInt8 = 0x7F
    static let layer: UInt8 = 0x3F
  }

  /// As regions, each ascending; nil where there is no abstraction that says anything.
  static func regions(
    _ product: Product, among isCandidate: ReachedCore?, _ workforce: Workforce,
    omitting omitted: Set<Rule> = []
  ) throws -> [[Int32]]? {
    let abstraction = product.graph.abstraction
    guard product.automaton.transitions.count == 1, abstraction.count == product.nodeCount,
      let (numbers, count) = try numbers(abstraction, workforce)
    else { return nil }
    let marks = try NodeMarks(count: product.nodeCount)
    workforce.forEachChunk(of: marks.count) { _, nodes in
      for node in nodes where isCandidate?.contains(node) ?? true {
        marks[node] = numbers[Int(abstraction[node])]
      }
    }
    let layers = Layers(
      product: product, workforce: workforce, omitted: omitted, marks: marks)
    layers.settle(layers.quotient(count).layers(omitting: omitted))
    layers.follow()
    return layers.regions
  }

  /// By value: from 1 on those that occur; nil where there are too many, or just one.
  private static func numbers(
    _ abstraction: Column<UInt16>, _ workforce: Workforce
  ) throws -> (NodeMarks, count: Int)? {
    let numbers = try NodeMarks(count: 1 << 16)
    workforce.forEachChunk(of: abstraction.count) { _, states in
      for state in states where numbers[Int(abstraction[state])] == 0 {
        numbers[Int(abstraction[state])] = 1
      }
    }
    var count = 0
    for value in 0..<numbers.count where numbers[value] != 0 {
      count += 1
      if count > Quotient.numbersMax { return nil }
      numbers[value] = UInt8(count)
    }
    return count > 1 ? (numbers, count) : nil
  }

  // MARK: Which layers there are

  /// Enters what edges lead back to, and drops nodes from which nothing goes on.
  private func quotient(_ count: Int) -> Quotient {
    let parts = PerWorker(workforce, Quotient(count: count))
    let (nodeCount, enters) = (product.nodeCount, !omitted.contains(.entered))
    workforce.forEachChunk(of: nodeCount) { worker, places in
      let part = parts[worker]
      for place in places { look(at: nodeCount - 1 - place, part, enters: enters) }
    }
    let all = parts.all
    for part in all.dropFirst() { all[0].add(part) }
    return all[0]
  }

  @inline(__always)
  private func look(at node: Int, _ quotient: Quotient, enters: Bool) {
    let own = marks[node] & Mark.number
    if own == 0 { return }
    var (leadsOn, loops, enabled) = (false, false, 0 as UInt64)
    product.forEachTarget(of: node) { target, weak, _ in
      enabled |= weak
      let mark = marks[target]
      if mark == 0 { return true }
      quotient.note(weak, from: own, to: mark & Mark.number)
      if target == node { loops = true } else { leadsOn = true }
      if enters, target <= node, mark & Mark.entered == 0 {
        // Another worker may have dropped the target, which does no harm.
        marks[target] = mark | Mark.entered
      }
      return true
    }
    if leadsOn || loops && product.mayStayFair(in: node) {
      quotient.note(enabled: enabled, in: own)
    } else {
      marks[node] = 0
    }
  }

  /// `layers`: by number, 0 for what goes.
  private func settle(_ layers: [UInt8]) {
    workforce.forEachChunk(of: marks.count) { _, nodes in
      for node in nodes {
        let mark = marks[node]
        if mark == 0 { continue }
        let layer = layers[Int(mark & Mark.number)]
        marks[node] = layer == 0 ? 0 : layer | mark & Mark.entered
      }
    }
  }

  // MARK: What lies on cycles

  /// Enters what is reached from what was entered, inside its layer: in one round, as only edges
  /// that lead on are left, but for workers that come past a node before it is entered.
  private func follow() {
    let isShared = workforce.count > 1
    while true {
      let misses = PerWorker(workforce, false)
      workforce.forEachChunk(of: marks.count) { worker, nodes in
        var missed = false
        for node in nodes where marks[node] & (Mark.entered | Mark.done) == Mark.entered {
          let own = marks[node] & Mark.layer
          marks[node] = own | Mark.entered | Mark.done
          product.forEachTarget(of: node) { target, _, _ in
            if marks[target] == own {
              marks[target] = own | Mark.entered
              if isShared || target <= node { missed = true }
            }
            return true
          }
        }
        if missed { misses[worker] = true }
      }
      if !misses.all.contains(true) { return }
    }
  }

  private var regions: [[Int32]] {
    let marks = marks
    let entered: [Int32] = workforce.gather(marks.count) { nodes, found in
      for node in nodes where marks[node] & Mark.entered != 0 {
        found.append(Int32(truncatingIfNeeded: node))
      }
    }
    var regions = Array(repeating: [Int32](), count: Int(Mark.layer) + 1)
    for node in entered { regions[Int(marks[Int(node)] & Mark.layer)].append(node) }
    return regions.filter { !$0.isEmpty }
  }
}
