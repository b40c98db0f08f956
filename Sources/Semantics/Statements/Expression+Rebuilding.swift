import Syntax

extension Expression {
  /// The same with other expressions directly inside; `binders` are the names that it binds there.
  func rebuilt(_ inner: (_ part: Expression, _ binders: [String]) -> Expression) -> Expression {
    Expression(rebuiltKind(inner), span)
  }

  private func rebuiltKind(_ inner: (Expression, [String]) -> Expression) -> Kind {
    switch kind {
    case .member(let base, let name): .member(inner(base, []), name)
    case .index(let a, let b): .index(inner(a, []), inner(b, []))
    case .call(let name, let arguments):
      .call(name, arguments.map { Argument(label: $0.label, value: inner($0.value, [])) })
    case .unary(let operation, let a): .unary(operation, inner(a, []))
    case .binary(let operation, let a, let b): .binary(operation, inner(a, []), inner(b, []))
    case .range(let a, let b): .range(inner(a, []), inner(b, []))
    case .conditional(let a, let b, let c): .conditional(inner(a, []), inner(b, []), inner(c, []))
    case .quantifier(let quantifier, let names, let domain, let filter, let body):
      .quantifier(
        quantifier, names, domain: inner(domain, []),
        filter: filter.map { inner($0, names.map(\.text)) }, inner(body, names.map(\.text)))
    case .set(let elements): .set(elements.map { inner($0, []) })
    case .setComprehension(let name, let domain, let filter):
      .setComprehension(name, domain: inner(domain, []), filter: inner(filter, [name.text]))
    case .sequence(let elements): .sequence(elements.map { inner($0, []) })
    case .mapComprehension(let name, let domain, let body):
      .mapComprehension(name, domain: inner(domain, []), inner(body, [name.text]))
    case .unwrap(let base): .unwrap(inner(base, []))
    case .integer, .boolean, .string, .real, .none, .name, .inFlight, .temporal, .until, .leadsTo,
      .coalition, .error:
      kind
    }
  }
}
