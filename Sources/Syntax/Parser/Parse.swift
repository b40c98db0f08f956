import Diagnostics

/// The tree of a file and everything that is wrong with its text, in the order of the text.
///
/// Any bytes give a tree; where something is wrong it holds `.error` nodes or lacks what could not
/// be read. At most `diagnosticsMax` mistakes are reported, and one more message says so.
public func parse(_ file: FileID, in sources: SourceSet) -> (FileSyntax, [Diagnostic]) {
  var lexer = Lexer(file, in: sources)
  let lexed = lexer.lex()
  let parser = Parser(lexed, file: file, sources: sources)
  parser.diagnostics = lexed.diagnostics
  let tree = parser.parseFile()
  return (tree, capped(parser.diagnostics))
}

/// The most mistakes of one file that `parse` reports.
public let diagnosticsMax = 50

private func capped(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  let sorted = diagnostics.enumerated().sorted { a, b in
    let (first, second) = (a.element.primary?.span.start ?? 0, b.element.primary?.span.start ?? 0)
    return first == second ? a.offset < b.offset : first < second
  }.map(\.element)
  guard sorted.count > diagnosticsMax, let next = sorted[diagnosticsMax].primary else {
    return sorted
  }
  let hidden = sorted.count - diagnosticsMax
  return sorted.prefix(diagnosticsMax) + [.tooManyMistakes(next.span, hidden: hidden)]
}
