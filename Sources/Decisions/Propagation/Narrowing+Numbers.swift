extension Narrowing {
  mutating func requireEqual(_ a: Term, _ b: Term, _ value: Bool) -> Bool {
    let (left, right) = (domains.extent(a), domains.extent(b))
    if case .truth = left { return requireSame(a, left, b, right, value) }
    let isEqual = domains.extent(.equal(a, b))
    guard value ? isEqual.canHold : isEqual.canFail else { return false }
    if !value { return separate(a, from: right) && separate(b, from: left) }
    if case (.leaf(let leaf), .leaf(let other)) = (a, b) {
      let common = domains[leaf].intersection(domains[other])
      return set(leaf, common) && set(other, domains[other].intersection(common))
    }
    if case (.leaf(let leaf), .integer(let known)) = (a, b) {
      return set(leaf, domains[leaf].within(known, known))
    }
    return narrow(a, right.lower, right.upper) && narrow(b, left.lower, left.upper)
  }

  private mutating func requireSame(
    _ a: Term, _ left: Extent, _ b: Term, _ right: Extent, _ value: Bool
  ) -> Bool {
    if !left.canHold || !left.canFail { return require(b, left.canHold == value) }
    if !right.canHold || !right.canFail { return require(a, right.canHold == value) }
    return true
  }

  private mutating func separate(_ term: Term, from other: Extent) -> Bool {
    guard case .leaf(let leaf) = term, !isReal(leaf), let point = other.point else { return true }
    return set(leaf, domains[leaf].without(point))
  }

  mutating func requireOrder(_ a: Term, _ b: Term, orEqual: Bool, _ value: Bool) -> Bool {
    if !value { return requireOrder(b, a, orEqual: !orEqual, true) }
    let (left, right) = (domains.extent(a), domains.extent(b))
    guard Extent.comparison(left, right, orEqual: orEqual).canHold else { return false }
    let gap: Int64 = !orEqual && isInteger(a) && isInteger(b) ? 1 : 0
    return narrow(a, nil, right.upper.map { $0 == .min ? $0 : $0 - gap })
      && narrow(b, left.lower.map { $0 == .max ? $0 : $0 + gap }, nil)
  }

  private func isInteger(_ term: Term) -> Bool {
    switch term {
    case .leaf(let leaf): !isReal(leaf)
    case .real, .toReal, .ratio: false
    case .integer, .divide, .remainder: true
    case .conditional(_, let then, let otherwise): isInteger(then) && isInteger(otherwise)
    default: term.parts.allSatisfy(isInteger)
    }
  }

  // MARK: Bounds

  /// The number lies between the bounds; false: it cannot.
  private mutating func narrow(_ term: Term, _ least: Int64?, _ most: Int64?) -> Bool {
    if least == nil, most == nil { return true }
    switch term {
    case .leaf(let leaf): return set(leaf, domains[leaf].within(least, most))
    case .toReal(let inner): return narrow(inner, least, most)
    case .add(let terms): return narrowSum(terms, least, most)
    case .multiply(.integer(let factor), let inner), .multiply(let inner, .integer(let factor)):
      return narrow(inner, by: factor, least, most)
    case .conditional(let test, let then, let otherwise):
      if !fits(then, least, most), !require(test, false) { return false }
      if !fits(otherwise, least, most), !require(test, true) { return false }
      let condition = domains.extent(test)
      if !condition.canFail { return narrow(then, least, most) }
      return condition.canHold || narrow(otherwise, least, most)
    default: return true
    }
  }

  private func fits(_ term: Term, _ least: Int64?, _ most: Int64?) -> Bool {
    Extent.equality(domains.extent(term), .between(least, most)).canHold
  }

  private mutating func narrow(
    _ term: Term, by factor: Int64, _ least: Int64?, _ most: Int64?
  ) -> Bool {
    if factor == 0 || factor == .min || least == .min || most == .min { return true }
    if factor < 0 { return narrow(term, by: -factor, most.map { -$0 }, least.map { -$0 }) }
    let isWhole = isInteger(term)
    return narrow(
      term, least.map { quotient($0, factor, roundingUp: isWhole) },
      most.map { quotient($0, factor, roundingUp: !isWhole) })
  }

  /// Integers are rounded inwards, reals outwards.
  private func quotient(_ a: Int64, _ b: Int64, roundingUp: Bool) -> Int64 {
    let quotient = a / b
    if a % b == 0 { return quotient }
    return roundingUp ? quotient + (a > 0 ? 1 : 0) : quotient - (a < 0 ? 1 : 0)
  }

  private mutating func narrowSum(_ terms: [Term], _ least: Int64?, _ most: Int64?) -> Bool {
    let extents = terms.map { domains.extent($0) }
    let (lower, upper) = (Total(extents.map(\.lower)), Total(extents.map(\.upper)))
    for (term, extent) in zip(terms, extents) {
      let fits = narrow(
        term, difference(least, upper.without(extent.upper)),
        difference(most, lower.without(extent.lower)))
      if !fits { return false }
    }
    return true
  }

  private func difference(_ a: Int64?, _ b: Int64?) -> Int64? {
    guard let a, let b, case (let result, false) = a.subtractingReportingOverflow(b) else {
      return nil
    }
    return result
  }
}

/// A sum of bounds, from which each can be taken again.
private struct Total {
  private var sum: Int64 = 0
  private var unboundedCount = 0
  private var overflows = false

  init(_ bounds: [Int64?]) {
    for bound in bounds {
      guard let bound else {
        unboundedCount += 1
        continue
      }
      let (next, overflow) = sum.addingReportingOverflow(bound)
      overflows = overflows || overflow
      sum = next
    }
  }

  /// The sum of all others; nil without a bound.
  func without(_ bound: Int64?) -> Int64? {
    if overflows || unboundedCount > (bound == nil ? 1 : 0) { return nil }
    guard let bound else { return sum }
    let (rest, overflow) = sum.subtractingReportingOverflow(bound)
    return overflow ? nil : rest
  }
}
