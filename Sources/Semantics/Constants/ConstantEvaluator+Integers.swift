extension ConstantEvaluator {
  /// The value of an expression whose result is an integer.
  mutating func integerValue(_ e: TypedExpression) throws(EvaluationFailure) -> Value {
    switch e.kind {
    case .negate(let inner):
      return .integer(try exact(Int64(0).subtractingReportingOverflow(integer(inner)), e))
    case .arithmetic(let operation, let left, let right):
      return .integer(try calculate(operation, integer(left), integer(right), e))
    case .extremum(let extremum, let operands):
      var values: [Int64] = []
      for operand in operands { values.append(try integer(operand)) }
      return .integer((extremum == .minimum ? values.min() : values.max()) ?? 0)
    case .extremumOfSet(let extremum, let set):
      let values = try elements(set)
      guard let value = extremum == .minimum ? values.first : values.last else {
        throw failure(.emptyExtremum, e)
      }
      return value
    case .size(let inner):
      switch try evaluate(inner) {
      case .set(let values), .sequence(let values): return .integer(Int64(values.count))
      default: throw failure(.notConstant, e)
      }
    case .index(let inner):
      guard case .agent(let identity) = try evaluate(inner) else {
        throw failure(.notConstant, e)
      }
      let declaration = spec.agents[spec.declaration(ofAgent: identity).index]
      return .integer(Int64(identity - declaration.first))
    default:
      throw failure(.notConstant, e)
    }
  }

  func exact(
    _ result: (partialValue: Int64, overflow: Bool), _ e: TypedExpression
  ) throws(EvaluationFailure) -> Int64 {
    if result.overflow { throw failure(.overflow, e) }
    return result.partialValue
  }

  private func calculate(
    _ operation: Arithmetic, _ a: Int64, _ b: Int64, _ e: TypedExpression
  ) throws(EvaluationFailure) -> Int64 {
    switch operation {
    case .add: return try exact(a.addingReportingOverflow(b), e)
    case .subtract: return try exact(a.subtractingReportingOverflow(b), e)
    case .multiply: return try exact(a.multipliedReportingOverflow(by: b), e)
    case .divide, .remainder:
      if b == 0 { throw failure(.divisionByZero, e) }
      if operation == .divide { return try exact(a.dividedReportingOverflow(by: b), e) }
      return b == -1 ? 0 : a % b
    }
  }
}
