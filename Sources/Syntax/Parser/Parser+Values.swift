import Diagnostics

extension Parser {
  /// A literal, a name, a bracketed expression or a quantifier.
  func parsePrimary() throws -> Expression {
    let start = current
    switch current.kind {
    case .integer(let magnitude): return parseInteger(magnitude)
    case .real:
      advance()
      return Expression(.real(start.text), start.span)
    case .string(let text):
      advance()
      return Expression(.string(text), start.span)
    case .symbol(.leftParen): return try parseParentheses()
    case .symbol(.leftBrace): return try parseSet()
    case .symbol(.leftBracket): return try parseSequence()
    case .name: return try parseNamed()
    default: throw fail(.expectedExpression(found))
    }
  }

  private func parseInteger(_ magnitude: UInt64) -> Expression {
    let token = advance()
    guard let value = Int64(exactly: magnitude) else {
      report(.integerTooLarge(token.span))
      return Expression(.error, token.span)
    }
    return Expression(.integer(value), token.span)
  }

  private func parseNamed() throws -> Expression {
    let token = current
    if token.isName, atDeclaration { throw fail(.expectedExpression(found)) }
    let kind: Expression.Kind
    switch token.word {
    case .true: kind = .boolean(true)
    case .false: kind = .boolean(false)
    case .noValue: kind = .none
    case .self, .sender: kind = .name(token.text)
    default:
      guard token.isName else { throw fail(.expectedExpression(found)) }
      kind = .name(token.text)
    }
    advance()
    return Expression(kind, token.span)
  }

  private func parseParentheses() throws -> Expression {
    let opening = advance()
    let inner = try parseExpression()
    try expect(.rightParen, "after the expression", opening: opening)
    try grow()
    return Expression(inner.kind, span(from: opening))
  }

  private func parseSequence() throws -> Expression {
    let opening = advance()
    let elements = try parseList(until: .rightBracket, opening: opening, "between the elements") {
      try $0.parseExpression()
    }
    try grow()
    return Expression(.sequence(elements), span(from: opening))
  }

  /// `{a, b}` or `{x in S where p}`.
  private func parseSet() throws -> Expression {
    roles[index] = .setBrace
    let begin = index
    let opening = advance()
    var elements: [Expression] = []
    if !at(.rightBrace) {
      let first = try parseExpression()
      if at(.colon) { throw colonInSet(after: first, from: begin) }
      if at(.where) { return try parseSetComprehension(first, opening: opening) }
      elements.append(first)
      if !at(.rightBrace) {
        guard take(.comma) else {
          if !atEnd, !current.startsLine, startsExpression(current) {
            throw fail(.missingComma(gap, next: current, what: "between the elements"))
          }
          throw fail(
            .expectedSymbol(found, .rightBrace, context: "after the set", opening: opening.span))
        }
      }
    }
    elements += try parseList(until: .rightBrace, opening: opening, "between the elements") {
      try $0.parseExpression()
    }
    roles[index - 1] = .setBrace
    try grow()
    return Expression(.set(elements), span(from: opening))
  }

  /// `{x in S: p}` or `{field: value}`; skips the whole.
  private func colonInSet(after first: Expression, from begin: Int) -> SyntaxFailure {
    var meant = "Name(\(sources.text(of: first.span)): …)"
    if case .binary(.in, _, _) = first.kind {
      meant = "{\(sources.text(of: first.span)) where …}"
    }
    let failure = fail(.foreignForm(current.span, ":", meant: meant))
    index = begin
    skipBraces()
    return failure
  }

  private func parseSetComprehension(
    _ head: Expression, opening: Token
  ) throws -> Expression {
    let variable: Name
    let domain: Expression
    switch head.kind {
    case .binary(.in, let left, let right):
      guard case .name(let text) = left.kind else { throw fail(.malformedComprehension(head.span)) }
      variable = Name(text, left.span)
      domain = right
    default: throw fail(.malformedComprehension(head.span))
    }
    advance()
    let filter = try parseExpression()
    roles[index] = .setBrace
    try expect(.rightBrace, "after the condition", opening: opening)
    try grow()
    return Expression(
      .setComprehension(variable, domain: domain, filter: filter), span(from: opening))
  }

  /// Whether a name follows on the same line, so that the word here must be a quantifier.
  var bindsVariable: Bool {
    let next = peek()
    guard next.isName, !next.startsLine else { return false }
    return !(next.word == .leads && peek(2).word == .to)
  }

  /// `all a, b in S where p: e`.
  func parseQuantifier() throws -> Expression {
    let start = advance()
    let quantifier = Quantifier(rawValue: start.text) ?? .all
    var names = [try parseName("a variable")]
    while take(.comma) { names.append(try parseName("a variable")) }
    try expect(.in, "between the variable and the values it takes")
    let domain = try parseExpression()
    let filter = take(.where) ? try parseExpression() : nil
    roles[index] = .bodyColon
    guard take(.colon) else {
      throw fail(.missingColon(found, after: start.text, isList: at(.comma)))
    }
    let body = try parseExpression()
    try grow()
    return Expression(
      .quantifier(quantifier, names, domain: domain, filter: filter, body), span(from: start))
  }

  /// `map k in K: e`.
  func parseMapComprehension() throws -> Expression {
    let start = advance()
    let key = try parseName("a variable")
    try expect(.in, "between the variable and the values it takes")
    let domain = try parseExpression()
    roles[index] = .bodyColon
    guard take(.colon) else { throw fail(.missingColon(found, after: start.text)) }
    let value = try parseExpression()
    try grow()
    return Expression(.mapComprehension(key, domain: domain, value), span(from: start))
  }
}
