extension RefinementReport {
  /// What a line of a terminal holds.
  static let columns = 80

  /// A text on as many lines as it takes, broken at blanks outside of the first word's padding.
  func wrapped(_ text: String, indent: Int, hanging: Int) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !isEmpty, !word.isEmpty, line.count + 1 + word.count > Self.columns {
        lines.append(line.trimmedAtEnd)
        line = String(repeating: " ", count: hanging)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line.trimmedAtEnd]
  }

  /// Items with commas, on as many lines as it takes.
  func filled(_ items: [String], indent: Int) -> [String] {
    wrapped(items.joined(separator: ", "), indent: indent, hanging: indent)
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
