import Semantics

/// Decides formulas of linear time by guessing, at every state of an execution, which of the untils
/// hold from there on.
///
/// No automaton: a node is a state with a guess. Without draws: a guess may depend on what is to
/// come.
///
/// Source: Lichtenstein and Pnueli, Checking that finite state concurrent programs satisfy their
/// linear specification, POPL 1985 (atoms).
struct NaiveLiveness {
  private let graph: ReferenceGraph
  private let untils: NaiveUntils
  private let top: NaiveFormula
  private let guesses: Int
  /// By node, that is, state times guesses plus guess; nil where a guess contradicts itself.
  private var steps: [[NaiveFairParts.Step]?] = []

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
    for step in graph.steps(from: node / guesses) {
      for guess in 0..<guesses where steps[step.target * guesses + guess] != nil {
        let next = step.target * guesses + guess
        guard isFollowed(node, next) else { continue }
        steps[node]?.append(
          NaiveFairParts.Step(target: next, weak: step.weak, strong: step.strong))
      }
    }
  }

  private func isFollowed(_ node: Int, _ next: Int) -> Bool {
    untils.sides.enumerated().allSatisfy { number, sides in
      let later = value(sides.left, node) && value(.until(number), next)
      return value(.until(number), node) == (value(sides.right, node) || later)
    }
  }

  /// Whether some fair execution does not satisfy the formula.
  func isViolated() -> Bool {
    let starts = (0..<graph.initialCount * guesses).filter {
      steps[$0] != nil && !value(top, $0)
    }
    let parts = NaiveFairParts(
      steps: steps.map { $0 ?? [] }, edges: { graph.edges[$0 / guesses] },
      isAccepting: { component in
        untils.sides.enumerated().allSatisfy { number, sides in
          component.contains { !value(.until(number), $0) || value(sides.right, $0) }
        }
      })
    return parts.hasFairPart(parts.reachable(from: starts))
  }
}
