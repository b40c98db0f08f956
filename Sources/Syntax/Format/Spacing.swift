/// Decides which neighbours on a line have a blank between them.
struct Spacing {
  private let parser: Parser

  init(_ parser: Parser) { self.parser = parser }

  /// Whether a blank stands before a token that does not begin its line.
  func hasBlank(before index: Int) -> Bool {
    guard index > 0 else { return false }
    let token = parser.tokens[index]
    if parser.roles[index] == .skipped, parser.roles[index - 1] == .skipped {
      return !token.isGlued
    }
    return isOpenAfter(index - 1) && isOpenBefore(index)
  }

  /// Whether a token tolerates a blank behind it.
  private func isOpenAfter(_ index: Int) -> Bool {
    guard case .symbol(let symbol) = parser.tokens[index].kind else { return true }
    switch symbol {
    case .leftParen, .leftBracket, .dot, .dotDot: return false
    case .leftBrace: return parser.roles[index] != .setBrace
    case .minus: return parser.roles[index] != .prefix
    default: return true
    }
  }

  /// Whether a token tolerates a blank before it.
  private func isOpenBefore(_ index: Int) -> Bool {
    guard case .symbol(let symbol) = parser.tokens[index].kind else { return true }
    switch symbol {
    case .rightParen, .rightBracket, .comma, .semicolon, .colon, .dot, .dotDot, .bang, .question:
      return false
    case .rightBrace: return parser.roles[index] != .setBrace
    case .leftParen, .leftBracket: return parser.roles[index] != .postfix
    default: return true
    }
  }
}
