/// The punctuation that the lexer knows: the language's own and, so that the parser can say what to
/// write instead, some of other languages.
enum Symbol: String, CaseIterable, Sendable {
  case leftParen = "("
  case rightParen = ")"
  case leftBrace = "{"
  case rightBrace = "}"
  case leftBracket = "["
  case rightBracket = "]"
  case comma = ","
  case semicolon = ";"
  case colon = ":"
  case dot = "."
  case dotDot = ".."
  case arrow = "->"
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case percent = "%"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case bang = "!"
  case question = "?"
  case assign = "="
  case plusAssign = "+="
  case minusAssign = "-="
  case starAssign = "*="
  case slashAssign = "/="
  case percentAssign = "%="
  // Of other languages.
  case colonAssign = ":="
  case andAnd = "&&"
  case orOr = "||"
  case ampersand = "&"
  case bar = "|"
  case strictEqual = "==="
  case strictNotEqual = "!=="
  case fatArrow = "=>"
  case ellipsis = "..."
  case halfOpen = "..<"
  case angles = "<>"

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
