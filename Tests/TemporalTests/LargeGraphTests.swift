import Columns
import Foundation
import Testing
import TransitionSystem

@testable import Temporal

extension Workforce {
  /// Threads of the system's own.
  static func threads(
    _ count: Int, regionMin: Int? = nil, roundsMin: Int = 16
  ) -> Workforce {
    Workforce(count: count, regionMin: regionMin, roundsMin: roundsMin) { task in
      DispatchQueue.concurrentPerform(iterations: count) { task($0) }
    }
  }
}

/// Graphs that are worth several workers.
@Suite struct LargeGraphTests {
  /// Random edges in clusters of random size that lead forward only, so that components of many
  /// sizes exist; every seventh state has the first atom, and few the second.
  static func clusters(_ states: Int, seed: UInt64) -> FairGraph {
    var generator = seed
    func next(_ bound: Int) -> Int {
      generator = generator &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(generator >> 33) % bound
    }
    var graph = FairGraph()
    graph.labels = [
      FairGraph.Label(), FairGraph.Label(weak: 0), FairGraph.Label(weak: 1),
      FairGraph.Label(isDelivery: true),
    ]
    var (firstEdge, targets, kinds) = ([UInt32(0)], [Int32](), [UInt16]())
    var (start, end) = (0, 0)
    for state in 0..<states {
      if state == end {
        start = end
        end = min(states, start + [1, 3, 200, states / 4][next(4)])
      }
      for _ in 0..<2 + next(3) {
        let isForward = next(20) == 0 && end < states
        let target = isForward ? end + next(states - end) : start + next(end - start)
        targets.append(Int32(target))
        kinds.append(UInt16(next(4)))
      }
      // Every cluster is reached.
      targets.append(Int32(min(states - 1, state + 1)))
      kinds.append(0)
      firstEdge.append(UInt32(targets.count))
    }
    graph.edgeRanges = RangeColumn(bounds: firstEdge)
    graph.targets = Column(targets)
    graph.kinds = Column(kinds)
    graph.deliveries = Column(kinds.map { $0 == 3 ? 0 : -1 })
    graph.valuations = Valuations(
      (0..<states).map { ($0 % 7 == 0 ? 1 : 0) | ($0 % 101 == 0 ? 2 : 0) })
    graph.canRest = Column((0..<states).map { graph.mayRest(in: $0) })
    graph.initialCount = 1
    return graph
  }

  private static let formulas: [LinearFormula] = [
    .always(.eventually(.atom(0))), .eventually(.always(.not(.atom(0)))),
    .always(.implies(.atom(0), .eventually(.not(.atom(0))))),
    .always(.implies(.atom(1), .eventually(.atom(0)))), .eventually(.atom(0)),
  ]

  @Test(arguments: 1...6 as ClosedRange<UInt64>) func oneAndManyFindTheSame(_ seed: UInt64) throws {
    let graph = Self.clusters(100_000, seed: seed)
    for formula in Self.formulas {
      let alone = try parts(formula, graph, .alone)
      #expect(try alone == parts(formula, graph, .threads(2)))
      #expect(try alone == parts(formula, graph, .threads(4, regionMin: 1000)))
      // A depth-first search alone, and lists as soon as may be.
      #expect(try alone == parts(formula, graph, .threads(1, regionMin: .max)))
      #expect(try alone == parts(formula, graph, .threads(2, regionMin: 1000, roundsMin: 0)))
      // Clusters follow each other, so that few layers have several.
      var layered = graph
      layered.abstraction = Column((0..<graph.stateCount).map { UInt16($0 >> 10) })
      #expect(try alone == parts(formula, layered, .alone))
      #expect(try alone == parts(formula, layered, .threads(3, regionMin: 1000)))
      #expect("\(check(formula, on: graph))" == "\(check(formula, on: graph, .threads(3)))")
    }
  }

  /// The fair parts of the product, as sets of sets of nodes.
  private func parts(
    _ formula: LinearFormula, _ graph: FairGraph, _ workforce: Workforce
  ) throws -> Set<[Int]> {
    guard let automaton = BuchiAutomaton(Goal(formula, isTrue: false)) else { return [] }
    let whole = Product(graph: graph, automaton: automaton)
    let core = CoreProduct(of: whole)
    let product = core.product
    let reached = ReachedCore(core, workforce)
    let search = try FairComponents(
      product, regions: try core.regions(reached, workforce), closesDraws: false, workforce,
      isReached: reached.isReached)
    var parts: [Int32: [Int]] = [:]
    for node in 0..<product.nodeCount {
      if let part = search.part(of: node) { parts[part, default: []].append(node) }
    }
    return Set(parts.values)
  }
}

/// Numbers for nodes.
@Suite struct NodeValuesTests {
  @Test func refusesWhatThereIsNoMemoryFor() {
    #expect(throws: MemoryRefused.self) { try NodeMarks(count: 1 << 60) }
    #expect(throws: MemoryRefused.self) { try NodeNumbers(count: 1 << 61) }
  }

  @Test func changesWhatIsExpected() throws {
    let numbers = try NodeNumbers(count: 3)
    #expect(!numbers.change(1, from: 7, to: 8))
    #expect(numbers.change(1, from: 0, to: -8) && !numbers.change(1, from: 0, to: 1))
    #expect(numbers.change(1, from: -8, to: 1 << 30, isShared: false))
    #expect(numbers.add(-1, at: 1) == 1 << 30)
    #expect((0..<3).map { numbers[$0] } == [0, 1 << 30 - 1, 0])
  }
}
