import Diagnostics

// After a mistake: where to go on, and how a block ends.
extension Parser {
  /// Items of a block with its braces; a mistake costs the rest of its line and no more.
  /// `endsAtRules`: they are statements, among which no rule of an agent stands.
  func parseItems(
    _ context: String, endsAtRules: Bool = false, _ parseItem: (Parser) throws -> Void
  ) throws {
    let opening = current
    guard take(.leftBrace) else {
      throw fail(.expectedSymbol(found, .leftBrace, context: context, opening: nil))
    }
    try parseItems(
      while: {
        !$0.at(.rightBrace) && !$0.atEnd && !$0.atOuterDeclaration && !(endsAtRules && $0.atRule)
      }, parseItem)
    if !take(.rightBrace) { report(.unclosedBlock(opening.span, blockEnd)) }
  }

  /// Items as long as they go on.
  func parseItems(
    while goesOn: (Parser) -> Bool, _ parseItem: (Parser) throws -> Void
  ) throws {
    try descend()
    defer { depth -= 1 }
    while goesOn(self) {
      if take(.semicolon) { continue }
      let start = index
      itemStarts.insert(start)
      do {
        try parseItem(self)
        try endItem()
      } catch {
        skipItem(from: start)
      }
    }
  }

  /// The column of a token, in bytes from 0.
  func column(of token: Token) -> Int {
    let line = sources.line(at: token.span.start, in: file)
    return token.span.start - sources.files[file.index].lineStarts[line]
  }

  /// The column of the first token on the line of the last token taken.
  var marginBefore: Int {
    var first = max(0, index - 1)
    while first > 0, !tokens[first].startsLine { first -= 1 }
    return column(of: tokens[first])
  }

  /// Where a block ends that is not closed.
  var blockEnd: Label {
    atEnd ? found : Label(current.span, "a \(atRule ? "rule" : "declaration") begins here")
  }

  /// Whether a rule of an agent begins here, by its first two words at the start of a line.
  private var atRule: Bool {
    guard current.startsLine, !peek().startsLine else { return false }
    switch current.word {
    case .on, .step: return peek().kind == .name
    case .unfair: return peek().word == .step
    case .run: return peek().kind == .symbol(.leftBrace)
    default: return false
    }
  }

  /// Requires the end of the line, a semicolon, or the end of the block; a closing brace is enough.
  private func endItem() throws {
    if take(.semicolon) || atBoundary || previous?.kind == .symbol(.rightBrace) { return }
    throw fail(.expectedEndOfStatement(current, after: previous))
  }

  /// Skips to the end of the line or block in which a mistake was found.
  func skipItem(from start: Int) {
    if index == start, !at(.rightBrace) { skipToken() }
    while !atEnd, !at(.rightBrace), !current.startsLine {
      if take(.semicolon) { return }
      skipToken()
    }
  }

  /// Skips a token, or a whole block with its braces.
  func skipToken() {
    guard at(.leftBrace) else {
      advance()
      return
    }
    skipBraces()
  }

  /// Skips from an opening brace past the closing one, or to the next declaration in column one.
  @discardableResult
  func skipBraces() -> Bool {
    var open = 0
    repeat {
      if at(.leftBrace) { open += 1 }
      if at(.rightBrace) { open -= 1 }
      advance()
    } while open > 0 && !atEnd && !atOuterDeclaration
    return open == 0
  }

  /// Skips to the next declaration.
  func skipDeclaration(from start: Int) {
    if index == start { skipToken() }
    while !atEnd, !atDeclaration, !(isFirstColumn && atDeclarationWord) { skipToken() }
  }

  private var isFirstColumn: Bool { column(of: current) == 0 }

  private var atDeclarationWord: Bool {
    current.word.map(Word.declarations.contains) ?? false
  }

  /// Whether a declaration begins here, by its first two words at the start of a line.
  var atDeclaration: Bool {
    guard current.startsLine, let word = current.word else { return false }
    switch word {
    case .workflow, .param, .const, .type, .enum, .record, .function, .message, .agent,
      .environment, .monitor, .property, .check, .choreography, .prompt, .network:
      return peek().kind == .name && !peek().startsLine
    case .shared: return peek().word == .var
    case .claims: return peek().word == .of
    case .faults: return peek().kind == .symbol(.leftBrace)
    case .import: if case .string = peek().kind { return true } else { return false }
    default: return false
    }
  }

  /// Whether a declaration begins in the first column: there no block goes on.
  var atOuterDeclaration: Bool {
    atDeclaration && isFirstColumn && !at(.network) && !at(.faults)
  }
}
