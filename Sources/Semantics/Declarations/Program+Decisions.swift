import Diagnostics
import Syntax

extension Program {
  /// What `valence of e` looks at. `e` may be
  /// - an optional, decided where it is not `none`; or a set, of all values decided so far;
  /// - `Node.decided`, such a variable of every member of a family;
  /// - `n.decided`, where `n` means nothing else: of every agent that has such a variable.
  func decision(_ expression: Expression) -> Decision? {
    var checker = Checker(self, .property)
    if case .member(let base, let member) = expression.kind, case .name(let name) = base.kind,
      let agent = agents(meantBy: name, having: member, checker)
    {
      return decision(ofEach: agent, Name(name, base.span), member, &checker, expression)
    }
    guard let typed = checker.infer(expression),
      let values = decidedValues(typed.type, at: expression.span)
    else { return nil }
    return decision(expression, values, typed.type) { value in
      isDecided(value, in: typed, checker)
    }
  }

  /// The declaration whose agents a name stands for: a family's own, or one that means nothing
  /// else where a single declaration has that variable.
  private func agents(
    meantBy name: String, having member: Name, _ checker: Checker
  ) -> AgentID? {
    if case .agent(let id)? = symbols[name]?.kind {
      return declared.agents[id.index].syntax.count == nil ? nil : id
    }
    guard checker.isUnknown(name) else { return nil }
    let owners = declared.agents.indices.filter {
      declared.agents[$0].variables[member.text] != nil
    }
    return owners.count == 1 ? AgentID(owners[0]) : nil
  }

  private func decision(
    ofEach agent: AgentID, _ name: Name, _ member: Name, _ checker: inout Checker,
    _ expression: Expression
  ) -> Decision? {
    guard let type = agentType(agent, at: name.span) else { return nil }
    let declaration = declared.agents[agent.index]
    usage.names.insert(declaration.syntax.name.text)
    guard let variable = declaration.variables[member.text] else {
      report(
        .unknownMember(
          member, of: declaration.syntax.name.text,
          suggestion: closest(to: member.text, among: declaration.variables.keys.sorted())))
      return nil
    }
    guard let variableType = variableType(variable),
      let values = decidedValues(variableType, at: expression.span)
    else { return nil }
    return decision(expression, values, variableType) { value in
      let binder = addLocal(name, type)
      let owner = TypedExpression(.local(binder), type, name.span)
      guard let read = checker.read(variable, of: owner, expression.span) else { return nil }
      let all = TypedExpression(.allValues, .set(type), name.span)
      return TypedExpression(
        .quantifier(
          .some, binder, domain: all, filter: nil, isDecided(value, in: read, checker)),
        .bool, expression.span)
    }
  }

  private func decision(
    _ expression: Expression, _ values: [Value], _ type: Type,
    _ isDecided: (TypedExpression) -> TypedExpression?
  ) -> Decision? {
    guard let element = type.decided else { return nil }
    var all: [(text: String, isDecided: TypedExpression)] = []
    for value in values {
      let constant = spec.expression(value, element, expression.span)
      guard let predicate = isDecided(constant) else { return nil }
      all.append((spec.text(of: value, element), predicate))
    }
    return Decision(text: sources.text(of: expression.span), values: all)
  }

  /// Every value that could be decided, ascending; nil, reported, where there are none or too many.
  private func decidedValues(_ type: Type, at span: Span) -> [Value]? {
    guard let element = type.decided else {
      report(.neverUndecided(spec.text(of: type), at: span))
      return nil
    }
    let count = spec.cardinality(of: element)
    guard count <= decisionsMax else {
      report(.tooManyDecisions(spec.text(of: element), max: decisionsMax, at: span))
      return nil
    }
    let all = TypedExpression(.allValues, .set(element), span)
    guard case .set(let values)? = valueIfConstant(all) else { return nil }
    return values
  }

  private func isDecided(
    _ value: TypedExpression, in decision: TypedExpression, _ checker: Checker
  ) -> TypedExpression {
    let span = decision.span
    if case .set = decision.type {
      return checker.make(.contains(value, set: decision), .bool, span)
    }
    let present = checker.make(.some(value), decision.type, span)
    return checker.make(.equal(decision, present), .bool, span)
  }
}

extension Type {
  /// What is decided where a value of this type says so; nil where it always does.
  fileprivate var decided: Type? {
    switch self {
    case .optional(let inner): inner
    case .set(let element): element
    default: nil
    }
  }
}

/// Values of one decision: sets of them are words.
private let decisionsMax = 64
