/// A function, initialiser, subscript or computed property and the lines it takes.
struct FunctionExtent: Equatable {
  let name: String
  let firstLine: Int
  let lineCount: Int
}

/// Every function of a Swift source, by counting braces. Requires: a `CodeView`.
func functionExtents(in code: String) -> [FunctionExtent] {
  var scanner = FunctionScanner()
  for character in code { scanner.take(character) }
  return scanner.found
}

private struct FunctionScanner {
  private(set) var found: [FunctionExtent] = []
  private var open: [(name: String, line: Int)?] = []
  /// What stands between the last brace and here, with the line it began on.
  private var header = ""
  private var headerLine = 1
  private var line = 1

  mutating func take(_ character: Character) {
    switch character {
    case "{":
      open.append(function())
      restart()
    case "}":
      if let closed = open.popLast() ?? nil {
        found.append(
          FunctionExtent(
            name: closed.name, firstLine: closed.line, lineCount: line - closed.line + 1))
      }
      restart()
    case _ where character.isNewline:
      line += 1
      header.append("\n")
    default: header.append(character)
    }
  }

  private mutating func restart() {
    header = ""
    headerLine = line
  }

  /// The last declaration in the header that takes a body.
  private func function() -> (name: String, line: Int)? {
    guard ["func", "init", "subscript", "var"].contains(where: header.contains) else { return nil }
    let patterns = [
      /(?:^|[^\w.])func\s+([^\s(<]+)/, /(?:^|[^\w.])(init|deinit|subscript)[?!]?\s*[(<]/,
      /(?:^|[^\w.])var\s+(\w+)\s*:[^=]*$/,
    ]
    let matches = patterns.compactMap { header.matches(of: $0).last }
    guard let last = matches.max(by: { $0.range.lowerBound < $1.range.lowerBound }) else {
      return nil
    }
    let before = header[..<last.output.1.startIndex].count(where: \.isNewline)
    return (String(last.output.1), headerLine + before)
  }
}
