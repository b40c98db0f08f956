/// How tightly an operator binds, loosest first.
enum Precedence: Int, Comparable {
  case none, leadsTo, iff, implies, until, or, and, comparison, union, intersect, range, sum
  case product

  static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }

  /// The next tighter level.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .product }
}

/// What stands between two operands.
enum Infix: Equatable {
  case binary(BinaryOperator)
  case range
  case until
  case leadsTo

  var precedence: Precedence {
    switch self {
    case .leadsTo: .leadsTo
    case .until: .until
    case .range: .range
    case .binary(let binary): binary.precedence
    }
  }

  /// Whether `a op b op c` means `a op (b op c)`.
  var isRightAssociative: Bool {
    self == .binary(.implies) || self == .until || self == .leadsTo
  }
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .iff: .iff
    case .implies: .implies
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual, .in: .comparison
    case .union, .minus: .union
    case .intersect: .intersect
    case .add, .subtract: .sum
    case .multiply, .divide, .remainder: .product
    }
  }
}
