import Diagnostics
import Syntax

extension Checker {
  mutating func send(
    _ name: Name, _ arguments: [Argument], _ target: Expression, _ span: Span
  ) -> TypedStatement.Kind? {
    let message = program.message(name)
    var values: [TypedExpression]?
    if let message {
      values = check(arguments, against: message.type.fields, of: name, name.span)
    } else {
      for argument in arguments where !needsContext(argument.value) { _ = infer(argument.value) }
    }
    guard let recipient = recipient(target), let message, let values else { return nil }
    record(message.id, values, arguments, recipient, name)
    return .send(message.id, values, to: recipient)
  }

  /// Who a message goes to: an identity, or a set of them.
  private mutating func recipient(_ target: Expression) -> TypedExpression? {
    if case .name(let name) = target.kind, isUnknown(name) {
      let agents = program.declared.agents.map(\.syntax.name.text)
      let suggestion = closest(to: name, among: agents + scope.names)
      return refuse(
        .unknownRecipient(name, at: target.span, suggestion: suggestion, agents: agents))
    }
    guard let value = infer(target) else { return nil }
    if value.type.isAgent { return value }
    if let element = value.type.element, element.isAgent { return value }
    let text = program.sources.text(of: target.span)
    return refuse(
      .recipient(
        spec.text(of: value.type), text, isOptional: value.type.unwrapped.isAgent,
        at: target.span))
  }

  private func record(
    _ message: MessageID, _ values: [TypedExpression], _ arguments: [Argument],
    _ recipient: TypedExpression, _ name: Name
  ) {
    guard case .agent(let agent, _) = region else { return }
    let constants: [Value?] = values.enumerated().map { index, value in
      guard index < arguments.count, arguments.allSatisfy({ $0.label == nil }),
        !program.dependsOnParameters(arguments[index].value)
      else { return nil }
      return program.valueIfConstant(value)
    }
    program.usage.sends.append(
      .init(
        message: message, agent: agent, target: recipient.type.element ?? recipient.type,
        constants: constants, name: name))
  }

  mutating func receive(
    _ cases: [ReceiveCase], _ timeout: [Statement]?, _ idle: Bool, _ oneLine: Bool
  ) -> TypedStatement.Kind? {
    guard case .agent(let agent, _) = region else { return nil }
    if oneLine, let only = cases.first {
      return check(only.pattern, agent: agent).map {
        .receive([.init(pattern: $0, body: [])], timeout: nil, idle: idle, oneLine: true)
      }
    }
    var typed: [TypedReceiveCase] = []
    var after: Type?? = nil
    for item in cases {
      scope.enter()
      let pattern = check(item.pattern, agent: agent)
      let body = block(item.body)
      scope.leave()
      if let pattern { typed.append(.init(pattern: pattern, body: body)) }
      if after != nil { mergeSender(after ?? nil) }
      after = .some(senderType)
    }
    senderType = nil
    let alternative = timeout.map { block($0) }
    if timeout == nil { senderType = after ?? nil } else { senderType = nil }
    guard typed.count == cases.count else { return nil }
    return .receive(typed, timeout: alternative, idle: idle, oneLine: false)
  }

  mutating func either(_ branches: [[Statement]]) -> TypedStatement.Kind? {
    var typed: [[TypedStatement]] = []
    var after: Type?? = nil
    for branch in branches {
      senderType = nil
      typed.append(block(branch))
      if after != nil { mergeSender(after ?? nil) }
      after = .some(senderType)
    }
    return .either(typed)
  }

  mutating func loop(_ body: [Statement], _ span: Span) -> TypedStatement.Kind? {
    let errors = program.errorCount
    forgetSenderIfBlocking(body)
    let typed = block(body)
    if program.errorCount == errors, program.paths(through: typed).silent {
      report(.loopWithoutBlocking(at: span))
    }
    return .loop(typed)
  }
}
