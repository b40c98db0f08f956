import CZ3

extension Refiner {
  /// What is possible for each leaf: under the prompt, and under the claims too.
  func findChoices() {
    let inPrompt = possibilities(promptLiterals)
    var withClaims: [Possible]?
    if case .satisfiable = refinement.joint {
      withClaims =
        model.claims.isEmpty
        ? inPrompt : possibilities(promptLiterals + literals(model.claims))
    }
    refinement.choices = model.leaves.indices.map {
      Choice(leaf: LeafID($0), inPrompt: inPrompt[$0], withClaims: withClaims?[$0])
    }
  }

  private func possibilities(_ assumptions: [Literal]) -> [Possible] {
    var possibilities = Possibilities(self, assumptions)
    return possibilities.all()
  }
}

/// The values that leaves may have under some clauses. Requires: the clauses are satisfiable.
private struct Possibilities {
  /// Values of a type with more than these are not listed.
  static let listedMax: Int64 = 64

  private let refiner: Refiner
  private let assumptions: [Literal]
  /// By leaf, values that some model had: each answers for every leaf at once.
  private var seen: [Set<LeafValue>]

  init(_ refiner: Refiner, _ assumptions: [Literal]) {
    self.refiner = refiner
    self.assumptions = assumptions
    seen = Array(repeating: [], count: refiner.model.leaves.count)
  }

  mutating func all() -> [Possible] {
    guard case .satisfiable = refiner.session.check(assumptions) else {
      return seen.map { _ in .unknown("the solver gave up") }
    }
    learn()
    return refiner.model.leaves.indices.map { possible(LeafID($0)) }
  }

  private mutating func learn() {
    guard let model = refiner.assignment() else { return }
    for (index, value) in model.values.enumerated() { seen[index].insert(value) }
  }

  private mutating func possible(_ leaf: LeafID) -> Possible {
    let sort = refiner.model.leaves[leaf.index].sort
    if let bounds = refiner.model.bounds(sort),
      case (let last, false) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound),
      last < Self.listedMax
    {
      return listed(leaf, sort, bounds)
    }
    guard let known = seen[leaf.index].first else { return .unknown("its value is irrational") }
    switch isPossible(cz3_mk_not(context, equality(leaf, known, sort))) {
    case nil: return .unknown("the solver gave up")
    case false?: return .forced(known)
    case true?:
      if case .integer = sort { return range(leaf) }
      return .several
    }
  }

  private var context: cz3_context { refiner.session.context }

  private func equality(_ leaf: LeafID, _ value: LeafValue, _ sort: ScalarSort) -> cz3_ast {
    cz3_mk_eq(
      context, refiner.translation.leaves[leaf.index], refiner.translation.constant(value, sort))
  }

  /// Whether the term can be true; nil where the solver gives up.
  private mutating func isPossible(_ term: cz3_ast) -> Bool? {
    switch refiner.session.check(assumptions, with: term) {
    case .satisfiable:
      learn()
      return true
    case .unsatisfiable: return false
    case .unknown(let reason):
      refiner.note("which values are possible", reason)
      return nil
    }
  }

  private mutating func listed(
    _ leaf: LeafID, _ sort: ScalarSort, _ bounds: ClosedRange<Int64>
  ) -> Possible {
    var values: [LeafValue] = []
    for number in bounds {
      let value = sort == .bool ? LeafValue.bool(number == 1) : .number(String(number))
      if seen[leaf.index].contains(value) {
        values.append(value)
        continue
      }
      guard let isPossible = isPossible(equality(leaf, value, sort)) else {
        return .unknown("the solver gave up")
      }
      if isPossible { values.append(value) }
    }
    return values.count == 1 ? .forced(values[0]) : .values(values)
  }

  // MARK: Ranges

  private mutating func range(_ leaf: LeafID) -> Possible {
    let numbers = seen[leaf.index].compactMap { value -> Int64? in
      if case .number(let digits) = value { Int64(digits) } else { nil }
    }
    guard let low = numbers.min(), let high = numbers.max() else { return .several }
    return .range(
      lower: extreme(leaf, from: low, direction: -1).map(String.init),
      upper: extreme(leaf, from: high, direction: 1).map(String.init))
  }

  /// The outermost possible value in a direction, by doubling steps and then halving them; nil if
  /// there is none within 2^60. Requires: `from` is possible.
  private mutating func extreme(_ leaf: LeafID, from: Int64, direction: Int64) -> Int64? {
    let limit: Int64 = 1 << 60
    // Most have no end at all, or a near one.
    if isPossible(beyond(direction * limit, leaf, direction)) ?? false { return nil }
    var possible = from
    var step: Int64 = 1
    var isGrowing = true
    while step > 0 {
      let probe = possible + direction * step
      if probe.magnitude > limit.magnitude { return nil }
      if isPossible(beyond(probe, leaf, direction)) ?? false {
        possible = probe
        if isGrowing, step < limit / 2 { step *= 2 } else { step /= isGrowing ? 1 : 2 }
      } else {
        isGrowing = false
        step /= 2
      }
    }
    return possible
  }

  /// That the leaf has this value or one further in the direction.
  private func beyond(_ value: Int64, _ leaf: LeafID, _ direction: Int64) -> cz3_ast {
    let bound = refiner.translation.integer(value)
    let constant = refiner.translation.leaves[leaf.index]
    return direction > 0
      ? cz3_mk_le(context, bound, constant) : cz3_mk_le(context, constant, bound)
  }
}
