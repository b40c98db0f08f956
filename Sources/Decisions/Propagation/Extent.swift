/// Where the value of a term lies: a superset of what it can be.
enum Extent: Equatable {
  case truth(canHold: Bool, canFail: Bool)
  /// Numbers that do not depend on a leaf that is chosen last; nil: without a known bound.
  case between(Int64?, Int64?)
  /// As the domains of those names.
  case below, above, fresh
  /// Whatever it is.
  case anything

  static let eitherTruth = Extent.truth(canHold: true, canFail: true)
  static func known(_ value: Bool) -> Extent { .truth(canHold: value, canFail: !value) }

  var canHold: Bool { if case .truth(let can, _) = self { can } else { true } }
  var canFail: Bool { if case .truth(_, let can) = self { can } else { true } }
  var lower: Int64? { if case .between(let lower, _) = self { lower } else { nil } }
  var upper: Int64? { if case .between(_, let upper) = self { upper } else { nil } }

  /// The only number, where there is one.
  var point: Int64? { lower.flatMap { $0 == upper ? $0 : nil } }

  var negated: Extent {
    switch self {
    case .truth(let canHold, let canFail): .truth(canHold: canFail, canFail: canHold)
    case .between(let lower, let upper):
      .between(upper.flatMap(negative), lower.flatMap(negative))
    case .below: .above
    case .above: .below
    case .fresh, .anything: .anything
    }
  }

  func joined(_ other: Extent) -> Extent {
    switch (self, other) {
    case (.truth(let a, let b), .truth(let c, let d)): .truth(canHold: a || c, canFail: b || d)
    case (.between(let a, let b), .between(let c, let d)):
      .between(
        a.flatMap { a in c.map { min(a, $0) } }, b.flatMap { b in d.map { max(b, $0) } })
    default: self == other && self != .fresh ? self : .anything
    }
  }

  // MARK: Comparisons

  static func equality(_ a: Extent, _ b: Extent) -> Extent {
    switch (a, b) {
    case (.truth(let holds, let fails), .truth(let alsoHolds, let alsoFails)):
      return .truth(
        canHold: holds && alsoHolds || fails && alsoFails,
        canFail: holds && alsoFails || fails && alsoHolds)
    case (.fresh, .fresh): return eitherTruth
    case (.fresh, _), (_, .fresh): return known(false)
    default: break
    }
    if let point = a.point, point == b.point { return known(true) }
    let mayMeet =
      comparison(a, b, orEqual: true).canHold && comparison(b, a, orEqual: true).canHold
    return mayMeet ? eitherTruth : known(false)
  }

  static func comparison(_ a: Extent, _ b: Extent, orEqual: Bool) -> Extent {
    switch (a, b) {
    case (.below, .between), (.between, .above), (.below, .above): return known(true)
    case (.between, .below), (.above, .between), (.above, .below): return known(false)
    case (.between(let low, let high), .between(let otherLow, let otherHigh)):
      if let high, let otherLow, orEqual ? high <= otherLow : high < otherLow { return known(true) }
      if let low, let otherHigh, orEqual ? low > otherHigh : low >= otherHigh {
        return known(false)
      }
      return eitherTruth
    default: return eitherTruth
    }
  }

  // MARK: Arithmetic

  func plus(_ other: Extent) -> Extent {
    switch (self, other) {
    case (.between(let a, let b), .between(let c, let d)): .between(sum(a, c), sum(b, d))
    case (.below, .between), (.between, .below), (.below, .below): .below
    case (.above, .between), (.between, .above), (.above, .above): .above
    default: .anything
    }
  }

  func times(_ other: Extent) -> Extent {
    if let factor = other.point { return times(factor) }
    if let factor = point { return other.times(factor) }
    guard case .between(let a, let b) = self, case .between(let c, let d) = other else {
      return .anything
    }
    guard let a, let b, let c, let d else { return .between(nil, nil) }
    let products = [(a, c), (a, d), (b, c), (b, d)].compactMap { product($0, $1) }
    return products.count == 4 ? .between(products.min(), products.max()) : .between(nil, nil)
  }

  private func times(_ factor: Int64) -> Extent {
    if factor == 0 { return .between(0, 0) }
    if factor < 0 { return negative(factor).map { negated.times($0) } ?? .anything }
    guard case .between(let lower, let upper) = self else { return self }
    return .between(
      lower.flatMap { product($0, factor) }, upper.flatMap { product($0, factor) })
  }

  /// Rounded towards zero.
  func divided(by divisor: Extent) -> Extent {
    guard let divisor = divisor.point, divisor != 0 else { return .anything }
    if divisor < 0 {
      return negative(divisor).map { negated.divided(by: .between($0, $0)) } ?? .anything
    }
    guard case .between(let lower, let upper) = self else { return self }
    return .between(lower.map { $0 / divisor }, upper.map { $0 / divisor })
  }

  /// With the sign of the dividend.
  func remainder(by divisor: Int64) -> Extent {
    guard divisor != 0, divisor != .min else { return .anything }
    if let point { return .between(point % divisor, point % divisor) }
    let most = abs(divisor) - 1
    let isPositive = lower.map { $0 >= 0 } ?? (self == .above)
    let isNegative = upper.map { $0 <= 0 } ?? (self == .below)
    return .between(isPositive ? 0 : -most, isNegative ? 0 : most)
  }
}

private func sum(_ a: Int64?, _ b: Int64?) -> Int64? {
  guard let a, let b, case (let sum, false) = a.addingReportingOverflow(b) else { return nil }
  return sum
}

private func product(_ a: Int64, _ b: Int64) -> Int64? {
  if case (let product, false) = a.multipliedReportingOverflow(by: b) { product } else { nil }
}

private func negative(_ value: Int64) -> Int64? { value == .min ? nil : -value }
