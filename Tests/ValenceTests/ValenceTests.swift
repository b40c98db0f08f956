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
    #expect(Valence(small.graph).possible == small.possible(), "seed \(seed)")
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
    #expect(Valence(small.graph).extensions(events: small.events) == expected, "seed \(seed)")
  }

  /// More events than fit one set, and graphs that take more than a few rounds.
  @Test(arguments: 0..<20) func agreesOnLargerGraphs(_ seed: Int) {
    let large = RandomGraph(seed: UInt64(seed) + 2_000, sizeMax: 200)
    let valence = Valence(large.graph)
    #expect(valence.possible == large.possible())
    let bivalent = bivalence(large)
    var expected = (pairs: 0, kept: 0)
    for state in 0..<large.graph.stateCount where bivalent[state] {
      for event in Set(large.graph.edges(of: state).map { large.events[$0] }) where event >= 0 {
        expected.pairs += 1
        if large.keeps(event, from: state, bivalent: bivalent) { expected.kept += 1 }
      }
    }
    let found = valence.extensions(events: large.events)
    #expect((found.pairs, found.kept) == expected, "seed \(seed)")
  }

  /// Every transition leads to the number before: each round from the last state moves a set one
  /// step only, so nearly all of the way is gone backwards.
  @Test func followsLongChainsAgainstTheNumbers() {
    let count = 1_000
    let graph = DecisionGraph(
      firstEdge: Column([0, 0] + Array(1..<UInt32(count))),
      targets: Column(0..<Int32(count - 1)),
      decided: (0..<count).map { $0 == 0 ? 2 : $0 == 500 ? 1 : 0 })
    let valence = Valence(graph)
    #expect(valence.possible == (0..<count).map { $0 < 500 ? 2 : 3 })
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
    #expect(Valence(graph).criticalStates == expected, "seed \(seed)")
  }

  /// Staying undecided for ever is staying so for more steps than there are states.
  @Test(arguments: 0..<400) func lastingIsWhatGoesOnForEver(_ seed: Int) {
    let small = RandomGraph(seed: UInt64(seed) + 4_000)
    let graph = small.graph
    let possible = small.possible()
    let isUndecided = (0..<graph.stateCount).map { possible[$0] == 3 && graph.decided[$0] == 0 }
    var lasting = isUndecided
    for _ in 0...graph.stateCount {
      lasting = (0..<graph.stateCount).map { state in
        isUndecided[state] && graph.edges(of: state).contains { lasting[Int(graph.targets[$0])] }
      }
    }
    #expect(Valence(graph).lasting == lasting, "seed \(seed)")
  }

  @Test func laysOutOneInputChanges() {
    let cube = ["00", "01", "10", "11"].map { $0.map { String($0) } }
    #expect(laidOut(cube) == [0, 1, 3, 2])
  }
}
