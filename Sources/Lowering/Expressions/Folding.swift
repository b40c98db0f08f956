import TransitionSystem

/// Builders of cell expressions that fold constants and drop neutral operands.
extension ProgramExpression {
  static let yes = ProgramExpression.constant(1)
  static let no = ProgramExpression.constant(0)

  var constantValue: Int64? { if case .constant(let value) = self { value } else { nil } }

  /// Whether it may be evaluated twice: a constant, a register or a slot.
  var isTrivial: Bool {
    switch self {
    case .constant, .register, .slot: true
    default: false
    }
  }

  /// Whether its evaluation can fail.
  var canFail: Bool {
    switch self {
    case .constant, .register, .slot, .quiescent: false
    case .registerAt(_, _, let index), .slotAt(_, _, _, let index): index.canFail
    case .unary(_, let operand): operand.canFail
    case .binary(_, let left, let right): left.canFail || right.canFail
    case .checked, .ask: true
    case .conditional(let condition, let yes, let no):
      condition.canFail || yes.canFail || no.canFail
    }
  }

  static func sum(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(let a), .constant(let b)): .constant(a &+ b)
    case (.constant(0), let other), (let other, .constant(0)): other
    case (.binary(.addWrapping, let inner, .constant(let a)), .constant(let b)):
      sum(inner, .constant(a &+ b))
    case (.binary(.subtractWrapping, let inner, .constant(let a)), .constant(let b)):
      sum(inner, .constant(b &- a))
    case (_, .constant(let b)) where b < 0 && b != .min:
      .binary(.subtractWrapping, left, .constant(-b))
    default: .binary(.addWrapping, left, right)
    }
  }

  static func difference(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(let a), .constant(let b)): .constant(a &- b)
    case (_, .constant(0)): left
    case (_, .constant(let b)) where b != .min: sum(left, .constant(-b))
    default: .binary(.subtractWrapping, left, right)
    }
  }

  static func product(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(let a), .constant(let b)): .constant(a &* b)
    case (.constant(1), let other), (let other, .constant(1)): other
    case (.constant(0), let other) where !other.canFail: .no
    case (let other, .constant(0)) where !other.canFail: .no
    default: .binary(.multiplyWrapping, left, right)
    }
  }

  /// Requires: the divisor is not 0 and the result fits.
  static func quotient(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(let a), .constant(let b)) where b != 0 && !(a == .min && b == -1):
      .constant(a / b)
    case (_, .constant(1)): left
    default: .binary(.divideUnchecked, left, right)
    }
  }

  /// Requires: the divisor is not 0 and the result fits.
  static func remainder(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(let a), .constant(let b)) where b != 0 && !(a == .min && b == -1):
      .constant(a % b)
    case (_, .constant(1)) where !left.canFail: .no
    default: .binary(.remainderUnchecked, left, right)
    }
  }

  static func not(_ operand: Self) -> Self {
    switch operand {
    case .constant(let value): .constant(value == 0 ? 1 : 0)
    case .binary(.equal, let a, let b): .binary(.notEqual, a, b)
    case .binary(.notEqual, let a, let b): .binary(.equal, a, b)
    case .binary(.less, let a, let b): .binary(.lessEqual, b, a)
    case .binary(.lessEqual, let a, let b): .binary(.less, b, a)
    default: .unary(.not, operand)
    }
  }

  static func equal(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(let a), .constant(let b)): .constant(a == b ? 1 : 0)
    case (.slot(let a), .slot(let b)) where a == b: .yes
    case (.register(let a), .register(let b)) where a == b: .yes
    case (.constant, _): .binary(.equal, right, left)
    default: .binary(.equal, left, right)
    }
  }

  static func less(_ left: Self, _ right: Self) -> Self {
    if let a = left.constantValue, let b = right.constantValue { return .constant(a < b ? 1 : 0) }
    return .binary(.less, left, right)
  }

  static func lessEqual(_ left: Self, _ right: Self) -> Self {
    if let a = left.constantValue, let b = right.constantValue { return .constant(a <= b ? 1 : 0) }
    return .binary(.lessEqual, left, right)
  }

  static func and(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(0), _): .no
    case (.constant, _): right
    case (_, .constant(0)) where !left.canFail: .no
    case (_, .constant(let b)) where b != 0: left
    default: .binary(.and, left, right)
    }
  }

  static func or(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(0), _): right
    case (.constant, _): .yes
    case (_, .constant(0)): left
    case (_, .constant) where !left.canFail: .yes
    default: .binary(.or, left, right)
    }
  }

  static func all(_ operands: [Self]) -> Self { operands.reduce(.yes, and) }
  static func any(_ operands: [Self]) -> Self { operands.reduce(.no, or) }

  static func conditional(if condition: Self, _ yes: Self, _ no: Self) -> Self {
    switch (condition.constantValue, yes, no) {
    case (.some(let value), _, _): value != 0 ? yes : no
    case (_, .constant(1), .constant(0)): condition
    case (_, .constant(let a), .constant(let b)) where a == b && !condition.canFail: yes
    default: .conditional(condition, yes, no)
    }
  }

  static func within(_ value: Self, _ lower: Int64, _ upper: Int64) -> Self {
    if lower == upper { return equal(value, .constant(lower)) }
    return and(lessEqual(.constant(lower), value), lessEqual(value, .constant(upper)))
  }
}

/// Masks.
extension ProgramExpression {
  static func bitAnd(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(let a), .constant(let b)): .constant(a & b)
    case (.constant(-1), let other), (let other, .constant(-1)): other
    case (.constant(0), let other) where !other.canFail: .no
    case (let other, .constant(0)) where !other.canFail: .no
    default: .binary(.bitAnd, left, right)
    }
  }

  static func bitOr(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(let a), .constant(let b)): .constant(a | b)
    case (.constant(0), let other), (let other, .constant(0)): other
    default: .binary(.bitOr, left, right)
    }
  }

  static func bitAndNot(_ left: Self, _ right: Self) -> Self {
    switch (left, right) {
    case (.constant(let a), .constant(let b)): .constant(a & ~b)
    case (_, .constant(0)): left
    case (.constant(0), _) where !right.canFail: .no
    default: .binary(.bitAndNot, left, right)
    }
  }

  /// Requires: 0 <= amount <= 63.
  static func shiftLeft(_ value: Self, _ amount: Self) -> Self {
    switch (value, amount) {
    case (.constant(let a), .constant(let b)): .constant(a << b)
    case (_, .constant(0)): value
    default: .binary(.shiftLeft, value, amount)
    }
  }

  /// Logical. Requires: 0 <= amount <= 63.
  static func shiftRight(_ value: Self, _ amount: Self) -> Self {
    switch (value, amount) {
    case (.constant(let a), .constant(let b)):
      .constant(Int64(bitPattern: UInt64(bitPattern: a) >> UInt64(b)))
    case (_, .constant(0)): value
    default: .binary(.shiftRight, value, amount)
    }
  }

  static func populationCount(_ value: Self) -> Self {
    if let constant = value.constantValue { return .constant(Int64(constant.nonzeroBitCount)) }
    return .unary(.populationCount, value)
  }
}
