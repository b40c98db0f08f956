import Diagnostics

// Statements with blocks.
extension Parser {
  /// `if c { … } else if d { … } else { … }`.
  func parseIf() throws -> Statement {
    try descend()
    defer { depth -= 1 }
    let start = advance()
    let condition = try parseExpression()
    let heading = span(from: start)
    let body = try parseBlock("after the condition of `if`")
    return Statement(.if(condition, body, else: try parseElse()), heading)
  }

  private func parseElse() throws -> [Statement]? {
    if let word = foreignElse {
      report(.foreignKeyword(word.span, word.text, meant: "else if"))
      return [try parseIf()]
    }
    guard take(.else) else { return nil }
    if at(.if) { return [try parseIf()] }
    return try parseBlock("after `else`")
  }

  private var foreignElse: Token? {
    ["elif", "elsif", "elseif"].contains(current.text) && startsExpression(peek()) ? current : nil
  }

  /// `match e { case v, w { … } else { … } }`.
  func parseMatch() throws -> Statement {
    let start = advance()
    let subject = try parseExpression()
    let heading = span(from: start)
    var cases: [MatchCase] = []
    var otherwise: [Statement]?
    try parseItems("after `match`") { parser in
      if parser.take(.else) {
        otherwise = try parser.parseBlock("after `else`")
      } else {
        cases.append(try parser.parseMatchCase())
      }
    }
    return Statement(.match(subject, cases, else: otherwise), heading)
  }

  private func parseMatchCase() throws -> MatchCase {
    let start = current
    guard take(.case) else { throw fail(.expectedCase(foundHere)) }
    var values = [try parseExpression()]
    while take(.comma), !at(.leftBrace) { values.append(try parseExpression()) }
    let heading = span(from: start)
    return MatchCase(values: values, body: try parseBlock("after `case`"), span: heading)
  }

  /// `for x in S { … }`.
  func parseFor() throws -> Statement {
    let start = advance()
    if at(.leftParen) { throw fail(.foreignForm(current.span, "(", meant: "for x in S { … }")) }
    let name = try parseName("a loop variable")
    try expect(.in, "between the variable and the values it takes")
    let domain = try parseExpression()
    let heading = span(from: start)
    return Statement(.for(name, in: domain, try parseBlock("after `for`")), heading)
  }

  func parseWhile() throws -> Statement {
    let start = advance()
    let condition = try parseExpression()
    let heading = span(from: start)
    return Statement(.while(condition, try parseBlock("after `while`")), heading)
  }

  /// `either { … } or { … }`.
  func parseEither() throws -> Statement {
    let start = advance()
    let heading = span(from: start)
    var branches = [try parseBlock("after `either`")]
    while take(.or) { branches.append(try parseBlock("after `or`")) }
    if branches.count < 2 { report(.eitherWithoutOr(heading, found: gap)) }
    return Statement(.either(branches), heading)
  }
}
