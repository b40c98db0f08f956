extension BuchiAutomaton {
  /// Whether everything that can follow an accepting cycle is deterministic, so that a product
  /// with random draws has an accepting end component wherever the formula has a positive
  /// probability (Courcoubetis and Yannakakis, The complexity of probabilistic verification, 1995).
  ///
  /// Complexity: cubic in the number of states, which is small.
  var isLimitDeterministic: Bool {
    let reach = transitions.indices.map { reachable(from: $0) }
    for state in transitions.indices where isOnAcceptingCycle(state, reach) {
      for other in reach[state].union([state]) where !isDeterministic(other) { return false }
    }
    return true
  }

  /// By state: some accepting cycle may go through it.
  var statesOnAcceptingCycles: [Bool] {
    let reach = transitions.indices.map { reachable(from: $0) }
    return transitions.indices.map { isOnAcceptingCycle($0, reach) }
  }

  /// Those that at least one transition leads to.
  private func reachable(from start: Int) -> Set<Int> {
    var found: Set<Int> = []
    var open = [start]
    while let state = open.popLast() {
      for transition in transitions[state] where found.insert(transition.target).inserted {
        open.append(transition.target)
      }
    }
    return found
  }

  private func isOnAcceptingCycle(_ state: Int, _ reach: [Set<Int>]) -> Bool {
    guard reach[state].contains(state) else { return false }
    let component = reach[state].filter { reach[$0].contains(state) }
    var seen: UInt64 = 0
    for member in component {
      for transition in transitions[member] where component.contains(transition.target) {
        seen |= transition.acceptance
      }
    }
    return seen == acceptance
  }

  private func isDeterministic(_ state: Int) -> Bool {
    let row = transitions[state]
    return row.indices.allSatisfy { first in
      row.indices.dropFirst(first + 1).allSatisfy { second in
        row[first].positive & row[second].negative != 0
          || row[first].negative & row[second].positive != 0
      }
    }
  }
}
