import Diagnostics

// Names, punctuation and lists: the small parts that everything else is made of.
extension Parser {
  /// A name that the spec declares or uses; `what` completes "expected the name of …".
  func parseName(_ what: String) throws -> Name {
    if current.isName, !nameStartsNextItem {
      let token = advance()
      return Name(token.text, token.span)
    }
    if current.kind == .name, !current.startsLine {
      throw fail(.reservedName(current, what: what))
    }
    throw fail(.expectedName(found, what: what))
  }

  /// A name that begins a line belongs to what follows, not to a heading that was left unfinished,
  /// unless an item is to begin here, as in an `enum` of several lines.
  private var nameStartsNextItem: Bool {
    current.startsLine && previous?.kind == .name && !itemStarts.contains(index)
  }

  func expect(_ symbol: Symbol, _ context: String, opening: Token? = nil) throws {
    if take(symbol) { return }
    throw fail(.expectedSymbol(found, symbol, context: context, opening: opening?.span))
  }

  func expect(_ word: Word, _ context: String) throws {
    if take(word) { return }
    throw fail(.expectedWord(found, word, context: context))
  }

  /// Items between commas up to the closing bracket, which it takes; a comma may end the list.
  func parseList<Item>(
    until closer: Symbol, opening: Token, _ what: String,
    _ parseItem: (Parser) throws -> Item
  ) throws -> [Item] {
    var items: [Item] = []
    while !at(closer) {
      if atOuterDeclaration { break }
      items.append(try parseItem(self))
      if at(closer) { break }
      if take(.comma) { continue }
      if !atEnd, !current.startsLine, startsExpression(current) {
        throw fail(.missingComma(gap, next: current, what: what))
      }
      break
    }
    try expect(closer, "at the end of the list", opening: opening)
    return items
  }

  /// Items between commas or line ends up to the closing brace, as in an `enum` or a `record`.
  func parseLines<Item>(
    _ what: String, _ parseItem: (Parser) throws -> Item
  ) throws -> [Item] {
    let opening = current
    try expect(.leftBrace, what)
    var items: [Item] = []
    while !at(.rightBrace) {
      if atEnd || atOuterDeclaration {
        throw fail(.unclosedBlock(opening.span, blockEnd))
      }
      itemStarts.insert(index)
      do {
        items.append(try parseItem(self))
      } catch {
        // The block has been opened, so that its end is no mistake of its own.
        while !atEnd, !atOuterDeclaration, !at(.rightBrace) { skipToken() }
        if at(.rightBrace) { advance() }
        throw error
      }
      if take(.comma) || take(.semicolon) || current.startsLine { continue }
      if at(.rightBrace) { break }
      if current.isName { throw fail(.missingComma(gap, next: current, what: what)) }
      try expect(.rightBrace, what, opening: opening)
      return items
    }
    advance()
    return items
  }

  /// `name: T` of a record, message or function.
  func parseField() throws -> FieldSyntax {
    let name = try parseName("a field")
    try expect(.colon, "between the field `\(name.text)` and its type")
    return FieldSyntax(name: name, type: try parseType())
  }

  /// `(a: T, b: T)`.
  func parseFields(_ what: String) throws -> [FieldSyntax] {
    let opening = current
    try expect(.leftParen, what)
    return try parseList(until: .rightParen, opening: opening, what) { try $0.parseField() }
  }

  /// The `///` lines right above a token, without the slashes.
  func documentation(above token: Token, after before: Token?) -> String? {
    var lines: [String] = []
    let first = before?.commentsBefore ?? 0
    for comment in comments[first..<token.commentsBefore].reversed() {
      guard comment.isDocumentation, comment.startsLine else { break }
      let text = sources.text(of: comment.span).dropFirst(3)
      lines.append(String(text.first == " " ? text.dropFirst() : text))
    }
    return lines.isEmpty ? nil : lines.reversed().joined(separator: "\n")
  }

  /// The documentation of what begins at the current token.
  var documentationHere: String? { documentation(above: current, after: previous) }
}
