import TransitionSystem

/// The operators, as the machine and constant folding compute them: nothing here traps.
enum Arithmetic {
  static func apply(_ unary: ProgramUnary, _ value: Int64) -> Int64 {
    switch unary {
    case .not: value == 0 ? 1 : 0
    case .bitNot: ~value
    case .populationCount: Int64(value.nonzeroBitCount)
    case .trailingZeros: Int64(value.trailingZeroBitCount)
    }
  }

  static func apply(_ binary: ProgramBinary, _ left: Int64, _ right: Int64) -> Int64 {
    switch binary {
    case .addWrapping: left &+ right
    case .subtractWrapping: left &- right
    case .multiplyWrapping: left &* right
    case .divideUnchecked: quotient(left, right)
    case .remainderUnchecked: remainder(left, right)
    case .equal: left == right ? 1 : 0
    case .notEqual: left != right ? 1 : 0
    case .less: left < right ? 1 : 0
    case .lessEqual: left <= right ? 1 : 0
    case .bitAnd: left & right
    case .bitOr: left | right
    case .bitXor: left ^ right
    case .bitAndNot: left & ~right
    case .shiftLeft: left &<< right
    case .shiftRight: shiftedRight(left, right)
    case .and: left & right
    case .or: left | right
    }
  }

  /// Nil where the operator fails; `negate` ignores the left side.
  static func apply(_ checked: ProgramChecked, _ left: Int64, _ right: Int64) -> Int64? {
    let (value, overflow) =
      switch checked {
      case .add: left.addingReportingOverflow(right)
      case .subtract: left.subtractingReportingOverflow(right)
      case .multiply: left.multipliedReportingOverflow(by: right)
      case .divide: left.dividedReportingOverflow(by: right)
      case .remainder: checkedRemainder(left, right)
      case .negate: (0 as Int64).subtractingReportingOverflow(right)
      }
    return overflow ? nil : value
  }

  /// Truncating; the dividend where the divisor is 0.
  @inline(__always)
  static func quotient(_ left: Int64, _ right: Int64) -> Int64 {
    left.dividedReportingOverflow(by: right).partialValue
  }

  /// With the sign of the dividend; the dividend where the divisor is 0.
  @inline(__always)
  static func remainder(_ left: Int64, _ right: Int64) -> Int64 {
    left.remainderReportingOverflow(dividingBy: right).partialValue
  }

  /// Fails for the divisor 0 only: the remainder by -1 is 0, also of the least value.
  @inline(__always)
  static func checkedRemainder(_ left: Int64, _ right: Int64) -> (Int64, Bool) {
    (left.remainderReportingOverflow(dividingBy: right).partialValue, right == 0)
  }

  @inline(__always)
  static func shiftedRight(_ left: Int64, _ right: Int64) -> Int64 {
    Int64(bitPattern: UInt64(bitPattern: left) &>> UInt64(bitPattern: right))
  }
}

extension Opcode {
  init(_ unary: ProgramUnary) {
    switch unary {
    case .not: self = .not
    case .bitNot: self = .bitNot
    case .populationCount: self = .populationCount
    case .trailingZeros: self = .trailingZeros
    }
  }

  /// With both operands in registers. Requires: not `and` or `or`, which are branches.
  init(_ binary: ProgramBinary) {
    switch binary {
    case .addWrapping: self = .add
    case .subtractWrapping: self = .subtract
    case .multiplyWrapping: self = .multiply
    case .divideUnchecked: self = .divide
    case .remainderUnchecked: self = .remainder
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessEqual: self = .lessEqual
    case .bitAnd, .and: self = .bitAnd
    case .bitOr, .or: self = .bitOr
    case .bitXor: self = .bitXor
    case .bitAndNot: self = .bitAndNot
    case .shiftLeft: self = .shiftLeft
    case .shiftRight: self = .shiftRight
    }
  }

  init(_ checked: ProgramChecked) {
    switch checked {
    case .add: self = .addChecked
    case .subtract: self = .subtractChecked
    case .multiply: self = .multiplyChecked
    case .divide: self = .divideChecked
    case .remainder: self = .remainderChecked
    case .negate: self = .negateChecked
    }
  }
}
