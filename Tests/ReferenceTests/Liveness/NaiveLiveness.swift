import Semantics

/// Decides formulas of linear time by guessing, at every state of an execution, which of the untils
/// hold from there on.
///
/// No automaton, no search stack: a node is a state with a guess, a component is what lies both
/// before and behind a node.
///
/// Source: Lichtenstein and Pnueli, Checking that finite state concurrent programs satisfy their
/// linear specification, POPL 1985 (atoms); Manna and Pnueli, Temporal Verification of Reactive
/// Systems: Safety, 1995, section 5.5 (fair subgraphs).
struct NaiveLiveness {
  private struct Step {
    let target: Int
    let weak: ReferenceGraph.Constraint?
    let strong: ReferenceGraph.Constraint?
  }

  private let graph: ReferenceGraph
  private let untils: NaiveUntils
  private let top: NaiveFormula
  private let guesses: Int
  /// By node, that is, state times guesses plus guess; nil where a guess contradicts itself.
  private var steps: [[Step]?] = []
  private var sources: [[Int]] = []

  /// Most untils of a formula: the nodes double with each.
  static let untilsMax = 5

  /// Nil where the formula has too many untils.
  init?(_ graph: ReferenceGraph, _ untils: NaiveUntils, _ top: NaiveFormula) {
    guard untils.sides.count <= NaiveLiveness.untilsMax else { return nil }
    self.graph = graph
    self.untils = untils
    self.top = top
    guesses = 1 << untils.sides.count
    steps = (0..<graph.states.count * guesses).map { isConsistent($0) ? [] : nil }
    sources = steps.map { _ in [] }
    for node in steps.indices where steps[node] != nil { connect(node) }
  }

  // MARK: Nodes

  private func value(_ formula: NaiveFormula, _ node: Int) -> Bool {
    switch formula {
    case .atom(let values): values[node / guesses]
    case .not(let inner): !value(inner, node)
    case .and(let a, let b): value(a, node) && value(b, node)
    case .until(let number): (node % guesses) >> number & 1 == 1
    }
  }

  private func isConsistent(_ node: Int) -> Bool {
    untils.sides.enumerated().allSatisfy { number, sides in
      let (left, right) = (value(sides.left, node), value(sides.right, node))
      return value(.until(number), node) ? left || right : !right
    }
  }

  private mutating func connect(_ node: Int) {
    let state = node / guesses
    var outgoing = graph.edges[state].map { ($0.target, $0.weak, $0.strong) }
    if graph.mayRest(state) { outgoing.append((state, nil, nil)) }
    for (target, weak, strong) in outgoing {
      for guess in 0..<guesses where steps[target * guesses + guess] != nil {
        let next = target * guesses + guess
        guard isFollowed(node, next) else { continue }
        steps[node]?.append(Step(target: next, weak: weak, strong: strong))
        sources[next].append(node)
      }
    }
  }

  private func isFollowed(_ node: Int, _ next: Int) -> Bool {
    untils.sides.enumerated().allSatisfy { number, sides in
      let later = value(sides.left, node) && value(.until(number), next)
      return value(.until(number), node) == (value(sides.right, node) || later)
    }
  }

  // MARK: Fair subgraphs

  /// Whether some fair execution does not satisfy the formula.
  func isViolated() -> Bool {
    let starts = (0..<graph.initialCount * guesses).filter {
      steps[$0] != nil && !value(top, $0)
    }
    return hasFairPart(closure(of: starts, in: nil, targets))
  }

  private func hasFairPart(_ region: Set<Int>) -> Bool {
    var rest = region
    while let node = rest.first {
      let ahead = closure(of: [node], in: rest, targets)
      let component = closure(of: [node], in: ahead) { sources[$0] }
      rest.subtract(component)
      if let part = fairPart(component), part.count < component.count ? hasFairPart(part) : true {
        return true
      }
    }
    return false
  }

  private func targets(of node: Int) -> [Int] { (steps[node] ?? []).map(\.target) }

  private func closure(
    of starts: [Int], in region: Set<Int>?, _ next: (Int) -> [Int]
  ) -> Set<Int> {
    var found = Set(starts)
    var open = starts
    while let node = open.popLast() {
      for other in next(node) where region?.contains(other) ?? true {
        if found.insert(other).inserted { open.append(other) }
      }
    }
    return found
  }

  /// Nil where no execution stays in all of a component, or in a part of it, for ever and is
  /// fair; the component itself where one does; else the part that is left to look at.
  private func fairPart(_ component: Set<Int>) -> Set<Int>? {
    let inside = component.flatMap { steps[$0] ?? [] }.filter {
      component.contains($0.target)
    }
    if inside.isEmpty { return nil }
    for (number, sides) in untils.sides.enumerated()
    where component.allSatisfy({ value(.until(number), $0) && !value(sides.right, $0) }) {
      return nil
    }
    let (weak, strong) = (Set(inside.compactMap(\.weak)), Set(inside.compactMap(\.strong)))
    var owed: Set<ReferenceGraph.Constraint>?
    var starving: Set<Int> = []
    for node in component {
      let edges = graph.edges[node / guesses]
      let here = Set(edges.compactMap(\.weak)).subtracting(weak)
      owed = owed?.intersection(here) ?? here
      if !Set(edges.compactMap(\.strong)).isSubset(of: strong) { starving.insert(node) }
    }
    if owed?.isEmpty == false { return nil }
    return component.subtracting(starving)
  }
}
