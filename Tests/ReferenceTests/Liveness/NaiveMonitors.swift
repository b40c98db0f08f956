import Semantics

/// Decides whether a formula holds with probability 1, whoever makes the choices, where steps draw.
///
/// For combinations of the shapes that people write: each is watched by a monitor without choices
/// of its own. A node is a state with what the monitors know of the way there.
///
/// Source: Courcoubetis and Yannakakis, The complexity of probabilistic verification, 1995.
struct NaiveMonitors {
  /// Truth values by state.
  private enum Unit {
    /// `left until right`: 0 open, 1 true, 2 false; true once it is 1.
    case until([Bool], [Bool])
    /// True where such states come again and again.
    case again([Bool])
    /// 1 while an answer is owed; true where it is 0 again and again.
    case answered(cause: [Bool], answer: [Bool])

    var isSettledOnTheWay: Bool { if case .until = self { true } else { false } }
  }
  private indirect enum Tree {
    case unit(Int)
    case not(Tree)
    case connective(Connective, Tree, Tree)
  }
  private struct Node: Hashable {
    let state: Int
    let known: [Int]
  }

  private let graph: ReferenceGraph
  private var untils: NaiveUntils
  private var units: [Unit] = []
  private var top: Tree?

  /// Nil where the formula is of another shape.
  init?(_ graph: ReferenceGraph, _ untils: NaiveUntils, _ formula: Formula) {
    self.graph = graph
    self.untils = untils
    top = tree(formula)
    if top == nil { return nil }
  }

  // MARK: Shapes

  private mutating func tree(_ formula: Formula) -> Tree? {
    if let values = values(formula) { return unit(.until(graph.states.map { _ in false }, values)) }
    switch formula {
    case .not(let inner): return tree(inner).map { .not($0) }
    case .connective(let connective, let a, let b):
      guard let left = tree(a), let right = tree(b) else { return nil }
      return .connective(connective, left, right)
    case .always(.eventually(let inner)): return values(inner).map { unit(.again($0)) }
    case .eventually(.always(let inner)):
      return values(inner).map { .not(unit(.again($0.map { !$0 }))) }
    case .eventually(let inner): return values(inner).map { until(nil, $0) }
    case .always(let inner): return values(inner).map { .not(until(nil, $0.map { !$0 })) }
    case .until(let a, let b):
      guard let left = values(a), let right = values(b) else { return nil }
      return until(left, right)
    case .leadsTo(let a, let b):
      guard let cause = values(a), let answer = values(b) else { return nil }
      return unit(.answered(cause: cause, answer: answer))
    case .state, .can: return nil
    }
  }

  private mutating func unit(_ unit: Unit) -> Tree {
    units.append(unit)
    return .unit(units.count - 1)
  }

  private mutating func until(_ left: [Bool]?, _ right: [Bool]) -> Tree {
    unit(.until(left ?? right.map { _ in true }, right))
  }

  /// By state, the truth of a formula that speaks of the state alone.
  private mutating func values(_ formula: Formula) -> [Bool]? {
    NaiveMonitors.values(untils.formula(formula))
  }

  private static func values(_ formula: NaiveFormula) -> [Bool]? {
    switch formula {
    case .atom(let values): return values
    case .not(let inner): return values(inner)?.map { !$0 }
    case .and(let a, let b):
      guard let left = values(a), let right = values(b) else { return nil }
      return zip(left, right).map { $0 && $1 }
    case .until: return nil
    }
  }

  // MARK: Nodes

  /// What a monitor knows in the next state.
  private func next(_ unit: Unit, _ known: Int, _ state: Int) -> Int {
    switch unit {
    case .until(let left, let right):
      if known != 0 { return known }
      return right[state] ? 1 : left[state] ? 0 : 2
    case .again: return 0
    case .answered(let cause, let answer):
      return answer[state] ? 0 : known == 1 || cause[state] ? 1 : 0
    }
  }

  private func node(_ state: Int, after known: [Int]) -> Node {
    Node(state: state, known: zip(units, known).map { next($0, $1, state) })
  }

  /// Whether some choices make the formula false with a positive probability.
  func isViolated() -> Bool {
    let start = units.map { _ in 0 }
    var nodes = (0..<graph.initialCount).map { node($0, after: start) }
    var numbers = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
    var steps: [[NaiveFairParts.Step]] = []
    while steps.count < nodes.count {
      let from = nodes[steps.count]
      steps.append(
        graph.steps(from: from.state).map { step in
          let target = node(step.target, after: from.known)
          let number = numbers[target] ?? nodes.count
          if number == nodes.count {
            numbers[target] = number
            nodes.append(target)
          }
          return NaiveFairParts.Step(
            target: number, weak: step.weak, strong: step.strong, draw: step.draw)
        })
    }
    let open = units.indices.filter { !units[$0].isSettledOnTheWay }
    return (0..<1 << open.count).contains { guess in
      let isTrue = Set(open.indices.filter { guess >> $0 & 1 == 1 }.map { open[$0] })
      return isViolated(nodes, steps, again: isTrue, never: Set(open).subtracting(isTrue))
    }
  }

  /// The same, with the units that are true at some nodes again and again, and those that are not
  /// any more.
  private func isViolated(
    _ nodes: [Node], _ steps: [[NaiveFairParts.Step]], again: Set<Int>, never: Set<Int>
  ) -> Bool {
    let region = nodes.indices.filter { number in
      !never.contains { isTrue($0, nodes[number]) }
        && top.map { !value($0, nodes[number], again) }
          ?? false
    }
    let parts = NaiveFairParts(
      steps: steps, edges: { graph.edges[nodes[$0].state] },
      isAccepting: { component in
        again.allSatisfy { unit in component.contains { isTrue(unit, nodes[$0]) } }
      })
    return parts.hasFairPart(Set(region))
  }

  private func isTrue(_ unit: Int, _ node: Node) -> Bool {
    switch units[unit] {
    case .until: node.known[unit] == 1
    case .again(let values): values[node.state]
    case .answered: node.known[unit] == 0
    }
  }

  private func value(_ tree: Tree, _ node: Node, _ again: Set<Int>) -> Bool {
    switch tree {
    case .unit(let unit):
      return units[unit].isSettledOnTheWay ? isTrue(unit, node) : again.contains(unit)
    case .not(let inner): return !value(inner, node, again)
    case .connective(let connective, let a, let b):
      let (left, right) = (value(a, node, again), value(b, node, again))
      switch connective {
      case .and: return left && right
      case .or: return left || right
      case .implies: return !left || right
      case .iff: return left == right
      }
    }
  }
}
