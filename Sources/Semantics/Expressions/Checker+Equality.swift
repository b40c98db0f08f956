import Diagnostics
import Syntax

extension Checker {
  mutating func inferEquality(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ span: Span
  ) -> TypedExpression? {
    guard let (first, second) = inferBoth(left, right, nil),
      let (a, b) = unified(first, second, operation.rawValue)
    else { return nil }
    return make(operation == .equal ? .equal(a, b) : .notEqual(a, b), .bool, span)
  }

  /// Types two sides that give each other the context they need.
  mutating func inferBoth(
    _ left: Expression, _ right: Expression, _ hint: Type?
  ) -> (TypedExpression, TypedExpression)? {
    if needsContext(left), !needsContext(right) {
      let second = infer(right, hint: hint)
      guard let second, let first = infer(left, hint: second.type) else { return nil }
      return (first, second)
    }
    let first = infer(left, hint: hint)
    let second =
      first == nil && needsContext(right) ? nil : infer(right, hint: first?.type ?? hint)
    guard let first, let second else { return nil }
    return (first, second)
  }

  /// Whether an expression has no type of its own.
  func needsContext(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .none: true
    case .set(let elements), .sequence(let elements): elements.allSatisfy { needsContext($0) }
    case .name(let name): isSharedCase(name)
    case .conditional(_, let then, let otherwise):
      needsContext(then) && needsContext(otherwise)
    default: false
    }
  }

  /// An enum case that several enumerations have.
  private func isSharedCase(_ name: String) -> Bool {
    if case .cases(let cases)? = symbolOutside(name)?.kind { return cases.count > 1 }
    return false
  }

  /// Both sides as values of one type; integers stay as they are.
  func unified(
    _ first: TypedExpression, _ second: TypedExpression, _ symbol: String
  ) -> (TypedExpression, TypedExpression)? {
    if first.type.interval != nil, second.type.interval != nil { return (first, second) }
    guard let type = spec.common(first.type, second.type),
      let a = spec.converted(first, to: type), let b = spec.converted(second, to: type)
    else {
      report(
        .noCommonType(
          symbol, spec.text(of: first.type), spec.text(of: second.type), first.span, second.span))
      return nil
    }
    return (a, b)
  }

  mutating func inferConditional(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression, _ hint: Type?,
    _ span: Span
  ) -> TypedExpression? {
    let test = self.condition(condition, "the condition of `if`")
    guard let (first, second) = inferBranches(then, otherwise, hint) else { return nil }
    guard let type = commonOrHinted(first.type, second.type, hint),
      let a = spec.converted(first, to: type), let b = spec.converted(second, to: type)
    else {
      return refuse(
        .noCommonType(
          "if", spec.text(of: first.type), spec.text(of: second.type), first.span, second.span))
    }
    guard let test else { return nil }
    return make(.conditional(test, a, b), type, span)
  }

  /// Types two branches; a `none` beside a value makes that value optional.
  private mutating func inferBranches(
    _ then: Expression, _ otherwise: Expression, _ hint: Type?
  ) -> (TypedExpression, TypedExpression)? {
    if case .none = then.kind, !needsContext(otherwise) {
      guard let second = infer(otherwise, hint: hint) else { return nil }
      return infer(then, hint: .optional(second.type.unwrapped)).map { ($0, second) }
    }
    if case .none = otherwise.kind, !needsContext(then) {
      guard let first = infer(then, hint: hint) else { return nil }
      return infer(otherwise, hint: .optional(first.type.unwrapped)).map { (first, $0) }
    }
    return inferBoth(then, otherwise, hint)
  }

  /// The common type of two values, promoted to the optional that the context wants.
  private func commonOrHinted(_ a: Type, _ b: Type, _ hint: Type?) -> Type? {
    guard let type = spec.common(a, b) else { return nil }
    if let hint, case .optional = hint, spec.fits(type, in: hint) { return hint }
    return type
  }
}
