import Testing

/// A rule about single files, with a small bad text that shows that it can fail.
struct Rule: Sendable, CustomTestStringConvertible {
  let name: String
  /// Which files it speaks of.
  let applies: @Sendable (TextFile) -> Bool
  /// What is wrong with a file, one line each.
  let complaints: @Sendable (TextFile) -> [String]
  let bad: TextFile
  /// Looks similar and is fine.
  let good: TextFile

  var testDescription: String { name }
}

/// Where a pattern occurs, as `12: the line`.
func occurrences(of pattern: Regex<Substring>, in text: String) -> [String] {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  return zip(1..., lines).compactMap { number, line in
    line.firstMatch(of: pattern) == nil ? nil : "\(number): \(line)"
  }
}
