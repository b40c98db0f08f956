import Testing

@testable import Valence

/// Random small graphs against the definitions, computed without components or backward walks.
@Suite struct ValenceTests {
  @Test(arguments: 0..<400) func agreesWithDefinition(_ seed: Int) {
    let small = RandomGraph(seed: UInt64(seed))
    let valence = Valence(small.graph)
    let reach = small.reach()
    for state in 0..<small.graph.stateCount {
      let expected = (0..<small.graph.stateCount).filter { reach[state][$0] }
        .reduce(0 as UInt64) { $0 | small.graph.decided[$1] }
      #expect(valence.possible[state] == expected, "seed \(seed), state \(state)")
    }
    var pairs = 0
    var kept = 0
    for state in 0..<small.graph.stateCount where valence.isBivalent(state) {
      for event in Set(small.graph.edges(of: state).map { small.events[$0] }) where event >= 0 {
        pairs += 1
        let ends = (0..<small.graph.stateCount).filter { reach[state][$0] }.contains { before in
          small.graph.edges(of: before).contains {
            small.events[$0] == event && valence.isBivalent(Int(small.graph.targets[$0]))
          }
        }
        if ends { kept += 1 }
      }
    }
    let found = valence.extensions(events: small.events)
    #expect(found == (pairs, kept), "seed \(seed)")
  }

  /// A fair run exists just where some set of states that can go round is fair by definition.
  @Test(arguments: 0..<400) func findsFairUndecidedRuns(_ seed: Int) {
    let small = RandomGraph(seed: UInt64(seed) + 1_000)
    let graph = small.graph
    let valence = Valence(graph)
    let found = valence.undecidedLasso(
      initialCount: graph.stateCount, events: small.events, fairness: small.fairness)
    let exists = (1..<(1 << graph.stateCount)).contains { small.isFair(set: $0, valence) }
    guard case .found(let lasso) = found else {
      if case .none = found { #expect(!exists, "seed \(seed)") } else { Issue.record("not drawn") }
      return
    }
    #expect(exists)
    let sources = (0..<graph.stateCount).flatMap { state in
      graph.edges(of: state).map { _ in state }
    }
    var state = lasso.initial
    for edge in lasso.stem + lasso.cycle {
      #expect(sources[edge] == state && valence.isBivalent(state) && graph.decided[state] == 0)
      state = Int(graph.targets[edge])
    }
    let round = lasso.cycle.map { sources[$0] }
    #expect(round.first == state)
    for (event, fairness) in small.fairness.enumerated() {
      let pending = round.map { place in
        graph.edges(of: place).contains { small.events[$0] == event }
      }
      if lasso.cycle.contains(where: { small.events[$0] == event }) { continue }
      switch fairness {
      case .none: break
      case .weak: #expect(pending.contains(false), "seed \(seed)")
      case .strong: #expect(!pending.contains(true), "seed \(seed)")
      }
    }
  }

  @Test func laysOutOneInputChanges() {
    let cube = ["00", "01", "10", "11"].map { $0.map { String($0) } }
    #expect(laidOut(cube) == [0, 1, 3, 2])
  }
}
