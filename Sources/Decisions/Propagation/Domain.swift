/// A superset of the values that a leaf may have.
enum Domain: Equatable {
  /// `base + i` for each bit i; a bool is 0 or 1, a value of an enumeration its index.
  case values(base: Int64, UInt64)
  /// Integers or reals; nil: no bound is known.
  case between(Int64?, Int64?)
  /// Smaller, or larger, than all other numbers whatever these are: of a leaf that is chosen last.
  case below, above
  /// A string unlike all others.
  case fresh
  /// Of a string.
  case anything

  var isEmpty: Bool {
    switch self {
    case .values(_, let members): members == 0
    case .between(let lower?, let upper?): lower > upper
    default: false
    }
  }

  /// Nil where there is none, or none is known.
  var lower: Int64? {
    switch self {
    case .values(let base, let members): base &+ Int64(members.trailingZeroBitCount)
    case .between(let lower, _): lower
    default: nil
    }
  }

  var upper: Int64? {
    switch self {
    case .values(let base, let members): base &+ Int64(63 - members.leadingZeroBitCount)
    case .between(_, let upper): upper
    default: nil
    }
  }

  func contains(_ value: Int64) -> Bool {
    switch self {
    case .values(let base, let members):
      guard value >= base, case (let bit, false) = value.subtractingReportingOverflow(base) else {
        return false
      }
      return bit < 64 && members >> UInt64(bit) & 1 == 1
    case .between(let lower, let upper):
      return (lower.map { $0 <= value } ?? true) && (upper.map { value <= $0 } ?? true)
    case .below, .above, .fresh: return false
    case .anything: return true
    }
  }

  /// All values where they are listed, in order.
  var members: [Int64]? {
    guard case .values(let base, let members) = self else { return nil }
    return (0..<64).filter { members >> UInt64($0) & 1 == 1 }.map { base + $0 }
  }

  func within(_ least: Int64?, _ most: Int64?) -> Domain {
    switch self {
    case .values(let base, let members):
      var kept = members
      for bit in 0..<Int64(64) where members >> UInt64(bit) & 1 == 1 {
        if least.map({ base + bit < $0 }) ?? false || most.map({ base + bit > $0 }) ?? false {
          kept &= ~(1 << UInt64(bit))
        }
      }
      return .values(base: base, kept)
    case .between(let lower, let upper):
      return .between(
        lower.map { max($0, least ?? $0) } ?? least, upper.map { min($0, most ?? $0) } ?? most)
    default: return self
    }
  }

  /// Requires, where the domain is not listed: the leaf is an integer.
  func without(_ value: Int64) -> Domain {
    switch self {
    case .values(let base, let members):
      contains(value) ? .values(base: base, members & ~(1 << UInt64(value - base))) : self
    case .between(value, let upper) where value < .max: .between(value + 1, upper)
    case .between(let lower, value) where value > .min: .between(lower, value - 1)
    default: self
    }
  }

  func intersection(_ other: Domain) -> Domain {
    if case .values(let base, let members) = self, case .values(base, let others) = other {
      return .values(base: base, members & others)
    }
    return within(other.lower, other.upper)
  }
}
