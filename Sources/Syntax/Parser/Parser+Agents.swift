import Diagnostics

extension Parser {
  /// `agent Node[N] follows Review.c { … }`, likewise `environment`.
  func parseAgent() throws -> AgentSyntax {
    let start = advance()
    let name = try parseName(start.word == .agent ? "an agent" : "an environment")
    var count: Expression?
    if at(.leftBracket) {
      roles[index] = .postfix
      let opening = advance()
      count = try parseExpression()
      try expect(.rightBracket, "after the size of the family", opening: opening)
    }
    if at(.leftParen), !current.startsLine {
      throw fail(.foreignForm(current.span, "(", meant: "\(start.text) \(name.text)[N] { … }"))
    }
    let follows = try parseFollows()
    let heading = span(from: start)
    var variables: [VariableSyntax] = []
    var rules: [RuleSyntax] = []
    try parseItems("after the name of the agent") { parser in
      if let variable = try parser.parseVariableItem() {
        variables.append(variable)
      } else {
        rules.append(try parser.parseRule())
      }
    }
    return AgentSyntax(
      name: name, count: count, isEnvironment: start.word == .environment, follows: follows,
      variables: variables, rules: rules, span: heading)
  }

  private func parseFollows() throws -> (choreography: Name, role: Name)? {
    guard take(.follows) else { return nil }
    let choreography = try parseName("a choreography")
    try expect(.dot, "between the choreography and the role")
    return (choreography, try parseName("a role"))
  }

  /// A variable of an agent or monitor, nil where no variable begins.
  func parseVariableItem() throws -> VariableSyntax? {
    let documentation = documentationHere
    switch current.word {
    case .var: return try parseVariable(.var, documentation)
    case .durable:
      let start = advance()
      guard at(.var) else { throw fail(.expectedWord(found, .var, context: "after `durable`")) }
      return try parseVariable(.durable, documentation, from: start)
    case .input: return try parseVariable(.input, documentation)
    default: return nil
    }
  }

  /// `var x: T = e`; the current token is `var` or `input`.
  func parseVariable(
    _ storage: VariableSyntax.Storage, _ documentation: String?, from heading: Token? = nil
  ) throws -> VariableSyntax {
    let start = heading ?? current
    advance()
    let name = try parseName("a variable")
    let type = try parseVariableType(of: name)
    let initializer = try parseInitializer(storage, name: name)
    return VariableSyntax(
      storage: storage, name: name, type: type, initializer: initializer,
      documentation: documentation, span: span(from: start))
  }

  private func parseInitializer(
    _ storage: VariableSyntax.Storage, name: Name
  ) throws -> VariableSyntax.Initializer {
    if storage == .input {
      if at(.assign) { throw fail(.inputWithValue(current.span)) }
      return .any(where: take(.where) ? try parseExpression() : nil)
    }
    guard at(.assign) || at(.colonAssign) || at(.equal) else { return .none }
    try expectAssign("before the initial value")
    guard at(.any), peek().word == .where || endsValue(peek()) else {
      return .value(try parseExpression())
    }
    advance()
    return .any(where: take(.where) ? try parseExpression() : nil)
  }

  private func endsValue(_ token: Token) -> Bool {
    token.startsLine || [.end, .symbol(.semicolon), .symbol(.rightBrace)].contains(token.kind)
  }

  private func parseRule() throws -> RuleSyntax {
    let documentation = documentationHere
    let start = current
    let kind = try parseRuleHeading()
    let heading = span(from: start)
    let body = try parseBlock("after the heading of the rule")
    return RuleSyntax(kind: kind, body: body, documentation: documentation, span: heading)
  }

  private func parseRuleHeading() throws -> RuleSyntax.Kind {
    switch current.word {
    case .on:
      advance()
      return try parseHandlerHeading()
    case .step: return try parseStepHeading(unfair: false)
    case .unfair:
      advance()
      guard at(.step) else { throw fail(.expectedWord(found, .step, context: "after `unfair`")) }
      return try parseStepHeading(unfair: true)
    case .run:
      advance()
      if at(.leftParen) { throw fail(.foreignForm(current.span, "(", meant: "run { … }")) }
      return .run
    default:
      if let meant = foreignItems[current.text.lowercased()] {
        throw fail(.foreignKeyword(current.span, current.text, meant: meant))
      }
      throw fail(.expectedRule(current, isStatement: atStatement))
    }
  }

  private func parseHandlerHeading() throws -> RuleSyntax.Kind {
    guard at(.start) || at(.recover), peek().kind != .symbol(.leftParen) else {
      return .message(try parseMessagePattern())
    }
    let event = advance()
    if at(.when) { throw fail(.guardOnStart(current.span, event: event.text)) }
    return event.word == .start ? .start : .recover
  }

  private func parseStepHeading(unfair: Bool) throws -> RuleSyntax.Kind {
    advance()
    let name = try parseName("a step")
    return .step(name, when: try parseGuard(), unfair: unfair)
  }
}

/// Words of other languages in an agent, and what stands for them here.
private let foreignItems: [String: String] = [
  "let": "var", "receive": "on", "state": "var", "handler": "on", "handle": "on", "when": "on",
  "action": "step", "rule": "step", "process": "run", "func": "step", "function": "step",
  "fun": "step", "fn": "step", "def": "step", "async": "step", "method": "step",
  "procedure": "step", "transition": "step", "timer": "step", "event": "on", "upon": "on",
  "const": "var", "variable": "var", "variables": "var", "field": "var", "mut": "var",
  "static": "var", "int": "var", "integer": "var", "init": "on start", "main": "run",
  "thread": "run", "proc": "run",
]
