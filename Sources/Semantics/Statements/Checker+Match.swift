import Diagnostics
import Syntax

extension Checker {
  mutating func match(
    _ subject: Expression, _ cases: [MatchCase], _ otherwise: [Statement]?
  ) -> TypedStatement.Kind? {
    let typedSubject = infer(subject)
    let values = cases.map { item in
      item.values.map { value in
        typedSubject.flatMap { infer(value, hint: $0.type) }
      }
    }
    let before = senderType
    var after: Type?? = nil
    var bodies: [[TypedStatement]] = []
    for body in cases.map(\.body) + [otherwise ?? []] {
      senderType = before
      bodies.append(block(body))
      if after != nil { mergeSender(after ?? nil) }
      after = .some(senderType)
    }
    guard let typedSubject, let type = matchType(typedSubject, values.flatMap { $0 }),
      let value = spec.converted(typedSubject, to: type)
    else { return nil }
    let typedCases = zip(values, bodies).map { values, body in
      TypedMatchCase(
        values: values.compactMap { $0.flatMap { spec.converted($0, to: type) } }, body: body)
    }
    lintRepeatedCases(typedCases)
    return .match(value, typedCases, else: bodies.last ?? [])
  }

  /// The common type of the subject and all case values.
  private func matchType(
    _ subject: TypedExpression, _ values: [TypedExpression?]
  ) -> Type? {
    var type = subject.type
    for value in values {
      guard let value else { return nil }
      guard let common = spec.common(type, value.type) else {
        report(
          .noCommonType(
            "match", spec.text(of: subject.type), spec.text(of: value.type), subject.span,
            value.span))
        return nil
      }
      type = common
    }
    return type
  }

  private func lintRepeatedCases(_ cases: [TypedMatchCase]) {
    var seen: [Value: Span] = [:]
    for value in cases.flatMap(\.values) {
      guard let constant = program.valueIfConstant(value) else { continue }
      if let earlier = seen[constant] {
        report(.repeatedCase(program.sources.text(of: value.span), at: value.span, earlier))
      } else {
        seen[constant] = value.span
      }
    }
  }
}
