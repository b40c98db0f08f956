import TransitionSystem

/// Judges a lasso by the definitions alone, without automaton or components: what every lasso must
/// pass before it is shown.
struct WordCheck {
  let graph: FairGraph
  let lasso: Lasso

  /// Nil if the lasso is a fair execution that does not satisfy the formula; else what is wrong.
  func fault(_ formula: LinearFormula) -> String? {
    let all = lasso.stem + lasso.cycle
    if lasso.cycle.isEmpty { return "a lasso without a cycle" }
    let states = lasso.states(in: graph)
    if lasso.initial >= graph.initialCount { return "a lasso does not begin at the beginning" }
    for (index, transition) in all.enumerated() {
      let isThere =
        transition < 0
        ? graph.mayRest(in: states[index]) : graph.edges(of: states[index]).contains(transition)
      if !isThere { return "step \(index + 1) of a lasso does not exist" }
    }
    if states[states.count - 1] != states[lasso.stem.count] { return "a lasso is not closed" }
    if !isFair(Array(states[lasso.stem.count...])) { return "a lasso is not fair" }
    return values(formula, Array(states.dropLast()))[0] ? "a lasso satisfies the formula" : nil
  }

  private func isFair(_ states: [Int]) -> Bool {
    let served = lasso.cycle.filter { $0 >= 0 }
    let weak = Set(served.map(graph.weak))
    let strong = Set(served.map(graph.strong))
    return states.flatMap { graph.edges(of: $0) }.allSatisfy { transition in
      let (weakly, strongly) = (graph.weak(transition), graph.strong(transition))
      let isWeaklyServed =
        weakly < 0 || weak.contains(weakly)
        || states.contains { !graph.enables(weak: weakly, $0) }
      return isWeaklyServed && (strongly < 0 || strong.contains(strongly))
    }
  }

  /// The truth of a formula at every position of the word; the last is followed by the first of the
  /// cycle. An until is the least fixpoint of its expansion.
  private func values(_ formula: LinearFormula, _ states: [Int]) -> [Bool] {
    switch formula {
    case .constant(let value): return states.map { _ in value }
    case .atom(let atom): return states.map { graph.valuations[$0] >> UInt64(atom) & 1 == 1 }
    case .not(let inner): return values(inner, states).map { !$0 }
    case .and(let a, let b):
      return zip(values(a, states), values(b, states)).map { $0 && $1 }
    case .or(let a, let b):
      return zip(values(a, states), values(b, states)).map { $0 || $1 }
    case .until(let a, let b):
      let (left, right) = (values(a, states), values(b, states))
      var result = states.map { _ in false }
      var hasChanged = true
      while hasChanged {
        hasChanged = false
        for index in states.indices.reversed() {
          let next = index + 1 < states.count ? index + 1 : lasso.stem.count
          let value = right[index] || (left[index] && result[next])
          if value != result[index] { hasChanged = true }
          result[index] = value
        }
      }
      return result
    }
  }
}
