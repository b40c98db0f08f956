import CZ3

extension Refiner {
  /// What is possible for each leaf: under the prompt, and under the claims too.
  func findChoices() {
    var withClaims: [Possible]?
    // What is possible with the claims is so without them: the second round has less to ask.
    var members: [[Scalar]] = []
    if case .satisfiable(let joint, _) = refinement.joint {
      members = [joint.scalars].compactMap { $0 }
      if !model.claims.isEmpty {
        let found = possible(model.requirements + model.claims, members)
        (withClaims, members) = (found.answers, found.known.members)
      }
    } else if case .satisfiable(let sample, _) = refinement.prompt {
      members = [sample.scalars].compactMap { $0 }
    }
    let inPrompt = possible(model.requirements, members)
    if case .satisfiable = refinement.joint, model.claims.isEmpty { withClaims = inPrompt.answers }
    known = inPrompt.known
    refinement.choices = model.leaves.indices.map {
      Choice(leaf: LeafID($0), inPrompt: inPrompt.answers[$0], withClaims: withClaims?[$0])
    }
  }

  private func possible(
    _ clauses: [ClauseID], _ members: [[Scalar]]
  ) -> (answers: [Possible], known: Possibilities) {
    session.assuming(literals(clauses)) {
      var possibilities = Possibilities(self, clauses, members: members)
      let answers = model.leaves.indices.map { possibilities.possible(LeafID($0)) }
      return (answers, possibilities)
    }
  }
}

extension Possibilities {
  mutating func possible(_ leaf: LeafID) -> Possible {
    let sort = refiner.model.leaves[leaf.index].sort
    do throws(GaveUp) {
      switch sort {
      case .bool, .enumeration: return try listed(leaf, sort)
      case .string: return try texts(leaf)
      case .real: return try realRange(leaf)
      case .integer(let bounds):
        if case .values = Domain(sort, in: refiner.model) { return try listed(leaf, sort) }
        return try integerRange(leaf, bounds)
      }
    } catch {
      return .unknown("the solver gave up")
    }
  }

  var context: cz3_context { refiner.session.context }

  func constant(_ leaf: LeafID) -> cz3_ast { refiner.translation.leaves[leaf.index] }

  func equality(_ leaf: LeafID, _ value: LeafValue) -> cz3_ast {
    let sort = refiner.model.leaves[leaf.index].sort
    return cz3_mk_eq(context, constant(leaf), refiner.translation.constant(value, sort))
  }

  private mutating func listed(_ leaf: LeafID, _ sort: ScalarSort) throws(GaveUp) -> Possible {
    var values: [LeafValue] = []
    for number in Domain(sort, in: refiner.model).members ?? [] {
      let value: Scalar = sort == .bool ? .bool(number == 1) : Scalar(number)
      if !seen[leaf.index].contains(value) {
        let only = Domain(sort, in: refiner.model).within(number, number)
        let isSo = try isPossible(leaf, in: only, equality(leaf, value.leafValue))
        if !isSo { continue }
      }
      values.append(value.leafValue)
    }
    return values.count == 1 ? .forced(values[0]) : .values(values)
  }

  // MARK: Strings

  /// The strings that clauses mention, and whether there are others.
  private mutating func texts(_ leaf: LeafID) throws(GaveUp) -> Possible {
    let mentioned = refiner.mentionedStrings
    var values: [LeafValue] = []
    for value in mentioned.map({ LeafValue.string($0) }) {
      var isOne = Scalar(value).map { seen[leaf.index].contains($0) } ?? false
      if !isOne { isOne = try isPossible(equality(leaf, value)) }
      if isOne { values.append(value) }
    }
    let isMentioned = mentioned.map { equality(leaf, .string($0)) }
    let isOther = cz3_mk_not(context, refiner.session.anyOf(isMentioned, negated: false)) as cz3_ast
    guard try isPossible(isOther) else {
      return values.count == 1 ? .forced(values[0]) : .values(values)
    }
    return .texts(values)
  }

  // MARK: Integers

  private mutating func integerRange(
    _ leaf: LeafID, _ bounds: ClosedRange<Int64>?
  ) throws(GaveUp) -> Possible {
    guard outermost(leaf, 1) != nil else { return .unknown("it has values beyond 64 bits") }
    let lower = try extreme(leaf, bounds?.lowerBound, direction: -1)
    let upper = try extreme(leaf, bounds?.upperBound, direction: 1)
    if let lower, lower == upper { return .forced(.number(String(lower))) }
    return .range(
      lower: lower.map { Bound(value: String($0)) }, upper: upper.map { Bound(value: String($0)) })
  }

  /// The outermost value seen so far in a direction, to the integer before it.
  func outermost(_ leaf: LeafID, _ direction: Int64) -> Int64? {
    let numbers = seen[leaf.index].compactMap { value -> Int64? in
      if case .number(let number) = value { number.rounded(up: direction < 0) } else { nil }
    }
    return direction > 0 ? numbers.max() : numbers.min()
  }

  /// The outermost possible value in a direction: mostly where propagation ends; otherwise by steps
  /// that double until one is too large, and then by halving what is left. Nil if there is none
  /// within 2^60.
  ///
  /// Requires: a value has been seen.
  mutating func extreme(
    _ leaf: LeafID, _ declared: Int64?, direction: Int64
  ) throws(GaveUp) -> Int64? {
    let narrowed = direction > 0 ? domains[leaf].upper : domains[leaf].lower
    let limit = narrowed ?? declared ?? direction * (1 << 60)
    guard var possible = outermost(leaf, direction) else { return nil }
    let isBounded = narrowed != nil || declared != nil
    if direction > 0 ? possible >= limit : possible <= limit { return isBounded ? limit : nil }
    if try canReach(limit, leaf, direction) { return isBounded ? limit : nil }
    var impossible = limit
    var step: Int64 = 1
    while impossible &- possible != direction {
      let gap = UInt64(bitPattern: direction > 0 ? impossible &- possible : possible &- impossible)
      let probe = possible + direction * min(step, Int64(gap / 2))
      if try canReach(probe, leaf, direction) {
        possible = outermost(leaf, direction) ?? probe
        if direction > 0 ? possible < probe : possible > probe { possible = probe }
        step = min(step * 2, 1 << 60)
      } else {
        impossible = probe
        step = 1 << 60
      }
    }
    return possible
  }

  /// Whether the leaf can have this value or one further in the direction.
  mutating func canReach(
    _ value: Int64, _ leaf: LeafID, _ direction: Int64
  ) throws(GaveUp) -> Bool {
    let domain = direction > 0 ? Domain.between(value, nil) : .between(nil, value)
    let sort = refiner.model.leaves[leaf.index].sort
    let bound = refiner.translation.constant(.number(String(value)), sort)
    let constant = constant(leaf)
    let term: cz3_ast =
      direction > 0 ? cz3_mk_le(context, bound, constant) : cz3_mk_le(context, constant, bound)
    return try isPossible(leaf, in: domain, term)
  }
}
