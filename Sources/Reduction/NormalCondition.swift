import TransitionSystem

/// A condition in negation normal form, as far as its connectives go.
///
/// Requires: evaluating it cannot fail, so that nobody can tell in which order that is done.
indirect enum NormalCondition {
  /// That a slot of at most six bits has one of the raw values `allowed`, as the expression says.
  case test(slot: Int, allowed: UInt64, ProgramExpression)
  case other(ProgramExpression)
  case all([NormalCondition])
  case some([NormalCondition])

  static let `true` = NormalCondition.all([])
  static let `false` = NormalCondition.some([])

  /// That the expression, which is 0 or 1, has a value.
  init(_ expression: ProgramExpression, is value: Bool, in layout: StateLayout) {
    switch expression {
    case .constant(let constant): self = (constant != 0) == value ? .true : .false
    case .unary(.not, let operand): self.init(operand, is: !value, in: layout)
    case .binary(.and, let left, let right): self.init(left, right, isAnd: value, value, layout)
    case .binary(.or, let left, let right): self.init(left, right, isAnd: !value, value, layout)
    default:
      let condition = value ? expression : .unary(.not, expression)
      if let (slot, allowed) = expression.test(in: layout) {
        self = .test(slot: slot, allowed: value ? allowed : ~allowed, condition)
      } else {
        self = .other(condition)
      }
    }
  }

  private init(
    _ left: ProgramExpression, _ right: ProgramExpression, isAnd: Bool, _ value: Bool,
    _ layout: StateLayout
  ) {
    let sides = [left, right].map { NormalCondition($0, is: value, in: layout) }
    self = isAnd ? .all(sides.flatMap(\.conjuncts)) : .some(sides.flatMap(\.disjuncts))
  }

  private var conjuncts: [NormalCondition] {
    if case .all(let parts) = self { parts } else { [self] }
  }

  /// It is met where one of them is.
  var disjuncts: [NormalCondition] {
    if case .some(let parts) = self { parts } else { [self] }
  }

  /// What is left where slots have one of these raw values.
  func simplified(_ values: [Int: UInt64]) -> NormalCondition {
    switch self {
    case .test(let slot, let allowed, _):
      guard let possible = values[slot] else { return self }
      if possible & ~allowed == 0 { return .true }
      return possible & allowed == 0 ? .false : self
    case .other: return self
    case .all(let parts):
      var rest: [NormalCondition] = []
      for part in parts {
        let part = part.simplified(values)
        if case .some(let none) = part, none.isEmpty { return .false }
        rest += part.conjuncts
      }
      return rest.count == 1 ? rest[0] : .all(rest)
    case .some(let parts):
      var rest: [NormalCondition] = []
      for part in parts {
        let part = part.simplified(values)
        if case .all(let none) = part, none.isEmpty { return .true }
        rest += part.disjuncts
      }
      return rest.count == 1 ? rest[0] : .some(rest)
    }
  }

  var expression: ProgramExpression {
    switch self {
    case .test(_, _, let condition), .other(let condition): condition
    case .all(let parts): Self.joined(.and, parts[...], empty: 1)
    case .some(let parts): Self.joined(.or, parts[...], empty: 0)
    }
  }

  /// Balanced, so that whoever walks the tree does not go deep.
  private static func joined(
    _ connective: ProgramBinary, _ parts: ArraySlice<NormalCondition>, empty: Int64
  ) -> ProgramExpression {
    guard let first = parts.first else { return .constant(empty) }
    if parts.count == 1 { return first.expression }
    let middle = parts.startIndex + parts.count / 2
    return .binary(
      connective, joined(connective, parts[..<middle], empty: empty),
      joined(connective, parts[middle...], empty: empty))
  }
}
