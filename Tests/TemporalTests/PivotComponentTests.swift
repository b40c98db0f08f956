import Columns
import Testing
import TransitionSystem

@testable import Temporal

/// The component of a node against what brute force finds: pairs of nodes that reach each other.
@Suite struct PivotComponentTests {
  private struct Generator {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  private func graph(_ edges: [[Int]]) -> FairGraph {
    var graph = FairGraph()
    let all = edges.flatMap { $0 }
    graph.edgeRanges = RangeColumn(
      bounds: edges.reduce(into: [UInt32(0)]) { $0.append($0[$0.count - 1] + UInt32($1.count)) })
    graph.targets = Column(all.map { Int32($0) })
    graph.kinds = Column(all.map { _ in UInt16(0) })
    graph.labels = [FairGraph.Label()]
    graph.valuations = Valuations(edges.map { _ in 0 })
    graph.canRest = Column(edges.map { _ in false })
    graph.initialCount = 1
    return graph
  }

  /// By node: the nodes of a region that it reaches inside, itself included.
  private func reach(_ edges: [[Int]], _ region: Set<Int>) -> [Set<Int>] {
    edges.indices.map { start in
      var found: Set<Int> = region.contains(start) ? [start] : []
      var open = Array(found)
      while let node = open.popLast() {
        for target in edges[node] where region.contains(target) {
          if found.insert(target).inserted { open.append(target) }
        }
      }
      return found
    }
  }

  private struct Parts {
    var component: [Int]
    var behind: [Int]
    var apart: [Int]
    /// All marks are as they were.
    var isClean: Bool
  }

  /// In the second state of an automaton that accepts everything and stays there.
  private func parts(
    _ edges: [[Int]], _ nodes: [Int], pivot: Int, _ workforce: Workforce
  ) throws -> Parts {
    let automaton = try #require(BuchiAutomaton(Goal(.constant(true))))
    let product = Product(graph: graph(edges), automaton: automaton)
    #expect(product.width == 2)
    let marks = try NodeMarks(count: product.nodeCount)
    var predecessors: Predecessors?
    let found = try PivotComponent(
      product, nodes.map { Int32(2 * $0 + 1) }, pivot: 2 * pivot + 1, marks: marks, workforce,
      &predecessors)
    return Parts(
      component: found.component.map { Int($0) / 2 }, behind: found.behind.map { Int($0) / 2 },
      apart: found.apart.map { Int($0) / 2 },
      isClean: (0..<product.nodeCount).allSatisfy { marks[$0] == 0 })
  }

  @Test(arguments: [0, 16]) func agreesWithBruteForce(_ roundsMin: Int) throws {
    var (sizes, skipped): (Set<Int>, Int) = ([], 0)
    for seed in 1...1_500 as ClosedRange<UInt64> {
      var generator = Generator(state: seed)
      let count = 1 + generator.next(40)
      let degree = 1 + generator.next(3)
      let edges = (0..<count).map { _ in
        (0..<generator.next(degree + 1)).map { _ in generator.next(count) }
      }
      let nodes = (0..<count).filter { _ in generator.next(8) > 0 }
      guard let pivot = nodes.isEmpty ? nil : nodes[generator.next(nodes.count)] else { continue }
      let reach = reach(edges, Set(nodes))
      let workforce = Workforce.threads(1 + Int(seed % 3), roundsMin: roundsMin)
      let found = try parts(edges, nodes, pivot: pivot, workforce)
      let before = nodes.filter { reach[$0].contains(pivot) }
      let own = before.filter { reach[pivot].contains($0) }
      let isSkipped = before.count * PivotComponent.smallest < nodes.count
      if isSkipped { skipped += 1 }
      #expect(found.component == (isSkipped ? [] : own), "seed \(seed)")
      #expect(
        found.behind == (isSkipped ? before : before.filter { !own.contains($0) }), "seed \(seed)")
      #expect(found.apart == nodes.filter { !before.contains($0) }, "seed \(seed)")
      #expect(found.isClean, "seed \(seed)")
      sizes.insert(own.count)
    }
    #expect(sizes.count > 20 && skipped > 0, "\(sizes.count) sizes, \(skipped) skipped")
  }

  /// Rounds against the order of the numbers settle one node each, so that lists take over.
  @Test(arguments: [1, 2, 4]) func ringsAgainstTheOrderOfMemory(_ workers: Int) throws {
    let count = 20_000
    for step in [1, count - 1, 7_919] {
      let ring = (0..<count).map { [($0 + step) % count] }
      let found = try parts(ring, Array(0..<count), pivot: count / 3, .threads(workers))
      #expect(found.component.count == count && found.isClean)
      #expect(found.behind.isEmpty && found.apart.isEmpty)
    }
  }
}
