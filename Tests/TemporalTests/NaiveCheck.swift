import Columns
import TransitionSystem

@testable import Temporal

/// Looks at every lasso of at most some length, by the definitions: no automaton, no components.
struct NaiveCheck {
  let graph: FairGraph
  let lengthMax: Int

  /// Whether a fair lasso of at most `lengthMax` steps does not satisfy the formula.
  func isViolated(_ formula: LinearFormula) -> Bool {
    (0..<graph.initialCount).contains { extend([$0], [], formula) }
  }

  private func extend(_ states: [Int], _ path: [Int], _ formula: LinearFormula) -> Bool {
    let last = states[states.count - 1]
    for start in 0..<path.count where states[start] == last {
      if isFair(Array(states[start...]), Array(path[start...])),
        !value(formula, states, start, 0)
      {
        return true
      }
    }
    if path.count == lengthMax { return false }
    for edge in edges(of: last) {
      if extend(states + [Int(graph.targets[edge])], path + [edge], formula) { return true }
    }
    return rests(last) && path.last != -1 && extend(states + [last], path + [-1], formula)
  }

  private func rests(_ state: Int) -> Bool {
    state < graph.edgeRanges.count
      && edges(of: state).allSatisfy { weak($0) < 0 && strong($0) < 0 }
  }

  private func edges(of state: Int) -> Range<Int> {
    state < graph.edgeRanges.count ? graph.edgeRanges[state] : 0..<0
  }

  private func weak(_ edge: Int) -> Int32 { graph.labels[Int(graph.kinds[edge])].weak }

  private func strong(_ edge: Int) -> Int32 { graph.deliveries[edge] }

  private func isFair(_ states: [Int], _ cycle: [Int]) -> Bool {
    for constraint in Int32(0)..<4 {
      let isServedWeakly = cycle.contains { $0 >= 0 && weak($0) == constraint }
      let isServedStrongly = cycle.contains { $0 >= 0 && strong($0) == constraint }
      let enabledWeakly = states.filter { edges(of: $0).contains { weak($0) == constraint } }
      let enabledStrongly = states.filter { edges(of: $0).contains { strong($0) == constraint } }
      if !isServedWeakly && enabledWeakly.count == states.count { return false }
      if !isServedStrongly && !enabledStrongly.isEmpty { return false }
    }
    return true
  }

  /// The formula at a position: an until looks at every later position once, by walking on.
  private func value(
    _ formula: LinearFormula, _ states: [Int], _ start: Int, _ position: Int
  ) -> Bool {
    // The last state repeats the one at `start`.
    let count = states.count - 1
    switch formula {
    case .constant(let constant): return constant
    case .atom(let atom): return graph.valuations[states[position]] >> UInt64(atom) & 1 == 1
    case .not(let inner): return !value(inner, states, start, position)
    case .and(let a, let b):
      return value(a, states, start, position) && value(b, states, start, position)
    case .or(let a, let b):
      return value(a, states, start, position) || value(b, states, start, position)
    case .until(let a, let b):
      var place = position
      for _ in 0..<2 * count {
        if value(b, states, start, place) { return true }
        if !value(a, states, start, place) { return false }
        place = place + 1 < count ? place + 1 : start
      }
      return false
    }
  }
}
