import Diagnostics

// Statements that send, receive, wait and choose.
extension Parser {
  /// `send M(e, …) to T`.
  func parseSend() throws -> Statement {
    let start = advance()
    let message = try parseName("a message")
    guard at(.leftParen), !current.startsLine else {
      throw fail(.missingArguments(message, found: found))
    }
    let arguments = try parseArguments()
    guard take(.to) else { throw fail(.missingTo(gap, next: current, atBoundary: atBoundary)) }
    let receiver = try parseExpression()
    return Statement(.send(message, arguments, to: receiver), span(from: start))
  }

  /// `choose x in S where p`, likewise `ask` and `flip`.
  func parseChoice() throws -> Statement {
    let start = advance()
    let kind = ChoiceKind(rawValue: start.text) ?? .choose
    let name = try parseName("the chosen value")
    try expect(.in, "between `\(name.text)` and the values to choose from")
    let domain = try parseExpression()
    let filter = take(.where) ? try parseExpression() : nil
    return Statement(.choice(kind, name, in: domain, where: filter), span(from: start))
  }

  func parseAwait() throws -> Statement {
    let start = advance()
    if at(.receive) { throw fail(.awaitReceive(start.span.union(current.span))) }
    let condition = try parseExpression()
    if at(.leftBrace), !current.startsLine { throw fail(.awaitWithBlock(current.span)) }
    return Statement(.await(condition), span(from: start))
  }

  /// `receive { M(x) from s when g { … } … timeout { … } }` and `receive M(x) from s`.
  func parseReceive(idle: Bool) throws -> Statement {
    let start = advance()
    if idle { advance() }
    let heading = span(from: start)
    guard at(.leftBrace) else {
      let pattern = try parseMessagePattern()
      let only = ReceiveCase(pattern: pattern, body: [])
      if at(.leftBrace), !current.startsLine { throw fail(.receiveWithBlock(current.span)) }
      return Statement(
        .receive([only], timeout: nil, idle: idle, oneLine: true), span(from: start))
    }
    var cases: [ReceiveCase] = []
    var timeout: [Statement]?
    try parseItems("after `receive`") { parser in
      let word = parser.current
      if parser.at(.timeout), parser.peek().kind == .symbol(.leftBrace) {
        parser.advance()
        if timeout != nil { parser.report(.secondTimeout(word.span)) }
        timeout = try parser.parseBlock("after `timeout`")
      } else {
        cases.append(try parser.parseReceiveCase())
      }
    }
    return Statement(.receive(cases, timeout: timeout, idle: idle, oneLine: false), heading)
  }

  private func parseReceiveCase() throws -> ReceiveCase {
    if at(.on) && peek().isName || at(.case) {
      throw fail(.onInReceive(current.span, current.text))
    }
    let pattern = try parseMessagePattern()
    return ReceiveCase(pattern: pattern, body: try parseBlock("after the message"))
  }

  /// `M(x, _, yes) from s when g`.
  func parseMessagePattern() throws -> MessagePattern {
    let start = current
    let message = try parseName("a message")
    let fields = try parsePatterns()
    let sender = take(.from) ? try parseParty() : nil
    let guardExpression = try parseGuard()
    return MessagePattern(
      message: message, fields: fields, sender: sender, guardExpression: guardExpression,
      span: span(from: start))
  }

  /// `(x, _, yes)`, nil where there is none.
  func parsePatterns() throws -> [Pattern]? {
    guard at(.leftParen), !current.startsLine else { return nil }
    roles[index] = .postfix
    let opening = advance()
    return try parseList(until: .rightParen, opening: opening, "between the fields") {
      try $0.parsePattern()
    }
  }

  private func parsePattern() throws -> Pattern {
    let value = try parseExpression()
    if at(.colon) {
      throw fail(.foreignForm(current.span, ":", meant: sources.text(of: value.span)))
    }
    guard case .name(let text) = value.kind, text != "self", text != "sender" else {
      return Pattern(.expression(value), value.span)
    }
    if text == "_" { return Pattern(.wildcard, value.span) }
    return Pattern(.name(Name(text, value.span)), value.span)
  }

  /// `s`, `s: Node`, `Node[2]`, after `from`, `to`, `by` or `of`.
  func parseParty() throws -> PartyPattern {
    let start = current
    let name: Name
    if at(.self) {
      name = Name(start.text, advance().span)
    } else {
      name = try parseName("an agent or a variable for it")
    }
    if at(.leftBracket), !current.startsLine {
      let head = Expression(.name(name.text), name.span)
      height = 0
      let identity = try parseIndex(of: head, start: start)
      return PartyPattern(name: name, type: nil, identity: identity)
    }
    let type = take(.colon) ? try parseType() : nil
    return PartyPattern(name: name, type: type, identity: nil)
  }

  /// `when g`, nil where there is none; says so where the word is missing or another one.
  func parseGuard() throws -> Expression? {
    if take(.when) { return try parseExpression() }
    guard !atBoundary, !at(.leftBrace) else { return nil }
    if at(.if) || at(.where) {
      report(.foreignKeyword(current.span, current.text, meant: "when"))
      advance()
      return try parseExpression()
    }
    if startsExpression(current), !isRoute(current.word) {
      throw fail(.missingWhen(current.span))
    }
    return nil
  }

  private func isRoute(_ word: Word?) -> Bool {
    word == .from || word == .to || word == .by
  }
}
