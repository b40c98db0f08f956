/// The component of one node of a region, and what is left of the region in two parts.
///
/// Rounds through the nodes in the order of memory instead of searches from node to node. States
/// are numbered level by level, so most edges lead on: a round from the last node to the first, in
/// which a node looks whether something ahead of it is marked, finds nearly all that reaches the
/// pivot, and rounds from the first to the last mark what the pivot reaches of that: its component,
/// of which all lies on ways back. So no edges backwards are needed, nothing is queued, and workers
/// write bytes of memory that they read, mostly, in its order. Rounds that settle little give way
/// to searches by lists.
///
/// Marks only ever advance along `apart`, `behind`, `entered` and `done` but for one race, after
/// which a node is done twice; so the parts do not depend on who marks first.
/// Threads: relaxed marks; the barriers between rounds order everything else.
/// Complexity: linear in the region for each round; rounds end when one settles less than an
/// eighth, and lists are linear.
/// Tried without gain: searches level by level both ways, over a table of predecessors, which took
/// two and a half times as long and no less with two workers: each marked what the other had in its
/// cache.
struct PivotComponent {
  private(set) var component: [Int32] = []
  /// What only leads to it.
  private(set) var behind: [Int32] = []
  /// What does not.
  private(set) var apart: [Int32] = []

  private enum Mark {
    /// Of the region, and not known to reach the pivot. 0 is outside.
    static let apart: UInt8 = 1
    static let behind: UInt8 = 2
    /// Reached from the pivot, too.
    static let entered: UInt8 = 3
    /// All edges were followed.
    static let done: UInt8 = 4
  }

  /// `marks` are all 0, before and after. Where few nodes reach the pivot, so that its component is
  /// small, it is not looked for.
  init(
    _ product: Product, _ nodes: [Int32], pivot: Int, marks: NodeMarks, _ workforce: Workforce,
    _ predecessors: inout Predecessors?
  ) throws {
    let rounds = Rounds(product: product, nodes: nodes, marks: marks, workforce: workforce)
    rounds.markAll(Mark.apart)
    marks[pivot] = Mark.behind
    let left = try rounds.markBehind(&predecessors)
    if (nodes.count - left) * PivotComponent.smallest >= nodes.count {
      marks[pivot] = Mark.entered
      rounds.markReached()
      component = rounds.nodes(Mark.done)
    }
    if component.count + left < nodes.count { behind = rounds.nodes(Mark.behind) }
    if left > 0 { apart = rounds.nodes(Mark.apart) }
    rounds.markAll(0)
  }

  /// Components of a smaller part of a region than one of so many are small.
  static let smallest = 16

  private struct Rounds: Sendable {
    let product: Product
    /// Of the region.
    let nodes: [Int32]
    let marks: NodeMarks
    let workforce: Workforce

    func markAll(_ mark: UInt8) {
      workforce.forEachChunk(of: nodes.count) { [nodes, marks] _, places in
        for place in places { marks[Int(nodes[place])] = mark }
      }
    }

    /// The nodes that have a mark, in their order.
    func nodes(_ mark: UInt8) -> [Int32] {
      workforce.gather(nodes.count) { [nodes, marks] places, found in
        for place in places where marks[Int(nodes[place])] == mark { found.append(nodes[place]) }
      }
    }

    // MARK: Behind

    /// Marks what reaches a node that is marked; how many do not.
    func markBehind(_ predecessors: inout Predecessors?) throws -> Int {
      var (left, rounds) = (nodes.count - 1, 0)
      while left > 0 {
        let before = left
        left = roundBack()
        if left == before { return left }
        rounds += 1
        if rounds >= workforce.roundsMin, (before - left) * 8 < before {
          try spreadBack(&predecessors)
          return roundBack()
        }
      }
      return 0
    }

    /// How many nodes reach no node that is marked in one step.
    private func roundBack() -> Int {
      let sums = PerWorker(workforce, 0)
      workforce.forEachChunkInOrder(of: nodes.count) { [nodes, marks, product] worker, places in
        var left = 0
        for place in places {
          let node = Int(nodes[nodes.count - 1 - place])
          if marks[node] != Mark.apart { continue }
          var leadsOn = false
          product.forEachTarget(of: node) { target, _, _ in
            leadsOn = marks[target] >= Mark.behind
            return !leadsOn
          }
          if leadsOn { marks[node] = Mark.behind } else { left += 1 }
        }
        sums[worker] += left
      }
      return sums.all.reduce(0, +)
    }

    private func spreadBack(_ known: inout Predecessors?) throws {
      let predecessors = try known ?? Predecessors(product, workforce)
      known = predecessors
      workforce.close(nodes(Mark.behind)) { [marks] node, found in
        predecessors.forEachSource(of: node) { source in
          if marks.change(source, from: Mark.apart, to: Mark.behind) {
            found.append(Int32(truncatingIfNeeded: source))
          }
        }
      }
    }

    // MARK: Reached

    /// Marks as done what is reached, through nodes behind, from those that were entered.
    func markReached() {
      var rounds = 0
      while true {
        let (settled, missed) = roundForward()
        if !missed { return }
        rounds += 1
        if rounds >= workforce.roundsMin, settled * 64 < nodes.count { break }
      }
      workforce.close(nodes(Mark.entered)) { [marks, product] node, found in
        marks[node] = Mark.done
        product.forEachEdge(of: node) { edge in
          if marks.change(edge.target, from: Mark.behind, to: Mark.entered) {
            found.append(Int32(truncatingIfNeeded: edge.target))
          }
          return true
        }
      }
    }

    private struct Progress {
      var settled = 0
      /// A node was entered, which the round may have passed.
      var missed = false
    }

    private func roundForward() -> (settled: Int, missed: Bool) {
      let parts = PerWorker(workforce, Progress())
      workforce.forEachChunkInOrder(of: nodes.count) { [nodes, marks, product] worker, places in
        var progress = Progress()
        for place in places {
          let node = Int(nodes[place])
          if marks[node] != Mark.entered { continue }
          marks[node] = Mark.done
          progress.settled += 1
          product.forEachTarget(of: node) { target, _, _ in
            if marks[target] == Mark.behind {
              marks[target] = Mark.entered
              progress.missed = true
            }
            return true
          }
        }
        parts[worker].settled += progress.settled
        if progress.missed { parts[worker].missed = true }
      }
      return parts.all.reduce(into: (0, false)) { whole, part in
        whole.0 += part.settled
        if part.missed { whole.1 = true }
      }
    }
  }
}
