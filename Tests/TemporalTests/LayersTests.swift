import Columns
import Testing
import TransitionSystem

@testable import Temporal

/// Layers against fair components by brute force: pairs of states that reach each other.
@Suite struct LayersTests {
  private struct Trial {
    var graph = FairGraph()
    /// By state, where the formula's atom is false: target and weak constraint, -1 for none.
    private(set) var edges: [[(target: Int, weak: Int32)]] = []
    private var seed: UInt64

    /// Agents that go through phases: edges mostly keep the abstraction or raise it.
    init(seed: UInt64) {
      self.seed = seed
      let count = 2 + next(30)
      let phases = (0..<count).map { _ in next(4) }
      edges = (0..<count).map { _ in [] }
      var kinds: [UInt16] = []
      for source in 0..<count {
        for _ in 0..<next(4) {
          let target = next(count)
          if phases[target] < phases[source], next(8) > 0 { continue }
          let weak = Int32(next(5)) - 1
          edges[source].append((target, weak))
          kinds.append(UInt16(weak + 1))
        }
      }
      let all = edges.flatMap { $0 }
      graph.edgeRanges = RangeColumn(
        bounds: edges.reduce(into: [UInt32(0)]) { $0.append($0[$0.count - 1] + UInt32($1.count)) })
      graph.targets = Column(all.map { Int32($0.target) })
      graph.kinds = Column(kinds)
      graph.labels = (-1..<4).map { FairGraph.Label(weak: $0) }
      graph.valuations = Valuations((0..<count).map { _ in next(12) == 0 ? 1 : 0 })
      graph.canRest = Column((0..<count).map { graph.mayRest(in: $0) })
      graph.initialCount = count
      graph.abstraction = Column(phases.map { UInt16(7 * $0) })
    }

    private mutating func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }

    private func isOutside(_ state: Int) -> Bool { graph.valuations[state] != 0 }

    /// The strongly connected sets of states without the atom in which a fair execution can stay.
    var fairSets: Set<Set<Int>> {
      let reach = edges.indices.map { reached(from: $0) }
      let sets = Set(
        edges.indices.filter { reach[$0].contains($0) }.map { state in
          reach[state].filter { reach[$0].contains(state) }
        })
      return sets.filter { set in
        let inside = set.flatMap { edges[$0].filter { set.contains($0.target) } }.map(\.weak)
        return (0..<4).allSatisfy { constraint in
          inside.contains(constraint)
            || set.contains { !edges[$0].map(\.weak).contains(constraint) }
        }
      }
    }

    /// What lies ahead, at least one step away.
    private func reached(from start: Int) -> Set<Int> {
      var found: Set<Int> = []
      var open = [start]
      while let state = open.popLast() {
        if isOutside(state) { continue }
        let rests = graph.canRest[state] ? [state] : []
        for target in edges[state].map(\.target) + rests where !isOutside(target) {
          if found.insert(target).inserted { open.append(target) }
        }
      }
      return found
    }
  }

  /// Whether each fair set lies in one region; how many states there are in regions, of how many.
  private func outcome(
    _ trial: Trial, _ workforce: Workforce, omitting: Set<Layers.Rule> = []
  ) throws -> (isKept: Bool, kept: Int) {
    let automaton = try #require(BuchiAutomaton(Goal(.eventually(.atom(0)), isTrue: false)))
    let core = CoreProduct(of: Product(graph: trial.graph, automaton: automaton))
    #expect(core.product.width == 1)
    guard
      let regions = try Layers.regions(core.product, among: nil, workforce, omitting: omitting)
    else { return (true, trial.graph.stateCount) }
    let sets = regions.map { Set($0.map { Int($0) }) }
    return (
      trial.fairSets.allSatisfy { fair in sets.contains { fair.isSubset(of: $0) } },
      regions.reduce(0) { $0 + $1.count }
    )
  }

  private static let trials = (1...3_000).map { Trial(seed: UInt64($0)) }

  @Test(arguments: 1...3) func keepsFairSets(_ workers: Int) throws {
    var (states, kept, fair) = (0, 0, 0)
    for (number, trial) in Self.trials.enumerated() {
      let found = try outcome(trial, .threads(workers))
      #expect(found.isKept, "trial \(number + 1)")
      states += trial.graph.stateCount
      kept += found.kept
      fair += trial.fairSets.reduce(0) { $0 + $1.count }
    }
    let isTelling = fair > states / 4 && kept - fair < (states - fair) / 2
    #expect(isTelling, "\(fair) fair, \(kept) kept, of \(states)")
  }

  @Test(arguments: Layers.Rule.allCases) func noticesForgottenRule(_ rule: Layers.Rule) throws {
    let isNoticed = try Self.trials.contains {
      try !outcome($0, .alone, omitting: [rule]).isKept
    }
    #expect(isNoticed)
  }

  /// More numbers than there are marks for: nothing is said.
  @Test func tooManyNumbers() throws {
    var trial = Trial(seed: 1)
    let count = Quotient.numbersMax + 1
    trial.graph.edgeRanges = RangeColumn(bounds: (0...count).map { UInt32($0) })
    trial.graph.targets = Column((0..<count).map { Int32(($0 + 1) % count) })
    trial.graph.kinds = Column((0..<count).map { _ in UInt16(0) })
    trial.graph.valuations = Valuations((0..<count).map { _ in 0 })
    trial.graph.canRest = Column((0..<count).map { _ in false })
    let automaton = try #require(BuchiAutomaton(Goal(.eventually(.atom(0)), isTrue: false)))
    for (numbers, isTold) in [(count, false), (count - 1, true), (2, true), (1, false)] {
      trial.graph.abstraction = Column((0..<count).map { UInt16($0 % numbers) })
      let core = CoreProduct(of: Product(graph: trial.graph, automaton: automaton))
      let regions = try Layers.regions(core.product, among: nil, .alone)
      #expect((regions != nil) == isTold)
      if let regions { #expect(regions.map(\.count) == [count]) }
    }
  }

  /// As many layers as numbers, each with a cycle of its own: some have the same mark.
  @Test func moreLayersThanMarks() throws {
    var graph = FairGraph()
    let count = Quotient.numbersMax
    graph.edgeRanges = RangeColumn(bounds: (0...count).map { UInt32(2 * $0) })
    graph.targets = Column((0..<count).flatMap { [Int32($0), Int32(min($0 + 1, count - 1))] })
    graph.kinds = Column((0..<2 * count).map { _ in UInt16(0) })
    graph.labels = [FairGraph.Label()]
    graph.valuations = Valuations((0..<count).map { _ in 0 })
    graph.canRest = Column((0..<count).map { _ in true })
    graph.initialCount = 1
    graph.abstraction = Column((0..<count).map { UInt16($0) })
    let automaton = try #require(BuchiAutomaton(Goal(.eventually(.atom(0)), isTrue: false)))
    let core = CoreProduct(of: Product(graph: graph, automaton: automaton))
    let regions = try #require(try Layers.regions(core.product, among: nil, .alone))
    #expect(regions.count == Quotient.layersMax)
    #expect(regions.flatMap { $0 }.sorted() == (0..<Int32(count)).map { $0 })
  }
}
