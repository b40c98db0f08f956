import Diagnostics
import Syntax

extension Checker {
  mutating func inferUnary(
    _ operation: UnaryOperator, _ operand: Expression, _ span: Span
  ) -> TypedExpression? {
    switch operation {
    case .not:
      return condition(operand, "what `not` turns round").map { make(.not($0), .bool, span) }
    case .negate:
      guard let value = infer(operand) else { return nil }
      guard let interval = value.type.interval else {
        return refuse(.operand("-", spec.text(of: value.type), needs: "an integer", at: value.span))
      }
      if case .integer(let literal) = value.kind, literal != .min {
        return make(.integer(-literal), .constant(-literal), span)
      }
      return make(.negate(value), interval.negated.type, span)
    }
  }

  mutating func inferBinary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ hint: Type?,
    _ span: Span
  ) -> TypedExpression? {
    switch operation {
    case .and: return inferConnective(.and, left, right, span)
    case .or: return inferConnective(.or, left, right, span)
    case .implies: return inferConnective(.implies, left, right, span)
    case .iff: return inferConnective(.iff, left, right, span)
    case .equal, .notEqual: return inferEquality(operation, left, right, span)
    case .less: return inferComparison(.less, "<", left, right, span)
    case .lessEqual: return inferComparison(.lessEqual, "<=", left, right, span)
    case .greater: return inferComparison(.greater, ">", left, right, span)
    case .greaterEqual: return inferComparison(.greaterEqual, ">=", left, right, span)
    case .in: return inferContains(left, right, span)
    case .union: return inferSetOperation(.union, left, right, hint, span)
    case .minus: return inferSetOperation(.minus, left, right, hint, span)
    case .intersect: return inferSetOperation(.intersect, left, right, hint, span)
    case .add: return inferSum(left, right, hint, span)
    case .subtract: return inferArithmetic(.subtract, "-", left, right, span)
    case .multiply: return inferArithmetic(.multiply, "*", left, right, span)
    case .divide: return inferArithmetic(.divide, "/", left, right, span)
    case .remainder: return inferArithmetic(.remainder, "%", left, right, span)
    }
  }

  private mutating func inferConnective(
    _ connective: Connective, _ left: Expression, _ right: Expression, _ span: Span
  ) -> TypedExpression? {
    let role = "a side of `\(connective.rawValue)`"
    let first = condition(left, role)
    let second = condition(right, role)
    guard let first, let second else { return nil }
    return make(.connective(connective, first, second), .bool, span)
  }

  private mutating func inferComparison(
    _ comparison: Comparison, _ symbol: String, _ left: Expression, _ right: Expression,
    _ span: Span
  ) -> TypedExpression? {
    guard let (first, second) = integers(symbol, left, right) else { return nil }
    return make(.compare(comparison, first, second), .bool, span)
  }

  private mutating func inferArithmetic(
    _ operation: Arithmetic, _ symbol: String, _ left: Expression, _ right: Expression,
    _ span: Span
  ) -> TypedExpression? {
    guard let (first, second) = integers(symbol, left, right) else { return nil }
    return arithmetic(operation, first, second, span)
  }

  /// Two operands that must be integers.
  private mutating func integers(
    _ symbol: String, _ left: Expression, _ right: Expression
  ) -> (TypedExpression, TypedExpression)? {
    let first = infer(left)
    let second = infer(right)
    guard let first, let second else { return nil }
    for operand in [first, second] where operand.type.interval == nil {
      report(
        .operand(symbol, spec.text(of: operand.type), needs: "integers", at: operand.span))
      return nil
    }
    return (first, second)
  }

  /// An arithmetic expression over integers, folded where both are constants and nothing overflows.
  func arithmetic(
    _ operation: Arithmetic, _ left: TypedExpression, _ right: TypedExpression, _ span: Span
  ) -> TypedExpression? {
    guard let a = left.type.interval, let b = right.type.interval else { return nil }
    let result = make(
      .arithmetic(operation, left, right), a.applying(operation, b).type, span)
    if case .integer = left.kind, case .integer = right.kind,
      case .integer(let value)? = program.valueIfConstant(result)
    {
      return make(.integer(value), .constant(value), span)
    }
    return result
  }

  /// `+` of integers, or of sequences.
  private mutating func inferSum(
    _ left: Expression, _ right: Expression, _ hint: Type?, _ span: Span
  ) -> TypedExpression? {
    let sequenceHint: Type? = if case .sequence? = hint { hint } else { nil }
    let first = infer(left, hint: sequenceHint)
    let second = infer(right, hint: first.flatMap { $0.type.interval == nil ? $0.type : nil })
    guard let first, let second else { return nil }
    return sum(first, second, span)
  }

  func sum(
    _ first: TypedExpression, _ second: TypedExpression, _ span: Span
  ) -> TypedExpression? {
    if case .sequence = first.type { return concatenation(first, second, span) }
    for operand in [first, second] where operand.type.interval == nil {
      return refuse(
        .operand("+", spec.text(of: operand.type), needs: "integers or sequences", at: operand.span)
      )
    }
    return arithmetic(.add, first, second, span)
  }

  private func concatenation(
    _ first: TypedExpression, _ second: TypedExpression, _ span: Span
  ) -> TypedExpression? {
    guard case .sequence(let elementA, let capacityA) = first.type,
      case .sequence(let elementB, let capacityB) = second.type,
      let element = spec.common(elementA, elementB),
      let left = spec.converted(first, to: .sequence(element, capacity: capacityA)),
      let right = spec.converted(second, to: .sequence(element, capacity: capacityB))
    else {
      return refuse(
        .noCommonType(
          "+", spec.text(of: first.type), spec.text(of: second.type), first.span, second.span))
    }
    let type = Type.sequence(element, capacity: capacityA + capacityB)
    return make(.concatenate(left, right), type, span)
  }
}
