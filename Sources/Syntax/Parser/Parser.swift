import Diagnostics

/// Thrown after a mistake was reported, to the place where parsing can go on.
struct SyntaxFailure: Error {}

/// What a token turned out to be, where its text alone does not say; formatting wants to know.
enum TokenRole: Sendable {
  /// A brace of a set, not of a block.
  case setBrace
  /// The minus of `-x`.
  case prefix
  /// The parenthesis or bracket that belongs to the name or value before it.
  case postfix
  /// The colon before the body of a quantifier.
  case bodyColon
  /// Inside a part that this version skips: keeps its spacing.
  case skipped
}

/// A recursive-descent parser over the tokens of one file.
///
/// A mistake is reported where it is found; then `SyntaxFailure` unwinds to the statement, item or
/// declaration, which skips to its end and goes on. Slips with an obvious meaning are reported and
/// parsed as meant.
final class Parser {
  /// Brackets, blocks and operators nest at most this deep, so that no file exhausts a stack.
  static let nestingMax = 100

  let file: FileID
  let tokens: [Token]
  let comments: [Comment]
  let sources: SourceSet
  var index = 0
  var diagnostics: [Diagnostic] = []
  /// How many calls of the recursive parts of the grammar are open.
  var depth = 0
  /// Height of the tallest expression parsed so far within the expression at hand.
  var height = 0
  var roles: [Int: TokenRole] = [:]
  /// Indices of the tokens with which declarations, items and statements begin.
  var itemStarts: Set<Int> = []
  /// Start of the last mistake, at which no second one is reported.
  private var errorOffsetLast = -1

  init(_ lexed: LexedFile, file: FileID, sources: SourceSet) {
    self.file = file
    self.sources = sources
    tokens = lexed.tokens
    comments = lexed.comments
  }

  // MARK: Looking

  var current: Token { tokens[index] }

  func peek(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  var previous: Token? { index > 0 ? tokens[index - 1] : nil }

  var atEnd: Bool { current.kind == .end }

  func at(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

  func at(_ word: Word) -> Bool { current.word == word }

  /// Whether a statement or item ends before the current token.
  var atBoundary: Bool {
    atEnd || current.startsLine || at(.semicolon) || at(.rightBrace)
  }

  // MARK: Moving

  @discardableResult
  func advance() -> Token {
    let token = current
    if !atEnd { index += 1 }
    return token
  }

  func take(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  func take(_ word: Word) -> Bool {
    guard at(word) else { return false }
    advance()
    return true
  }

  /// The span from a token's start to the end of the last token taken.
  func span(from start: Token) -> Span {
    guard let previous, previous.span.end > start.span.start else { return start.span }
    return start.span.union(previous.span)
  }

  // MARK: Reporting

  /// Adds a diagnostic, unless one was reported at the same place already.
  func report(_ diagnostic: Diagnostic) {
    let offset = diagnostic.primary?.span.start ?? -2
    guard offset != errorOffsetLast else { return }
    errorOffsetLast = offset
    diagnostics.append(diagnostic)
  }

  /// Reports that something else was expected here; silent where the lexer has complained.
  func fail(_ diagnostic: @autoclosure () -> Diagnostic) -> SyntaxFailure {
    if current.kind != .invalid { report(diagnostic()) }
    return SyntaxFailure()
  }

  /// Where to point when the current token is not what was expected, and what to say of it.
  var found: Label {
    guard let previous, atEnd || current.startsLine else {
      return Label(current.span, "found \(current.described)")
    }
    let gap = Span(file: file, start: previous.span.end, end: previous.span.end)
    return Label(gap, atEnd ? "the file ends here" : "the line ends here")
  }

  /// The current token, which cannot begin what should begin here.
  var foundHere: Label { Label(current.span, "found \(current.described)") }

  /// The place right behind the last token taken.
  var gap: Span {
    let offset = previous?.span.end ?? 0
    return Span(file: file, start: offset, end: offset)
  }

  // MARK: Depth

  /// Enters a level of nesting; the caller leaves it with `depth -= 1`.
  func descend() throws {
    guard depth < Self.nestingMax else { throw tooDeep() }
    depth += 1
  }

  /// Notes that the expression at hand got one level taller.
  func grow() throws {
    height += 1
    guard height <= Self.nestingMax else { throw tooDeep() }
  }

  private func tooDeep() -> SyntaxFailure {
    if !diagnostics.contains(where: { $0.code == Diagnostic.nestedTooDeeplyCode }) {
      report(.nestedTooDeeply(current.span, limit: Self.nestingMax))
    }
    return SyntaxFailure()
  }
}
