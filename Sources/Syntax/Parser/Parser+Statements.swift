import Diagnostics

extension Parser {
  /// `{ … }` of statements.
  func parseBlock(_ context: String) throws -> [Statement] {
    guard at(.leftBrace) else { return try parseBlockWithoutBrace(context) }
    var statements: [Statement] = []
    try parseItems(context, endsAtRules: true) { try $0.parseStatement(into: &statements) }
    return statements
  }

  private func parseStatement(into statements: inout [Statement]) throws {
    let start = current
    do {
      statements.append(try parseStatement())
    } catch {
      statements.append(Statement(.error, span(from: start)))
      throw error
    }
  }

  /// A block whose opening brace is missing, which is one mistake and not three: its statements
  /// are the lines below that stand further right than the line of its heading, and a closing
  /// brace right below that line is its own.
  private func parseBlockWithoutBrace(_ context: String) throws -> [Statement] {
    let failure = fail(.missingBraces(found, context: context))
    let margin = marginBefore
    if take(.colon) || take(.then), at(.leftBrace) { return try parseBlock(context) }
    guard current.startsLine, column(of: current) > margin else { throw failure }
    var statements: [Statement] = []
    try parseItems(
      while: { !$0.atEnd && !$0.at(.rightBrace) && $0.column(of: $0.current) > margin },
      { try $0.parseStatement(into: &statements) })
    if at(.rightBrace), current.startsLine, column(of: current) == margin { advance() }
    return statements
  }

  /// Whether a statement begins here, or what looks like one.
  var atStatement: Bool {
    switch current.word {
    case .if, .match, .for, .while, .send, .choose, .ask, .flip, .assert, .stop, .receive, .await,
      .either, .yield, .loop, .checkpoint, .commit:
      true
    default: isAssignmentTarget
    }
  }

  private func parseStatement() throws -> Statement {
    let start = current
    guard let word = current.word, !isAssignmentTarget else { return try parseAssignment() }
    switch word {
    case .let: return try parseLet()
    case .var: return try parseLocalVariable()
    case .if: return try parseIf()
    case .match: return try parseMatch()
    case .for: return try parseFor()
    case .while: return try parseWhile()
    case .send: return try parseSend()
    case .choose, .ask, .flip: return try parseChoice()
    case .assert:
      advance()
      let condition = try parseExpression()
      return Statement(.assert(condition), span(from: start))
    case .commit:
      advance()
      let claim = try parseExpression()
      return Statement(.commit(claim), span(from: start))
    case .stop: return parseWord(.stop)
    case .else, .or: throw fail(.orphanBranch(current))
    default: return try parseBlockingStatement(word)
    }
  }

  /// The statements of `run` bodies.
  private func parseBlockingStatement(_ word: Word) throws -> Statement {
    switch word {
    case .receive: return try parseReceive(idle: false)
    case .idle where peek().word == .receive: return try parseReceive(idle: true)
    case .await: return try parseAwait()
    case .either: return try parseEither()
    case .yield: return parseWord(.yield)
    case .checkpoint: return parseWord(.checkpoint)
    case .loop:
      let start = advance()
      let heading = span(from: start)
      return Statement(.loop(try parseBlock("after `loop`")), heading)
    default: return try parseAssignment()
    }
  }

  private func parseWord(_ kind: Statement.Kind) -> Statement {
    Statement(kind, advance().span)
  }

  /// Whether the word here is a variable's name after all: an assignment follows.
  private var isAssignmentTarget: Bool {
    guard current.isName else { return false }
    guard case .symbol(let symbol) = peek().kind, !peek().startsLine else { return false }
    if symbol.assignment != nil || [.dot, .colonAssign, .equal].contains(symbol) { return true }
    if at(.assert) || at(.await) || at(.commit) { return false }
    return symbol == .leftBracket
  }

  private func parseLet() throws -> Statement {
    let start = advance()
    let name = try parseName("a local constant")
    try expectAssign("between `\(name.text)` and its value")
    let value = try parseExpression()
    return Statement(.let(name, value), span(from: start))
  }

  private func parseLocalVariable() throws -> Statement {
    let start = advance()
    let name = try parseName("a local variable")
    let type = try parseVariableType(of: name)
    var value: Expression?
    if at(.assign) || at(.colonAssign) {
      try expectAssign("before the initial value")
      value = try parseExpression()
    }
    return Statement(.var(name, type, value), span(from: start))
  }

  /// `: T` after a variable's name.
  func parseVariableType(of name: Name) throws -> TypeSyntax {
    guard take(.colon) else { throw fail(.missingType(found, name: name)) }
    return try parseType()
  }

  /// `=`, for which `:=` and `==` are slips.
  func expectAssign(_ context: String) throws {
    if at(.colonAssign) || at(.equal) {
      report(.foreignAssignment(advance()))
      return
    }
    try expect(.assign, context)
    if current.startsLine, peek().kind == .symbol(.assign) {
      throw fail(.expectedExpression(found))
    }
  }

  /// `x = e`, `m[k] += e`, `r.f = e`.
  private func parseAssignment() throws -> Statement {
    let start = current
    guard current.isName else { throw fail(.expectedStatement(foundHere, token: current)) }
    if let meant = foreignStatement(current), !isAssignmentTarget {
      throw fail(.foreignKeyword(current.span, current.text, meant: meant))
    }
    let target = try parseTarget()
    if case .symbol(let symbol) = current.kind, !current.startsLine,
      let assignment = symbol.assignment, assignment != .set
    {
      advance()
      let value = try parseExpression()
      return Statement(.assign(target, assignment, value), span(from: start))
    }
    if let step = incrementHere { throw fail(.increment(span(from: start), step: step)) }
    guard !current.startsLine, at(.assign) || at(.colonAssign) || at(.equal) else {
      throw fail(notAStatement(target, from: start))
    }
    try expectAssign("of the assignment")
    let value = try parseExpression()
    return Statement(.assign(target, .set, value), span(from: start))
  }

  private func notAStatement(_ target: Expression, from start: Token) -> Diagnostic {
    let whole = span(from: start)
    guard case .member(let value, let name) = target.kind else {
      return .notAStatement(sources.text(of: whole), method: nil, at: whole)
    }
    return .notAStatement(
      name.text, method: (sources.text(of: value.span), name.text), at: whole)
  }

  /// `++` or `--`, which the lexer reads as two signs.
  private var incrementHere: String? {
    guard at(Symbol.plus) || at(Symbol.minus), peek().kind == current.kind, peek().isGlued else {
      return nil
    }
    return current.text
  }

  private func parseTarget() throws -> Expression {
    let start = advance()
    var target = Expression(.name(start.text), start.span)
    height = 0
    while !current.startsLine {
      if take(.dot) {
        target = Expression(.member(target, try parseName("a field")), span(from: start))
      } else if at(.leftBracket) {
        target = try parseIndex(of: target, start: start)
      } else {
        break
      }
      try grow()
    }
    return target
  }

  private func foreignStatement(_ token: Token) -> String? { foreignStatements[token.text] }
}

/// Statements of other languages, and what stands for them here.
private let foreignStatements: [String: String] = [
  "return": "stop", "break": "a condition of `while`", "elif": "else if", "elsif": "else if",
  "elseif": "else if", "switch": "match", "print": "a variable that a property reads",
  "wait": "await", "const": "let", "goto": "loop", "continue": "if", "throw": "assert",
  "foreach": "for", "repeat": "loop", "recv": "receive", "emit": "send",
  "reply": "send M(…) to sender", "respond": "send M(…) to sender", "exit": "stop", "end": "stop",
  "sleep": "yield", "def": "let", "set": "x = …",
]
