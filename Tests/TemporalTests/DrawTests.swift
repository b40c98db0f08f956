import Columns
import Testing
import TransitionSystem

@testable import Temporal

/// Draws: outcomes that occur again and again wherever the draw is made again and again.
@Suite struct DrawTests {
  /// State 0 draws between itself and state 1, where the atom is true.
  private func coin(isDrawn: Bool) -> FairGraph {
    var graph = FairGraph()
    graph.targets = [0, 1]
    graph.labels = [FairGraph.Label(weak: 0)]
    graph.kinds = [0, 0]
    if isDrawn { graph.draws = [0, 0] }
    graph.edgeRanges = RangeColumn(bounds: [0, 2, 2])
    graph.canRest = [false, true]
    graph.valuations = Valuations([0, 1])
    graph.initialCount = 1
    return graph
  }

  @Test func aCoinFallsBothWays() {
    guard case .holds = check(.eventually(.atom(0)), on: coin(isDrawn: true)) else {
      Issue.record("a fair coin comes up in the end")
      return
    }
  }

  @Test func aChoiceNeedNot() {
    guard case .violated(let lasso) = check(.eventually(.atom(0)), on: coin(isDrawn: false)) else {
      Issue.record("a choice may be the same for ever")
      return
    }
    #expect(lasso.stem.isEmpty && lasso.cycle == [0])
  }

  @Test func whatNoCoinForbidsIsViolated() {
    guard case .violated = check(.always(.atom(0)), on: coin(isDrawn: true)) else {
      Issue.record("the first state does not satisfy the atom")
      return
    }
  }

  /// The automaton of `F G a` or the like has to guess; after its guess it must not.
  @Test func limitDeterminism() throws {
    let atom = LinearFormula.atom(0)
    let formulas: [LinearFormula] = [
      .eventually(.always(atom)), .always(.eventually(atom)),
      .not(.always(.implies(atom, .eventually(.atom(1))))),
    ]
    for formula in formulas {
      let automaton = try #require(BuchiAutomaton(Goal(formula)))
      #expect(automaton.isLimitDeterministic)
    }
  }
}
