import Columns
import Testing

@testable import Valence

/// Random small graphs against the definitions, computed without sets of events or walks backwards.
@Suite struct ValenceTests {
  private func bivalence(_ small: RandomGraph) -> [Bool] {
    small.possible().map { $0.nonzeroBitCount > 1 }
  }

  @Test(arguments: 0..<400) func agreesWithDefinition(_ seed: Int) {
    let small = RandomGraph(seed: UInt64(seed))
    #expect(Array(Valence(small.graph).possible) == small.possible(), "seed \(seed)")
  }

  /// Lemma 3 as it is stated: the event happens once, at the end of the extension.
  @Test(arguments: 0..<400) func keepsWhatSomeExtensionKeeps(_ seed: Int) {
    let small = RandomGraph(seed: UInt64(seed) + 1_000)
    let bivalent = bivalence(small)
    var expected = PendingPairs()
    for state in 0..<small.graph.stateCount where bivalent[state] {
      for event in Set(small.graph.edges(of: state).map { small.events[$0] }) where event >= 0 {
        expected.pairs += 1
        if small.keeps(event, from: state, bivalent: bivalent) {
          expected.kept += 1
        } else {
          expected.firstLost = min(expected.firstLost ?? state, state)
        }
      }
    }
    let part = Valence(small.graph).bivalentPart
    #expect(part.extensions(events: small.events(of: part)) == expected, "seed \(seed)")
  }

  /// More events than fit one set, and graphs that take more than a few rounds.
  @Test(arguments: 0..<20) func agreesOnLargerGraphs(_ seed: Int) {
    let large = RandomGraph(seed: UInt64(seed) + 2_000, sizeMax: 200)
    let valence = Valence(large.graph)
    #expect(Array(valence.possible) == large.possible())
    let bivalent = bivalence(large)
    var expected = (pairs: 0, kept: 0)
    for state in 0..<large.graph.stateCount where bivalent[state] {
      for event in Set(large.graph.edges(of: state).map { large.events[$0] }) where event >= 0 {
        expected.pairs += 1
        if large.keeps(event, from: state, bivalent: bivalent) { expected.kept += 1 }
      }
    }
    let part = valence.bivalentPart
    let found = part.extensions(events: large.events(of: part))
    #expect((found.pairs, found.kept) == expected, "seed \(seed)")
  }

  /// Every transition leads to the number before: each round from the last state moves a set one
  /// step only, so nearly all of the way is gone backwards.
  @Test func followsLongChainsAgainstTheNumbers() {
    let count = 1_000
    let graph = DecisionGraph(
      edgeRanges: RangeColumn(bounds: [0, 0] + Array(1..<UInt32(count))),
      targets: Column(0..<Int32(count - 1)),
      decided: ValueSets((0..<count).map { $0 == 0 ? 2 : $0 == 500 ? 1 : 0 as UInt64 }))
    let valence = Valence(graph)
    #expect(Array(valence.possible) == (0..<count).map { $0 < 500 ? 2 : 3 })
    #expect(valence.bivalentCount == 500)
  }

  @Test(arguments: 0..<400) func criticalIsWhereEveryStepDecides(_ seed: Int) {
    let small = RandomGraph(seed: UInt64(seed) + 3_000)
    let graph = small.graph
    let possible = small.possible()
    var expected: [Int] = []
    for state in 0..<graph.stateCount where possible[state] == 3 {
      var after: [UInt64] = []
      for edge in graph.edges(of: state) { after.append(possible[Int(graph.targets[edge])]) }
      if !after.isEmpty, !after.contains(3) { expected.append(state) }
    }
    #expect(Valence(graph).bivalentPart.criticalStates == expected, "seed \(seed)")
  }

  /// A transition of the part is the one of the graph in the same place of the same state.
  @Test(arguments: 0..<400) func partHasTheTransitionsOfItsStates(_ seed: Int) {
    let small = RandomGraph(seed: UInt64(seed) + 4_000)
    let graph = small.graph
    let bivalent = bivalence(small)
    let part = Valence(graph).bivalentPart
    #expect(part.states.map { Int($0) } == bivalent.indices.filter { bivalent[$0] })
    for (place, state) in part.states.enumerated() {
      let expected = graph.edges(of: Int(state)).map { edge in
        part.states.firstIndex(of: graph.targets[edge]) ?? part.states.count
      }
      let found = part.transitions.edges(of: place).map { Int(part.transitions.targets[$0]) }
      #expect(found == expected, "seed \(seed)")
    }
    #expect(part.transitions.edges(of: part.states.count).isEmpty)
  }

  /// States whose transitions are not known come last.
  @Test func partEndsWithStatesWithoutTransitions() {
    let graph = DecisionGraph(
      edgeRanges: RangeColumn(bounds: [0, 2]), targets: Column([1, 2]),
      decided: ValueSets([0, 3, 1] as [UInt8]))
    let part = Valence(graph).bivalentPart
    #expect(part.states == [0, 1])
    #expect(Array(part.transitions.targets) == [1, 2])
    #expect(part.transitions.edges(of: 1).isEmpty)
    #expect(part.criticalStates == [])
  }

  @Test func countsSetsOfAnySize() {
    #expect(ValueSets([1, 2, 1, 0] as [UInt8]).counts == [0: 1, 1: 2, 2: 1])
    let large = ValueSets([1 << 40, 1, 1 << 40] as [UInt64])
    #expect(large.counts == [1 << 40: 2, 1: 1])
    #expect(Array(large) == [1 << 40, 1, 1 << 40])
  }

  /// More values than a byte has bits.
  @Test(arguments: 0..<50) func agreesOnManyValues(_ seed: Int) {
    let small = RandomGraph(seed: UInt64(seed) + 5_000, shift: 40)
    #expect(Array(Valence(small.graph).possible) == small.possible(), "seed \(seed)")
  }

  @Test func laysOutOneInputChanges() {
    let cube = ["00", "01", "10", "11"].map { $0.map { String($0) } }
    #expect(laidOut(cube) == [0, 1, 3, 2])
  }
}
