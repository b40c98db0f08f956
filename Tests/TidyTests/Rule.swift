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

/// Where one of some texts begins a word or call of its own, as `12: the line`.
func occurrences(of needles: [String], in code: String) -> [String] {
  guard needles.contains(where: code.contains) else { return [] }
  let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
  return zip(1..., lines).compactMap { number, line in
    let isFound = needles.contains { needle in
      line.ranges(of: needle).contains { range in
        let before = line[..<range.lowerBound].last
        return before.map { !$0.isLetter && !$0.isNumber && !"_.`".contains($0) } ?? true
      }
    }
    return isFound ? "\(number): \(line)" : nil
  }
}
