/// The punctuation that the lexer knows: the language's own and, so that the parser can say what to
/// write instead, some of other languages.
enum Symbol: String, CaseIterable, Sendable {
  case leftParen = "(", rightParen = ")", leftBrace = "{", rightBrace = "}"
  case leftBracket = "[", rightBracket = "]"
  case comma = ",", semicolon = ";", colon = ":", dot = ".", dotDot = "..", arrow = "->"
  case plus = "+", minus = "-", star = "*", slash = "/", percent = "%"
  case equal = "==", notEqual = "!=", less = "<", lessEqual = "<=", greater = ">"
  case greaterEqual = ">=", bang = "!", question = "?"
  case assign = "=", plusAssign = "+=", minusAssign = "-=", starAssign = "*=", slashAssign = "/="
  case percentAssign = "%="
  // Of other languages.
  case colonAssign = ":=", andAnd = "&&", orOr = "||", ampersand = "&", bar = "|"
  case strictEqual = "===", strictNotEqual = "!==", fatArrow = "=>", ellipsis = "..."
  case halfOpen = "..<", angles = "<>"

  static let lengthMax = 3

  /// The symbol that a text is, found faster than by the raw value.
  init?(spelling: String) {
    guard let symbol = Self.bySpelling[spelling] else { return nil }
    self = symbol
  }

  private static let bySpelling = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// The assignment that the symbol stands for.
  var assignment: AssignmentOperator? { AssignmentOperator(rawValue: rawValue) }
}
