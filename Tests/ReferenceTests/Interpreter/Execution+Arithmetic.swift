import Diagnostics
import Semantics

extension Execution {
  func evaluateArithmetic(_ expression: TypedExpression) throws(Interruption) -> Value {
    let span = expression.span
    switch expression.kind {
    case .negate(let inner):
      return .integer(
        try exact(try evaluate(inner).integer.multipliedReportingOverflow(by: -1), span))
    case .compare(let comparison, let left, let right):
      return .bool(holds(comparison, try evaluate(left).integer, try evaluate(right).integer))
    case .arithmetic(let operation, let left, let right):
      let first = try evaluate(left).integer
      return .integer(try apply(operation, first, try evaluate(right).integer, span))
    case .extremum(let extremum, let terms):
      return best(extremum, try evaluate(all: terms)) ?? .integer(0)
    case .extremumOfSet(let extremum, let set):
      guard let value = best(extremum, try elements(of: set)) else { throw .evaluation(span) }
      return value
    default: preconditionFailure("\(expression.kind) is no arithmetic")
    }
  }

  private func holds(_ comparison: Comparison, _ left: Int64, _ right: Int64) -> Bool {
    switch comparison {
    case .less: left < right
    case .lessEqual: left <= right
    case .greater: left > right
    case .greaterEqual: left >= right
    }
  }

  func exact(
    _ result: (partialValue: Int64, overflow: Bool), _ span: Span
  ) throws(Interruption) -> Int64 {
    if result.overflow { throw .evaluation(span) }
    return result.partialValue
  }

  private func apply(
    _ operation: Arithmetic, _ left: Int64, _ right: Int64, _ span: Span
  ) throws(Interruption) -> Int64 {
    switch operation {
    case .add: return try exact(left.addingReportingOverflow(right), span)
    case .subtract: return try exact(left.subtractingReportingOverflow(right), span)
    case .multiply: return try exact(left.multipliedReportingOverflow(by: right), span)
    case .divide: return try exact(left.dividedReportingOverflow(by: right), span)
    case .remainder:
      if right == -1 { return 0 }
      return try exact(left.remainderReportingOverflow(dividingBy: right), span)
    }
  }

  private func best(_ extremum: Extremum, _ values: [Value]) -> Value? {
    extremum == .minimum ? values.min() : values.max()
  }
}
