import Diagnostics
import Syntax

extension Checker {
  /// `M(x, _, yes) from s when g`; its binders go into the current block.
  mutating func check(_ pattern: MessagePattern, agent: AgentID) -> TypedMessagePattern? {
    let message = program.message(pattern.message)
    let senders = senderTypes(message?.id, at: pattern.message.span)
    let outer = self
    let fields = check(pattern.fields, of: message?.type, pattern.message, outer)
    let sender = pattern.sender.map { check($0, default: senders, outer) }
    if let sender { senderType = sender?.type } else { senderType = senders }
    if let message, let type = sender.map({ $0?.type }) ?? spec.anyAgent {
      recordReceipt(message.id, agent, type, fields ?? [], pattern)
    }
    let test = pattern.guardExpression.map { guardCondition($0) }
    guard let message, let fields, let typedSender = lifted(sender), let typedTest = lifted(test)
    else { return nil }
    return TypedMessagePattern(
      message: message.id, fields: fields, sender: typedSender, guardExpression: typedTest,
      span: pattern.span)
  }

  /// Nil if there was something to check and it failed.
  func lifted<T>(_ value: T??) -> T?? {
    guard let value else { return .some(nil) }
    guard let inner = value else { return nil }
    return .some(inner)
  }

  /// Who may send a message: whoever has a `send` of it in a rule, or may forge it.
  private func senderTypes(_ id: MessageID?, at span: Span) -> Type? {
    let senders = id.flatMap { program.senders[$0] } ?? []
    return program.type(ofAgents: senders.union(program.byzantine), at: span)
  }

  /// The patterns of a message's fields; binders are declared, constants typed in `outer`.
  mutating func check(
    _ patterns: [Pattern]?, of message: MessageType?, _ name: Name, _ outer: Checker
  ) -> [FieldPattern]? {
    guard let patterns else { return message.map { $0.fields.map { _ in .any } } }
    if let message, message.fields.count != patterns.count {
      let given = patterns.map { (String?.none, program.sources.text(of: $0.span), $0.span) }
      report(
        .argumentCount(
          GivenValues(
            name: name, fields: described(message.fields), given: given, isPattern: true)))
    }
    var outer = outer
    var typed: [FieldPattern] = []
    for (index, pattern) in patterns.enumerated() {
      let type = message.flatMap { index < $0.fields.count ? $0.fields[index].type : nil }
      if let field = check(pattern, type, &outer) { typed.append(field) }
    }
    guard let message, message.fields.count == patterns.count else { return nil }
    return typed.count == patterns.count ? typed : nil
  }

  private mutating func check(
    _ pattern: Pattern, _ type: Type?, _ outer: inout Checker
  ) -> FieldPattern? {
    switch pattern.kind {
    case .wildcard: return .any
    case .name(let name):
      if isConstantName(name.text) {
        return equality(Expression(.name(name.text), name.span), type, &outer)
      }
      return bind(name, type).map { .bind($0) }
    case .expression(let expression): return equality(expression, type, &outer)
    }
  }

  /// A constant, enum case or agent: what a pattern compares with instead of binding it.
  private func isConstantName(_ name: String) -> Bool {
    if ["self", "true", "false", "none"].contains(name) { return true }
    guard scope[name] == nil, let symbol = program.symbols[name] else { return false }
    switch symbol.kind {
    case .parameter, .constant, .cases: return true
    case .agent(let id): return program.declared.agents[id.index].syntax.count == nil
    default: return false
    }
  }

  private func equality(
    _ expression: Expression, _ type: Type?, _ outer: inout Checker
  ) -> FieldPattern? {
    guard let type else { return nil }
    guard let value = outer.infer(expression, hint: type) else { return nil }
    if value.type.interval != nil, type.interval != nil { return .equal(value) }
    return outer.convert(value, to: type, "what the field must be equal to").map { .equal($0) }
  }

  /// `from s`, `from s: Node`, `from Planner`, `from Node[2]`.
  mutating func check(
    _ party: PartyPattern, default type: Type?, _ outer: Checker
  ) -> PartyFilter? {
    var outer = outer
    if let identity = party.identity { return outer.identityFilter(identity) }
    if party.name.text == "_" { return type.map { PartyFilter(type: $0, binder: nil, equal: nil) } }
    if party.name.text == "self" {
      return outer.identityFilter(Expression(.name("self"), party.name.span))
    }
    if party.type == nil, scope[party.name.text] == nil,
      case .constant? = program.symbols[party.name.text]?.kind
    {
      return outer.identityFilter(Expression(.name(party.name.text), party.name.span))
    }
    if party.type == nil, let filter = agentNamed(party.name) {
      return filter.map { PartyFilter(type: $0, binder: nil, equal: nil) }
    }
    let declaredType = party.type.map { agentType($0) } ?? type
    let binder = bind(party.name, declaredType)
    return declaredType.map { PartyFilter(type: $0, binder: binder, equal: nil) }
  }

  private mutating func identityFilter(_ expression: Expression) -> PartyFilter? {
    guard let value = infer(expression) else { return nil }
    guard value.type.isAgent else {
      report(.mismatch(expected: "an agent", found: spec.text(of: value.type), at: value.span))
      return nil
    }
    return PartyFilter(type: value.type, binder: nil, equal: value)
  }

  /// The agents a name stands for; nil if it names none.
  private func agentNamed(_ name: Name) -> Type?? {
    if name.text == "Agent" { return .some(spec.anyAgent) }
    guard case .agent(let id)? = symbolOutside(name.text)?.kind else { return nil }
    program.usage.names.insert(name.text)
    return .some(program.agentType(id, at: name.span))
  }

  private func agentType(_ syntax: TypeSyntax) -> Type? {
    guard let type = program.type(syntax) else { return nil }
    if type.isAgent { return type }
    report(.mismatch(expected: "an agent", found: spec.text(of: type), at: syntax.span))
    return nil
  }

  private func recordReceipt(
    _ message: MessageID, _ agent: AgentID, _ senders: Type, _ fields: [FieldPattern],
    _ pattern: MessagePattern
  ) {
    let constants: [Value?] = fields.enumerated().map { index, field in
      guard case .equal(let value) = field, let syntax = pattern.fields?[index],
        !program.dependsOnParameters(syntax)
      else { return nil }
      return program.valueIfConstant(value)
    }
    program.usage.receipts.append(
      .init(
        message: message, agent: agent, senders: senders, constants: constants,
        name: pattern.message))
  }
}
