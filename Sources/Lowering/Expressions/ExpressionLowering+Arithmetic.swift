import Diagnostics
import Semantics
import TransitionSystem

/// Arithmetic, exact in 64 bits; unchecked where the intervals prove it.
extension CodeLowering {
  func arithmetic(
    _ operation: Arithmetic, _ left: Value, _ right: Value, _ type: Type, _ span: Span
  ) -> Value {
    let interval = Self.interval(operation, left.bounds, right.bounds)
    guard let interval else {
      let failure = tables.failure(.evaluation, Self.failure(operation, right.bounds), span)
      let cell = ProgramExpression.checked(
        Self.checked(operation), left.cell, right.cell, failure)
      return Value(tightened((.min, .max), type), cell)
    }
    let cell: ProgramExpression
    switch operation {
    case .add: cell = .sum(left.cell, right.cell)
    case .subtract: cell = .difference(left.cell, right.cell)
    case .multiply: cell = .product(left.cell, right.cell)
    case .divide: cell = .quotient(left.cell, right.cell)
    case .remainder: cell = .remainder(left.cell, right.cell)
    }
    return Value(tightened(interval, type), cell)
  }

  /// What interval arithmetic here and in the typed spec agree on.
  private func tightened(_ interval: (lower: Int64, upper: Int64), _ type: Type) -> Type {
    guard let declared = type.interval else {
      return .integer(lower: interval.lower, upper: interval.upper)
    }
    let lower = max(interval.lower, declared.lower)
    let upper = min(interval.upper, declared.upper)
    return lower <= upper
      ? .integer(lower: lower, upper: upper)
      : .integer(lower: interval.lower, upper: interval.upper)
  }

  private static func checked(_ operation: Arithmetic) -> ProgramChecked {
    switch operation {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    }
  }

  private static func failure(
    _ operation: Arithmetic, _ divisor: (lower: Int64, upper: Int64)
  ) -> String {
    let divides = operation == .divide || operation == .remainder
    return divides && divisor.lower <= 0 && divisor.upper >= 0
      ? "division by zero" : "the result does not fit in 64 bits"
  }

  /// The interval of the results; nil where the operation may fail.
  static func interval(
    _ operation: Arithmetic, _ left: (lower: Int64, upper: Int64),
    _ right: (lower: Int64, upper: Int64)
  ) -> (lower: Int64, upper: Int64)? {
    switch operation {
    case .add:
      let lower = left.lower.addingReportingOverflow(right.lower)
      let upper = left.upper.addingReportingOverflow(right.upper)
      return lower.overflow || upper.overflow ? nil : (lower.partialValue, upper.partialValue)
    case .subtract:
      let lower = left.lower.subtractingReportingOverflow(right.upper)
      let upper = left.upper.subtractingReportingOverflow(right.lower)
      return lower.overflow || upper.overflow ? nil : (lower.partialValue, upper.partialValue)
    case .multiply:
      return hull(left, right) { $0.multipliedReportingOverflow(by: $1) }
    case .divide:
      guard !(right.lower <= 0 && right.upper >= 0) else { return nil }
      return hull(left, right) { $0.dividedReportingOverflow(by: $1) }
    case .remainder:
      guard !(right.lower <= 0 && right.upper >= 0), right.lower != .min else { return nil }
      if left.lower == .min && right.lower <= -1 && right.upper >= -1 { return nil }
      let most = max(abs(right.lower), abs(right.upper)) - 1
      return (
        left.lower >= 0 ? 0 : max(-most, left.lower), left.upper <= 0 ? 0 : min(most, left.upper)
      )
    }
  }

  private static func hull(
    _ left: (lower: Int64, upper: Int64), _ right: (lower: Int64, upper: Int64),
    _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> (lower: Int64, upper: Int64)? {
    var lower = Int64.max
    var upper = Int64.min
    for a in [left.lower, left.upper] {
      for b in [right.lower, right.upper] {
        let result = operation(a, b)
        if result.overflow { return nil }
        lower = min(lower, result.partialValue)
        upper = max(upper, result.partialValue)
      }
    }
    return (lower, upper)
  }

  func negate(_ operand: Value, _ span: Span) -> Value {
    if operand.bounds.lower == .min {
      let failure = tables.failure(.evaluation, "the result does not fit in 64 bits", span)
      return Value(
        .integer(lower: .min, upper: .max), .checked(.negate, .no, operand.cell, failure))
    }
    return Value(
      .integer(lower: -operand.bounds.upper, upper: -operand.bounds.lower),
      .difference(.no, operand.cell))
  }

  /// `min(a, b)`, `max(a, b, c)`.
  func extremum(_ extremum: Extremum, _ operands: [TypedExpression]) -> Value {
    let values = operands.map { bind(lower($0)) }
    guard var result = values.first else {
      return Value(.integer(lower: 0, upper: 0), .no)
    }
    for value in values.dropFirst() {
      let isMinimum = extremum == .minimum
      let test = ProgramExpression.less(
        isMinimum ? value.cell : result.cell, isMinimum ? result.cell : value.cell)
      let a = result.bounds
      let b = value.bounds
      let cell = bind(.conditional(if: test, value.cell, result.cell))
      let interval: Type =
        isMinimum
        ? .integer(lower: min(a.lower, b.lower), upper: min(a.upper, b.upper))
        : .integer(lower: max(a.lower, b.lower), upper: max(a.upper, b.upper))
      result = Value(interval, cell)
    }
    return result
  }
}
