import Diagnostics
import Syntax

extension Elaborator {
  func inferUnary(_ operation: UnaryOperator, _ operand: Expression, _ hint: Shape?) -> ShapedTerm?
  {
    switch operation {
    case .not:
      return condition(operand, "what `not` negates").map { ShapedTerm(.bool, .negation($0)) }
    case .negate:
      guard let value = infer(operand, hint: hint) else { return nil }
      switch value.scalar {
      case (.integer, let term)?: return ShapedTerm(.integer(nil), .product(.integer(-1), term))
      case (.real, .real(let text))?:
        return ShapedTerm(.real, .real(text.hasPrefix("-") ? String(text.dropFirst()) : "-" + text))
      case (.real, let term)?: return ShapedTerm(.real, .multiply(.real("-1"), term))
      default: return refuse(.notOfKind("a number", text(of: value.shape), at: operand.span))
      }
    }
  }

  func inferBinary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ hint: Shape?,
    _ span: Span
  ) -> ShapedTerm? {
    switch operation {
    case .iff, .implies, .or, .and:
      let a = condition(left, "the left side of `\(operation.rawValue)`")
      let b = condition(right, "the right side of `\(operation.rawValue)`")
      guard let a, let b else { return nil }
      return ShapedTerm(.bool, connective(operation, a, b))
    case .equal, .notEqual:
      guard let (a, b) = alike(left, right, span) else { return nil }
      let equal = Term.conjunction(zip(a.terms, b.terms).map { .equality($0, $1) })
      return ShapedTerm(.bool, operation == .equal ? equal : .negation(equal))
    case .less, .lessEqual, .greater, .greaterEqual:
      guard let (a, b, _) = numbers(left, right, span) else { return nil }
      switch operation {
      case .less: return ShapedTerm(.bool, .comparison(a, b, orEqual: false))
      case .lessEqual: return ShapedTerm(.bool, .comparison(a, b, orEqual: true))
      case .greater: return ShapedTerm(.bool, .comparison(b, a, orEqual: false))
      default: return ShapedTerm(.bool, .comparison(b, a, orEqual: true))
      }
    case .in: return contains(left, right).map { ShapedTerm(.bool, $0) }
    case .union, .minus, .intersect: return setOperation(operation, left, right, hint, span)
    case .add, .subtract, .multiply:
      guard let (a, b, sort) = numbers(left, right, span) else { return nil }
      return ShapedTerm(sort, arithmetic(operation, a, b, sort))
    case .divide, .remainder: return quotient(operation, left, right, span)
    }
  }

  private func connective(_ operation: BinaryOperator, _ a: Term, _ b: Term) -> Term {
    switch operation {
    case .and: .conjunction([a, b])
    case .or: .disjunction([a, b])
    case .implies: .disjunction([.negation(a), b])
    default: .equality(a, b)
    }
  }

  private func arithmetic(
    _ operation: BinaryOperator, _ a: Term, _ b: Term, _ sort: ScalarSort
  ) -> Term {
    let minusOne: Term = sort == .real ? .real("-1") : .integer(-1)
    switch operation {
    case .add: return .sum([a, b])
    case .subtract: return .sum([a, .product(minusOne, b)])
    default: return .product(a, b)
    }
  }

  private func quotient(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ span: Span
  ) -> ShapedTerm? {
    guard let (a, b, sort) = numbers(left, right, span) else { return nil }
    if sort == .real {
      guard operation == .divide, case .real(let text) = b,
        text.contains(where: { ("1"..."9").contains($0) })
      else { return refuse(.divisorNotConstant(at: right.span)) }
      return ShapedTerm(.real, .ratio(a, b))
    }
    guard let divisor = b.integerValue, divisor != 0 else {
      return refuse(.divisorNotConstant(at: right.span))
    }
    if let dividend = a.integerValue, !(dividend == .min && divisor == -1) {
      let value = operation == .divide ? dividend / divisor : dividend % divisor
      return ShapedTerm(.integer(nil), .integer(value))
    }
    return ShapedTerm(
      .integer(nil), operation == .divide ? .divide(a, b) : .remainder(a, divisor))
  }

  // MARK: Two sides of one shape

  /// Both sides; a side that cannot be typed alone is typed like the other one.
  func alike(
    _ left: Expression, _ right: Expression, _ span: Span, hint: Shape? = nil
  ) -> (ShapedTerm, ShapedTerm)? {
    let leftFirst = hint != nil || !needsHint(left)
    let (first, second) = leftFirst ? (left, right) : (right, left)
    guard let a = infer(first, hint: hint), let b = infer(second, hint: a.shape) else { return nil }
    guard let (one, other) = unified(a, b) else {
      report(
        .mismatchInClause(
          expected: text(of: a.shape), found: text(of: b.shape), "compared with the other side",
          at: second.span))
      return nil
    }
    return leftFirst ? (one, other) : (other, one)
  }

  func unified(_ a: ShapedTerm, _ b: ShapedTerm) -> (ShapedTerm, ShapedTerm)? {
    if let same = converted(b, to: a.shape) { return (a, same) }
    return converted(a, to: b.shape).map { ($0, b) }
  }

  /// Whether only the other side says which enumeration is meant, or that numbers are real.
  private func needsHint(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .name(let name):
      scope.allSatisfy { $0.name != name } && decisions[name] == nil && definitions[name] == nil
    case .set, .integer, .conditional: true
    default: false
    }
  }

  /// Both sides as numbers of one sort; reports others.
  func numbers(
    _ left: Expression, _ right: Expression, _ span: Span
  ) -> (Term, Term, ScalarSort)? {
    let a = infer(left)
    let b = infer(right)
    guard let a, let b else { return nil }
    return numbers(a, b, span)
  }

  func numbers(_ a: ShapedTerm, _ b: ShapedTerm, _ span: Span) -> (Term, Term, ScalarSort)? {
    guard let (one, other) = unified(a, b), let left = one.scalar, let right = other.scalar else {
      report(
        .mismatchInClause(
          expected: text(of: a.shape), found: text(of: b.shape), "the other side of the operator",
          at: span))
      return nil
    }
    switch left.sort {
    case .integer: return (left.term, right.term, .integer(nil))
    case .real: return (left.term, right.term, .real)
    case .bool, .string, .enumeration:
      report(.notOfKind("a number", text(of: one.shape), at: span))
      return nil
    }
  }

  func inferConditional(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression, _ hint: Shape?
  ) -> ShapedTerm? {
    guard let test = self.condition(condition, "the condition of `if`"),
      let (a, b) = alike(then, otherwise, then.span, hint: hint)
    else { return nil }
    var shape = a.shape
    // Each side has its own bounds.
    if case .scalar(.integer) = shape { shape = .integer }
    return ShapedTerm(shape, zip(a.terms, b.terms).map { .choice(test, $0, $1) })
  }
}
