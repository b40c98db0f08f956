import Syntax

extension Expression {
  /// Every name that occurs in the expression.
  var identifiers: Set<String> {
    var names: Set<String> = []
    collect(into: &names)
    return names
  }

  private func collect(into names: inout Set<String>) {
    if case .name(let name) = kind { names.insert(name) }
    if case .call(let name, _) = kind { names.insert(name.text) }
    for part in parts { part.collect(into: &names) }
  }

  /// The expressions directly inside this one.
  var parts: [Expression] {
    switch kind {
    case .integer, .boolean, .string, .real, .none, .name, .inFlight, .error: []
    case .member(let base, _), .unwrap(let base), .unary(_, let base), .temporal(_, let base):
      [base]
    case .index(let a, let b), .binary(_, let a, let b), .range(let a, let b), .until(let a, let b),
      .leadsTo(let a, let b), .setComprehension(_, domain: let a, filter: let b),
      .mapComprehension(_, domain: let a, let b):
      [a, b]
    case .call(_, let arguments): arguments.map(\.value)
    case .conditional(let a, let b, let c): [a, b, c]
    case .quantifier(_, _, let domain, let filter, let body):
      [domain, body] + (filter.map { [$0] } ?? [])
    case .set(let elements), .sequence(let elements): elements
    case .coalition(let agents, let formula): agents + [formula]
    }
  }
}

extension TypeSyntax {
  var identifiers: Set<String> {
    switch kind {
    case .named(let name): [name]
    case .range(let lower, let upper): lower.identifiers.union(upper.identifiers)
    case .optional(let inner), .set(let inner): inner.identifiers
    case .sequence(let element, let capacity): element.identifiers.union(capacity.identifiers)
    case .map(let key, let value): key.identifiers.union(value.identifiers)
    case .enumeration: []
    }
  }
}

extension Program {
  /// Finds the names whose meaning depends on a parameter, directly or through others.
  func noteParameterDependence() {
    var mentions: [(name: String, names: Set<String>)] = []
    for item in declared.constants {
      mentions.append((item.name.text, item.expression.identifiers))
    }
    for item in declared.aliases { mentions.append((item.name.text, item.syntax.identifiers)) }
    for item in declared.records { mentions.append((item.name.text, identifiers(item.fields))) }
    for item in declared.functions {
      let own = identifiers(item.parameters).union(item.result.identifiers)
      mentions.append((item.name.text, own.union(item.body.identifiers)))
    }
    for agent in declared.agents {
      mentions.append((agent.syntax.name.text, agent.syntax.count?.identifiers ?? []))
    }
    parameterDependent = Set(declared.parameters.map(\.name.text))
    var isGrowing = true
    while isGrowing {
      let found = mentions.filter {
        !parameterDependent.contains($0.name) && !parameterDependent.isDisjoint(with: $0.names)
      }
      parameterDependent.formUnion(found.map(\.name))
      isGrowing = !found.isEmpty
    }
  }

  private func identifiers(_ fields: [FieldSyntax]) -> Set<String> {
    fields.reduce(into: []) { $0.formUnion($1.type.identifiers) }
  }

  /// Whether another choice of parameters may change what the expression means.
  func dependsOnParameters(_ expression: Expression) -> Bool {
    !parameterDependent.isDisjoint(with: expression.identifiers)
  }

  func dependsOnParameters(_ pattern: Pattern) -> Bool {
    switch pattern.kind {
    case .wildcard: false
    case .name(let name): parameterDependent.contains(name.text)
    case .expression(let expression): dependsOnParameters(expression)
    }
  }
}
