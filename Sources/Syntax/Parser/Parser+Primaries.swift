import Diagnostics

extension Parser {
  /// Whether an operand may begin with a token; only a guess where a word is contextual.
  func startsExpression(_ token: Token) -> Bool {
    switch token.kind {
    case .integer, .real, .string: return true
    case .symbol(let symbol):
      return [.leftParen, .leftBrace, .leftBracket, .minus, .bang].contains(symbol)
    case .name:
      guard let word = token.word, word.isReserved else { return true }
      return [.true, .false, .noValue, .not, .if, .self, .sender, .always, .eventually].contains(
        word)
    case .invalid, .end: return false
    }
  }

  /// An operand with the words and signs before it.
  func parsePrefix() throws -> Expression {
    switch current.kind {
    case .symbol(.minus): return try parseNegated()
    case .symbol(.bang): return try parseNegation()
    default: break
    }
    if bindsVariable, Quantifier(rawValue: current.text) != nil { return try parseQuantifier() }
    if bindsVariable, peek(2).word == .in, let meant = foreignQuantifiers[current.text] {
      throw fail(.foreignKeyword(current.span, current.text, meant: meant))
    }
    switch current.word {
    case .not: return try parseNegation()
    case .always, .eventually: return try parseTemporal()
    case .can where canBeginsFormula: return try parseTemporal()
    case .coalition where peek().kind == .symbol(.leftBrace): return try parseCoalition()
    case .if: return try parseConditional()
    case .map where bindsVariable: return try parseMapComprehension()
    case .await where startsOperand(peek()): throw fail(.awaitInExpression(current.span))
    default: return try parsePostfix()
    }
  }

  /// `not p`, which reaches over a comparison; `!p` of other languages does not.
  private func parseNegation() throws -> Expression {
    let start = advance()
    if start.word != .not { report(.foreignOperator(start.span, "!", meant: "not")) }
    let operand = try parseOperators(above: start.word == .not ? .and : .comparison)
    try grow()
    return Expression(.unary(.not, operand), span(from: start))
  }

  private func parseNegated() throws -> Expression {
    roles[index] = .prefix
    let start = advance()
    if case .integer(Int64.min.magnitude) = current.kind {
      advance()
      return Expression(.integer(.min), span(from: start))
    }
    try descend()
    defer { depth -= 1 }
    let operand = try parsePrefix()
    try grow()
    return Expression(.unary(.negate, operand), span(from: start))
  }

  /// Whether a token on the same line is the operand of the word before it.
  private func startsOperand(_ token: Token) -> Bool {
    guard !token.startsLine, startsExpression(token) else { return false }
    if case .symbol(let symbol) = token.kind { return symbol == .leftParen }
    return true
  }

  private var canBeginsFormula: Bool {
    let next = peek()
    if case .symbol(let symbol) = next.kind { return symbol == .leftParen || symbol == .leftBrace }
    return startsExpression(next) && next.word != .ensure
  }

  private func parseTemporal() throws -> Expression {
    let start = advance()
    let formula = try parseExpression()
    try grow()
    let sign = TemporalOperator(rawValue: start.text) ?? .always
    return Expression(.temporal(sign, formula), span(from: start))
  }

  private func parseCoalition() throws -> Expression {
    let start = advance()
    roles[index] = .setBrace
    let opening = advance()
    let members = try parseList(until: .rightBrace, opening: opening, "between the members") {
      try $0.parseExpression()
    }
    roles[index - 1] = .setBrace
    try expect(.can, "after the coalition")
    try expect(.ensure, "after `can`")
    let formula = try parseExpression()
    try grow()
    return Expression(.coalition(members, formula), span(from: start))
  }

  /// `if c then a else b`.
  private func parseConditional() throws -> Expression {
    let start = advance()
    let condition = try parseExpression()
    guard take(.then) else { throw fail(.expectedThen(found)) }
    let consequence = try parseExpression()
    guard take(.else) else { throw fail(.expectedElse(found)) }
    let alternative = try parseExpression()
    try grow()
    return Expression(.conditional(condition, consequence, alternative), span(from: start))
  }

  /// `c ? a : b` of other languages, reported and read as meant.
  func parseTernary(_ condition: Expression, start: Token) throws -> Expression {
    let question = advance()
    guard !atBoundary, startsExpression(current) else { throw fail(.expectedExpression(found)) }
    let consequence = try parseExpression()
    guard take(.colon) else { throw fail(.expectedElse(found)) }
    let alternative = try parseExpression()
    try grow()
    let parts = [condition, consequence, alternative].map { sources.text(of: $0.span) }
    report(.ternary(question.span, whole: span(from: start), parts: parts))
    return Expression(.conditional(condition, consequence, alternative), span(from: start))
  }

  /// A value with `.member`, `[index]`, `(arguments)` and `!` after it.
  private func parsePostfix() throws -> Expression {
    let start = current
    var value = try parsePrimary()
    while !current.startsLine, case .symbol(let symbol) = current.kind {
      switch symbol {
      case .dot:
        advance()
        let member = try parseName("a field or variable")
        value = Expression(.member(value, member), span(from: start))
      case .leftBracket:
        value = try parseIndex(of: value, start: start)
      case .leftParen:
        value = try parseCall(of: value, start: start)
      case .bang:
        advance()
        value = Expression(.unwrap(value), span(from: start))
      default: return value
      }
      try grow()
    }
    return value
  }

  func parseIndex(of value: Expression, start: Token) throws -> Expression {
    roles[index] = .postfix
    let opening = advance()
    let position = try parseExpression()
    try expect(.rightBracket, "after the index", opening: opening)
    return Expression(.index(value, position), span(from: start))
  }

  private func parseCall(of value: Expression, start: Token) throws -> Expression {
    guard case .name(let function) = value.kind else { throw fail(.callOfValue(current.span)) }
    let arguments = try parseArguments()
    return Expression(.call(Name(function, value.span), arguments), span(from: start))
  }

  /// `(a, label: b)`.
  func parseArguments() throws -> [Argument] {
    roles[index] = .postfix
    let opening = advance()
    return try parseList(until: .rightParen, opening: opening, "between the arguments") { parser in
      var label: Name?
      if parser.current.isName, parser.peek().kind == .symbol(.colon) {
        label = try parser.parseName("a field")
        parser.advance()
      }
      return Argument(label: label, value: try parser.parseExpression())
    }
  }
}

/// Quantifiers of other languages, and what stands for them here.
private let foreignQuantifiers = [
  "forall": "all", "every": "all", "each": "all", "exists": "some", "any": "some",
]
