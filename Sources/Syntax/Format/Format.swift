import Diagnostics

/// The text of a file in the canonical layout; nil where it does not lex or parse.
///
/// Lines stay lines: indentation, blanks inside a line and empty lines are normalised, everything
/// else, comments included, is kept. Formatting a formatted text changes nothing, and formatting
/// never changes what the text means.
public func format(_ file: FileID, in sources: SourceSet) -> String? {
  var lexer = Lexer(file, in: sources)
  let lexed = lexer.lex()
  guard lexed.diagnostics.isEmpty else { return nil }
  let parser = Parser(lexed, file: file, sources: sources)
  _ = parser.parseFile()
  guard parser.diagnostics.isEmpty else { return nil }
  var printer = TokenPrinter(parser)
  return printer.print()
}
