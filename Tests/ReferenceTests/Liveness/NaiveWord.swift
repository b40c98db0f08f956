/// Whether a lasso of the program under test is what it says, by the definitions.
struct NaiveWord {
  let graph: ReferenceGraph
  /// The states of stem and cycle, and then the first of the cycle again.
  let states: [Int]
  let cycleStart: Int
  /// Of each step, the transitions that it may be; none where it rests.
  let steps: [[ReferenceGraph.Edge]]

  /// What must not be put off and is, by the most favourable choice among the transitions.
  var isFair: Bool {
    let cycle = steps[cycleStart...].flatMap { $0 }
    let (weak, strong) = (Set(cycle.compactMap(\.weak)), Set(cycle.compactMap(\.strong)))
    let enabled = states[cycleStart...].map { graph.edges[$0] }
    let isStarving = enabled.joined().contains { $0.strong.map { !strong.contains($0) } ?? false }
    let always = enabled.map { Set($0.compactMap(\.weak)) }.reduce(nil) {
      (common: Set<ReferenceGraph.Constraint>?, here) in common?.intersection(here) ?? here
    }
    return !isStarving && (always ?? []).isSubset(of: weak) && closesDraws
  }

  /// Whether each draw that certainly is made in the cycle comes out in all ways there.
  private var closesDraws: Bool {
    let cycle = cycleStart..<steps.count
    return cycle.allSatisfy { place in
      let draws = steps[place].map(\.draw)
      if draws.isEmpty || draws.contains(where: { $0 == nil }) { return true }
      let state = states[place]
      let taken = cycle.filter { states[$0] == state }.flatMap { steps[$0] }
      return draws.contains { draw in
        graph.edges[state].filter { $0.draw == draw }.allSatisfy { outcome in
          taken.contains { $0.draw == draw && $0.target == outcome.target }
        }
      }
    }
  }

  func value(_ formula: NaiveFormula, _ untils: NaiveUntils) -> Bool {
    var known: [[Bool]] = []
    for sides in untils.sides {
      let (left, right) = (values(sides.left, known), values(sides.right, known))
      known.append(positions.map { fulfils(left, right, from: $0) })
    }
    return values(formula, known)[0]
  }

  private var positions: Range<Int> { 0..<states.count - 1 }

  private func values(_ formula: NaiveFormula, _ untils: [[Bool]]) -> [Bool] {
    switch formula {
    case .atom(let values): positions.map { values[states[$0]] }
    case .not(let inner): values(inner, untils).map { !$0 }
    case .and(let a, let b): zip(values(a, untils), values(b, untils)).map { $0 && $1 }
    case .until(let number): untils[number]
    }
  }

  /// Walks on until every position of the cycle has been passed.
  private func fulfils(_ left: [Bool], _ right: [Bool], from start: Int) -> Bool {
    var place = start
    for _ in 0..<2 * positions.count {
      if right[place] { return true }
      if !left[place] { return false }
      place = place + 1 < positions.count ? place + 1 : cycleStart
    }
    return false
  }
}
