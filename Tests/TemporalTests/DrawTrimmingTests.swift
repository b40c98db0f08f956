import Columns
import Testing
import TransitionSystem

@testable import Temporal

/// Draws whose outcomes are owed, against all sets of states in which a fair execution can stay.
@Suite struct DrawTrimmingTests {
  private struct Edge {
    let target: Int
    let weak: Int32
    let draw: Int32
  }

  private struct Trial {
    var graph = FairGraph()
    private var edges: [[Edge]] = []
    private var seed: UInt64

    /// Up to two steps of each state, of which most draw among up to three outcomes.
    init(seed: UInt64, statesMax: Int = 7) {
      self.seed = seed
      let count = 2 + next(statesMax - 1)
      var draws: Int32 = 0
      for state in 0..<count {
        var own: [Edge] = []
        for _ in 0..<(next(8) == 0 ? 0 : 1 + next(2)) {
          let weak = Int32(next(4)) - 1
          let isDrawn = next(3) > 0
          for _ in 0..<(isDrawn ? 1 + next(3) : 1) {
            // Mostly on, or to a state before.
            let target = next(2) == 0 ? next(count) : min(count - 1, state + 1 + next(2))
            own.append(Edge(target: target, weak: weak, draw: isDrawn ? draws : -1))
          }
          if isDrawn { draws += 1 }
        }
        // Outcomes of one draw need not follow each other.
        let turned = own.isEmpty ? 0 : next(own.count)
        edges.append(Array(own[turned...] + own[..<turned]))
      }
      fill(count)
    }

    private mutating func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }

    private mutating func fill(_ count: Int) {
      let all = edges.flatMap { $0 }
      graph.edgeRanges = RangeColumn(
        bounds: edges.reduce(into: [UInt32(0)]) { $0.append($0[$0.count - 1] + UInt32($1.count)) })
      graph.targets = Column(all.map { Int32($0.target) })
      graph.kinds = Column(all.map { UInt16($0.weak + 1) })
      graph.labels = (-1..<3).map { FairGraph.Label(weak: $0) }
      graph.draws = Column(all.map(\.draw))
      graph.valuations = Valuations(edges.map { next(6) == 0 || $0.isEmpty ? 1 : 0 })
      graph.canRest = Column((0..<count).map { graph.mayRest(in: $0) })
      graph.initialCount = count
    }

    /// All sets of states without the atom in which a fair execution can stay, going everywhere: as
    /// bits.
    var fairSets: [Int] {
      let states = edges.indices.filter { graph.valuations[$0] == 0 }
      let all = states.reduce(0) { $0 | 1 << $1 }
      return (1..<1 << edges.count).filter { $0 & ~all == 0 && isFair($0) }
    }

    private func isFair(_ set: Int) -> Bool {
      let lasting = edges.indices.map { set >> $0 & 1 == 1 ? inside(set, $0) : [] }
      let served = lasting.joined().map(\.weak)
      let members = edges.indices.filter { set >> $0 & 1 == 1 }
      return members.allSatisfy { ahead(of: $0, lasting) == set }
        && (Int32(0)..<3).allSatisfy { constraint in
          served.contains(constraint)
            || members.contains { !edges[$0].contains { $0.weak == constraint } }
        }
    }

    /// The edges of a state that an execution which stays in a set can take again and again.
    private func inside(_ set: Int, _ state: Int) -> [Edge] {
      edges[state].filter { edge in
        set >> edge.target & 1 == 1
          && (edge.draw < 0
            || edges[state].allSatisfy { $0.draw != edge.draw || set >> $0.target & 1 == 1 })
      }
    }

    /// What lies at least one step ahead.
    private func ahead(of start: Int, _ inside: [[Edge]]) -> Int {
      var found = graph.canRest[start] ? 1 << start : 0
      var open = [start]
      while let state = open.popLast() {
        for edge in inside[state] where found >> edge.target & 1 == 0 {
          found |= 1 << edge.target
          open.append(edge.target)
        }
      }
      return found
    }
  }

  private static func core(_ graph: FairGraph) throws -> CoreProduct {
    let automaton = try #require(BuchiAutomaton(Goal(.eventually(.atom(0)), isTrue: false)))
    return CoreProduct(of: Product(graph: graph, automaton: automaton))
  }

  private static func trimmed(
    _ core: CoreProduct, _ workforce: Workforce
  ) throws -> (before: [[Int32]], after: [[Int32]]) {
    let regions = try core.regions(ReachedCore(core, workforce), workforce)
    return (
      regions,
      try Trimming.closingDraws(regions, of: core.product, workforce, keepsLoops: false)
    )
  }

  @Test func keepsWhatIsFair() throws {
    var (violated, held, dropped) = (0, 0, 0)
    for seed in 1...2_000 as ClosedRange<UInt64> {
      let trial = Trial(seed: seed)
      let fair = trial.fairSets
      let (before, after) = try Self.trimmed(Self.core(trial.graph), .alone)
      let left = after.joined().reduce(0) { $0 | 1 << Int($1) }
      #expect(fair.allSatisfy { $0 & ~left == 0 }, "seed \(seed)")
      switch check(.eventually(.atom(0)), on: trial.graph) {
      case .holds:
        #expect(fair.isEmpty, "seed \(seed)")
        if !before.isEmpty { held += 1 }
      case .violated:
        #expect(!fair.isEmpty, "seed \(seed)")
        violated += 1
      case .unknown, .fault: Issue.record("seed \(seed)")
      }
      if left.nonzeroBitCount < before.joined().count { dropped += 1 }
    }
    #expect(min(violated, held, dropped) > 150, "\(violated), \(held), \(dropped)")
  }

  /// Graphs that are worth several workers: the parts are the same with and without trimming.
  @Test(arguments: [1, 3]) func leavesTheParts(_ workers: Int) throws {
    var (found, dropped) = (0, 0)
    for seed in 1...6 as ClosedRange<UInt64> {
      let core = try Self.core(Trial(seed: seed, statesMax: 40_000).graph)
      let workforce = Workforce.threads(workers, regionMin: 1000)
      let (before, after) = try Self.trimmed(core, workforce)
      let parts = try [before, after].map {
        try FairComponents(core.product, regions: $0, closesDraws: true, workforce)
      }
      let isSame = (0..<core.product.nodeCount).allSatisfy {
        (parts[0].part(of: $0) == nil) == (parts[1].part(of: $0) == nil)
      }
      #expect(isSame, "seed \(seed)")
      found += Int(parts[0].foundCount)
      #expect(parts[0].foundCount == parts[1].foundCount)
      dropped += before.joined().count - after.joined().count
    }
    #expect(found > 0 && dropped > 1_000, "\(found) parts, \(dropped) states dropped")
  }
}
