import Diagnostics

/// Prints the tokens and comments of a parsed file line by line.
struct TokenPrinter {
  private struct Bracket {
    /// Indentation of the line that opened it.
    let outer: Int
    let isBlock: Bool
  }

  private static let unit = 4

  private let parser: Parser
  private let spacing: Spacing
  private var output = ""
  /// Length of the line at hand, without its line feed.
  private var column = 0
  private var indentation = 0
  private var brackets: [Bracket] = []
  /// The quantifiers whose body stands on lines of its own: how deep in brackets and blanks.
  private var bodies: [(brackets: Int, indentation: Int)] = []
  /// Zero-based source line on which the last thing printed ended.
  private var lineLast: Int?
  /// Whether the last thing printed opened a bracket, after which no empty line is kept.
  private var justOpened = true

  init(_ parser: Parser) {
    self.parser = parser
    spacing = Spacing(parser)
  }

  /// The whole file.
  mutating func print() -> String {
    var comments = 0
    for (index, token) in parser.tokens.enumerated() {
      while comments < token.commentsBefore {
        printComment(parser.comments[comments], before: index)
        comments += 1
      }
      if token.kind != .end { printToken(index) }
    }
    return output.isEmpty ? "" : output + "\n"
  }

  private mutating func printToken(_ index: Int) {
    let token = parser.tokens[index]
    if isCloser(token), token.startsLine {
      justOpened = true  // No empty line before a closing bracket.
      beginLine(at: token.span, indentation: brackets.last?.outer ?? 0)
    } else if token.startsLine {
      noteBody(index)
      beginLine(at: token.span, indentation: lineIndentation(index))
    } else if spacing.hasBlank(before: index) {
      write(" ")
    }
    write(token.text)
    note(token, index)
  }

  /// Keeps the stack of brackets, and the line of the token's end.
  private mutating func note(_ token: Token, _ index: Int) {
    justOpened = isOpener(token)
    if isOpener(token) {
      let isBlock = token.kind == .symbol(.leftBrace) && parser.roles[index] != .setBrace
      let outer = isBlock ? min(indentation, innerIndentation) : indentation
      brackets.append(Bracket(outer: outer, isBlock: isBlock))
    } else if isCloser(token), !brackets.isEmpty {
      brackets.removeLast()
    }
    lineLast = line(at: token.span.start)
  }

  /// Indentation of a line that begins with a token: one level in a bracket, and one more where the
  /// line goes on with what the line above began.
  private func lineIndentation(_ index: Int) -> Int {
    let token = parser.tokens[index]
    let inner = innerIndentation
    if parser.itemStarts.contains(index) || token.kind == .end { return inner }
    if let body = bodies.last, body.brackets == brackets.count { return body.indentation }
    guard brackets.last?.isBlock ?? true, parser.roles[index] != .skipped else { return inner }
    let followsBlock = index > 0 && parser.tokens[index - 1].kind == .symbol(.rightBrace)
    if followsBlock, token.word == .else || token.word == .or { return inner }
    return inner + Self.unit
  }

  /// Keeps the stack of bodies at the start of a line.
  private mutating func noteBody(_ index: Int) {
    if parser.itemStarts.contains(index) { bodies.removeAll() }
    while let last = bodies.last, last.brackets > brackets.count { bodies.removeLast() }
    if index > 0, parser.roles[index - 1] == .bodyColon {
      bodies.append((brackets.count, indentation + Self.unit))
    }
  }

  private var innerIndentation: Int { brackets.last.map { $0.outer + Self.unit } ?? 0 }

  /// A comment on its own line stands as deep as what comes after it in its block; one behind code
  /// keeps its column where it can.
  private mutating func printComment(_ comment: Comment, before index: Int) {
    let text = trimmed(parser.sources.text(of: comment.span))
    if comment.startsLine {
      let isLast = isCloser(parser.tokens[index])
      let depth = isLast ? innerIndentation : lineIndentation(index)
      beginLine(at: comment.span, indentation: depth)
    } else {
      write(String(repeating: " ", count: max(1, sourceColumn(comment) - column)))
    }
    write(text)
    justOpened = false
    lineLast = line(at: comment.span.start)
  }

  private mutating func beginLine(at span: Span, indentation depth: Int) {
    let line = line(at: span.start)
    if let lineLast {
      output += line > lineLast + 1 && !justOpened ? "\n\n" : "\n"
    }
    column = 0
    indentation = depth
    write(String(repeating: " ", count: depth))
  }

  private mutating func write(_ text: String) {
    output += text
    column += text.count
  }

  private func line(at offset: Int) -> Int { parser.sources.line(at: offset, in: parser.file) }

  private func sourceColumn(_ comment: Comment) -> Int {
    parser.sources.location(of: comment.span).column - 1
  }

  private func trimmed(_ text: String) -> String {
    var scalars = text.unicodeScalars
    while let last = scalars.last, last == " " || last == "\t" || last == "\r" {
      scalars.removeLast()
    }
    return String(scalars)
  }

  private func isOpener(_ token: Token) -> Bool {
    [.symbol(.leftParen), .symbol(.leftBrace), .symbol(.leftBracket)].contains(token.kind)
  }

  private func isCloser(_ token: Token) -> Bool {
    [.symbol(.rightParen), .symbol(.rightBrace), .symbol(.rightBracket)].contains(token.kind)
  }
}
