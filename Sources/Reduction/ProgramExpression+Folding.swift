import TransitionSystem

/// Operators on constants, as the machine computes them.
extension ProgramExpression {
  var constant: Int64? { if case .constant(let value) = self { value } else { nil } }

  var isTrue: Bool { constant.map { $0 != 0 } ?? false }

  var readsRegisters: Bool {
    switch self {
    case .constant, .slot, .quiescent, .ask: false
    case .register, .registerAt: true
    case .slotAt(_, _, _, let operand), .unary(_, let operand): operand.readsRegisters
    case .binary(_, let left, let right), .checked(_, let left, let right, _):
      left.readsRegisters || right.readsRegisters
    case .conditional(let condition, let yes, let no):
      condition.readsRegisters || yes.readsRegisters || no.readsRegisters
    }
  }

  var nodeCount: Int {
    switch self {
    case .constant, .register, .slot, .quiescent, .ask: 1
    case .registerAt(_, _, let operand), .slotAt(_, _, _, let operand), .unary(_, let operand):
      1 + operand.nodeCount
    case .binary(_, let left, let right), .checked(_, let left, let right, _):
      1 + left.nodeCount + right.nodeCount
    case .conditional(let condition, let yes, let no):
      1 + condition.nodeCount + yes.nodeCount + no.nodeCount
    }
  }

  static func folded(_ op: ProgramUnary, _ operand: ProgramExpression) -> ProgramExpression {
    guard let value = operand.constant else { return .unary(op, operand) }
    switch op {
    case .not: return .constant(value == 0 ? 1 : 0)
    case .bitNot: return .constant(~value)
    case .populationCount: return .constant(Int64(value.nonzeroBitCount))
    case .trailingZeros: return .constant(Int64(value.trailingZeroBitCount))
    }
  }

  static func folded(
    _ op: ProgramBinary, _ left: ProgramExpression, _ right: ProgramExpression
  ) -> ProgramExpression {
    if op == .and || op == .or { return foldedConnective(op, left, right) }
    guard let a = left.constant, let b = right.constant else { return .binary(op, left, right) }
    switch op {
    case .addWrapping: return .constant(a &+ b)
    case .subtractWrapping: return .constant(a &- b)
    case .multiplyWrapping: return .constant(a &* b)
    case .equal: return .constant(a == b ? 1 : 0)
    case .notEqual: return .constant(a != b ? 1 : 0)
    case .less: return .constant(a < b ? 1 : 0)
    case .lessEqual: return .constant(a <= b ? 1 : 0)
    case .bitAnd: return .constant(a & b)
    case .bitOr: return .constant(a | b)
    case .bitXor: return .constant(a ^ b)
    case .bitAndNot: return .constant(a & ~b)
    case .shiftLeft where 0...63 ~= b: return .constant(a &<< b)
    case .shiftRight where 0...63 ~= b:
      return .constant(Int64(bitPattern: UInt64(bitPattern: a) &>> UInt64(b)))
    default: return .binary(op, left, right)
    }
  }

  /// The left side decides alone where it can; a right side that cannot fail may do so too.
  private static func foldedConnective(
    _ op: ProgramBinary, _ left: ProgramExpression, _ right: ProgramExpression
  ) -> ProgramExpression {
    let deciding: Int64 = op == .and ? 0 : 1
    if let a = left.constant { return a == deciding ? .constant(deciding) : right }
    if let b = right.constant {
      if b != deciding { return left }
      if !left.mayFail { return .constant(deciding) }
    }
    return .binary(op, left, right)
  }

  static func folded(
    _ op: ProgramChecked, _ left: ProgramExpression, _ right: ProgramExpression,
    _ failure: FailureID
  ) -> ProgramExpression {
    let whole = ProgramExpression.checked(op, left, right, failure)
    guard let a = left.constant, let b = right.constant else { return whole }
    let (value, overflow): (Int64, Bool)
    switch op {
    case .add: (value, overflow) = a.addingReportingOverflow(b)
    case .subtract: (value, overflow) = a.subtractingReportingOverflow(b)
    case .multiply: (value, overflow) = a.multipliedReportingOverflow(by: b)
    case .divide, .remainder, .negate: return whole
    }
    return overflow ? whole : .constant(value)
  }
}
