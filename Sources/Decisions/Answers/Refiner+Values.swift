import CZ3

extension Refiner {
  /// What is possible for each leaf: under the prompt, and under the claims too.
  func findChoices() {
    // What is possible with the claims is so without them: the second round has less to ask.
    var seen: [Set<LeafValue>] = Array(repeating: [], count: model.leaves.count)
    var withClaims: [Possible]?
    if case .satisfiable = refinement.joint, !model.claims.isEmpty {
      withClaims = possibilities(promptLiterals + literals(model.claims), &seen)
    }
    let inPrompt = possibilities(promptLiterals, &seen)
    if case .satisfiable = refinement.joint, model.claims.isEmpty { withClaims = inPrompt }
    refinement.choices = model.leaves.indices.map {
      Choice(leaf: LeafID($0), inPrompt: inPrompt[$0], withClaims: withClaims?[$0])
    }
  }

  private func possibilities(
    _ facts: [Literal], _ seen: inout [Set<LeafValue>]
  ) -> [Possible] {
    session.assuming(facts) {
      var possibilities = Possibilities(self, seen)
      defer { seen = possibilities.seen }
      return possibilities.all()
    }
  }
}

/// The values that leaves may have under the facts of the session. Requires: these are satisfiable.
private struct Possibilities {
  /// Values of a type with more than these are not listed.
  static let listedMax: Int64 = 64

  private let refiner: Refiner
  /// By leaf, values that some model had: each answers for every leaf at once.
  private(set) var seen: [Set<LeafValue>]

  init(_ refiner: Refiner, _ seen: [Set<LeafValue>]) {
    self.refiner = refiner
    self.seen = seen
  }

  mutating func all() -> [Possible] {
    guard case .satisfiable = refiner.session.check([]) else {
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
    let isOther = cz3_mk_not(context, equality(leaf, known, sort)) as cz3_ast
    switch seen[leaf.index].count > 1 ? true : isPossible(isOther) {
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
    switch refiner.session.check([], with: term) {
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
    guard outermost(leaf, 1) != nil else { return .several }
    return .range(
      lower: extreme(leaf, direction: -1).map(String.init),
      upper: extreme(leaf, direction: 1).map(String.init))
  }

  /// The outermost value seen so far in a direction.
  private func outermost(_ leaf: LeafID, _ direction: Int64) -> Int64? {
    let numbers = seen[leaf.index].compactMap { value -> Int64? in
      if case .number(let digits) = value { Int64(digits) } else { nil }
    }
    return direction > 0 ? numbers.max() : numbers.min()
  }

  /// The outermost possible value in a direction, by steps that double until one is too large, and
  /// then by halving what is left; nil if there is none within 2^60.
  ///
  /// Requires: a value has been seen.
  private mutating func extreme(_ leaf: LeafID, direction: Int64) -> Int64? {
    let bounds = refiner.model.bounds(refiner.model.leaves[leaf.index].sort)
    let limit =
      bounds.map { direction > 0 ? $0.upperBound : $0.lowerBound } ?? direction * (1 << 60)
    let atLimit = bounds == nil ? nil : limit
    guard var possible = outermost(leaf, direction) else { return nil }
    if direction > 0 ? possible >= limit : possible <= limit { return atLimit }
    // Most have no end at all, or a near one.
    if isPossible(beyond(limit, leaf, direction)) ?? false { return atLimit }
    var impossible = limit
    var step: Int64 = 1
    while (impossible - possible).magnitude > 1 {
      let half = Int64((impossible - possible).magnitude / 2)
      let probe = possible + direction * min(step, half)
      if isPossible(beyond(probe, leaf, direction)) ?? false {
        possible = outermost(leaf, direction) ?? probe
        step = min(step * 2, 1 << 60)
      } else {
        impossible = probe
        step = 1 << 60
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
