import Diagnostics
import Syntax

extension Checker {
  /// The elements as values of one type: that of the context where they fit into it.
  private mutating func inferElements(
    _ elements: [Expression], _ hint: Type?, _ symbol: String, _ span: Span
  ) -> (elements: [TypedExpression], type: Type)? {
    guard let firstOwn = elements.first(where: { !needsContext($0) }) ?? elements.first else {
      guard let hint else {
        report(.needsContext(symbol, at: span))
        return nil
      }
      return ([], hint)
    }
    var elementHint = hint
    if elementHint == nil, needsContext(firstOwn) == false, elements.contains(where: needsContext) {
      elementHint = infer(firstOwn)?.type
    }
    let values = elements.map { infer($0, hint: elementHint) }
    var type: Type?
    for case let value? in values {
      guard let before = type else {
        type = value.type
        continue
      }
      guard let common = spec.common(before, value.type) else {
        report(
          .noCommonType(
            symbol, spec.text(of: before), spec.text(of: value.type), elements[0].span, value.span))
        return nil
      }
      type = common
    }
    guard let own = type, !values.contains(where: { $0 == nil }) else { return nil }
    let chosen = elementType(own, hint)
    let converted = values.compactMap { $0.flatMap { spec.converted($0, to: chosen) } }
    return converted.count == values.count ? (converted, chosen) : nil
  }

  /// The context's type where all values fit, or where their own has too many values.
  private func elementType(_ own: Type, _ hint: Type?) -> Type {
    guard let hint else { return own }
    if spec.fits(own, in: hint) { return hint }
    let isTooLarge = spec.cardinality(of: own) > elementCountMax
    return isTooLarge && spec.hasShape(own, of: hint) ? hint : own
  }

  mutating func inferSet(
    _ elements: [Expression], _ hint: Type?, _ span: Span
  ) -> TypedExpression? {
    if elements.isEmpty, case .sequence? = hint?.unwrapped {
      return refuse(emptyOfOtherKind("{}", "[]", hint, span))
    }
    guard let typed = inferElements(elements, hint?.unwrapped.element, "{}", span),
      program.requireSmall(typed.type, "the elements of a set", at: span)
    else { return nil }
    return make(.set(typed.elements), .set(typed.type), span)
  }

  /// `[]` where a set is needed, or `{}` where a sequence is.
  private func emptyOfOtherKind(
    _ text: String, _ meant: String, _ type: Type?, _ span: Span
  ) -> Diagnostic {
    .mismatch(
      expected: type.map { spec.text(of: $0.unwrapped) } ?? "", found: text, at: span,
      notes: ["`{}` is the empty set, `[]` the empty sequence"], help: ["write `\(meant)`"])
  }

  mutating func inferSequence(
    _ elements: [Expression], _ hint: Type?, _ span: Span
  ) -> TypedExpression? {
    var elementHint: Type?
    if case .sequence(let element, _)? = hint?.unwrapped { elementHint = element }
    if elements.isEmpty, hint?.unwrapped.element != nil {
      return refuse(emptyOfOtherKind("[]", "{}", hint, span))
    }
    guard let typed = inferElements(elements, elementHint, "[]", span) else { return nil }
    return make(
      .sequence(typed.elements), .sequence(typed.type, capacity: elements.count), span)
  }

  mutating func inferSetOperation(
    _ operation: SetOperator, _ left: Expression, _ right: Expression, _ hint: Type?, _ span: Span
  ) -> TypedExpression? {
    let setHint = hint?.unwrapped.element == nil ? nil : hint?.unwrapped
    guard let (first, second) = inferBoth(left, right, setHint) else { return nil }
    for operand in [first, second] where operand.type.element == nil {
      return refuse(
        .operand(operation.rawValue, spec.text(of: operand.type), needs: "sets", at: operand.span))
    }
    guard let (a, b) = unified(first, second, operation.rawValue),
      let element = a.type.element,
      program.requireSmall(element, "the elements of a set", at: span)
    else { return nil }
    return make(.setOperation(operation, a, b), a.type, span)
  }

  mutating func inferContains(
    _ left: Expression, _ right: Expression, _ span: Span
  ) -> TypedExpression? {
    guard let set = inferDomain(right, takesSequence: true) else { return nil }
    if case .sequence(let element, let capacity) = set.type {
      return inferContains(left, sequence: set, element, capacity, span)
    }
    guard let element = set.type.element else { return nil }
    guard let value = infer(left, hint: element) else { return nil }
    if value.type.interval != nil, element.interval != nil {
      return make(.contains(value, set: set), .bool, span)
    }
    guard let common = spec.common(value.type, element),
      let item = spec.converted(value, to: common),
      let whole = spec.converted(set, to: .set(common))
    else {
      return refuse(
        .noCommonType(
          "in", spec.text(of: value.type), spec.text(of: set.type), value.span, set.span))
    }
    return make(.contains(item, set: whole), .bool, span)
  }

  /// `x in s` for a sequence: whether some place of it holds the value.
  private mutating func inferContains(
    _ left: Expression, sequence: TypedExpression, _ element: Type, _ capacity: Int, _ span: Span
  ) -> TypedExpression? {
    guard let value = infer(left, hint: element) else { return nil }
    guard let common = spec.common(value.type, element),
      let item = spec.converted(value, to: common),
      let whole = spec.converted(sequence, to: .sequence(common, capacity: capacity))
    else {
      return refuse(
        .noCommonType(
          "in", spec.text(of: value.type), spec.text(of: sequence.type), value.span,
          sequence.span))
    }
    return make(.contains(item, set: whole), .bool, span)
  }

  /// `lower..upper`; only a domain may be larger than a set can be.
  mutating func inferRange(
    _ lower: Expression, _ upper: Expression, isDomain: Bool, _ span: Span
  ) -> TypedExpression? {
    let first = infer(lower)
    let second = infer(upper)
    guard let first, let second else { return nil }
    guard let low = first.type.interval, let high = second.type.interval else {
      let wrong = first.type.interval == nil ? first : second
      return refuse(
        .operand("..", spec.text(of: wrong.type), needs: "integers", at: wrong.span))
    }
    let element = Type.integer(lower: low.lower, upper: max(low.lower, high.upper))
    if !isDomain, !program.requireSmall(element, "a set of all its values", at: span) {
      return nil
    }
    return make(.range(first, second), .set(element), span)
  }

  /// A set to choose from or to walk through: a type, a family, a range of any size, a set;
  /// where the order is that of the walk, also a sequence.
  mutating func inferDomain(
    _ expression: Expression, takesSequence: Bool = false
  ) -> TypedExpression? {
    switch expression.kind {
    case .range(let lower, let upper):
      return inferRange(lower, upper, isDomain: true, expression.span)
    case .name(let name):
      if let symbol = symbolOutside(name), program.isType(symbol) {
        program.usage.names.insert(name)
        return program.type(of: symbol, at: expression.span).map {
          make(.allValues, .set($0), expression.span)
        }
      }
    default: break
    }
    guard let value = infer(expression) else { return nil }
    if value.type.element != nil { return value }
    var isSequence = false
    if case .sequence = value.type { isSequence = true }
    if isSequence, takesSequence { return value }
    return refuse(
      .notASet(
        spec.text(of: value.type), isSequence: isSequence,
        text: program.sources.text(of: value.span), at: value.span))
  }
}
