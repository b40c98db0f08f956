extension Shrinker {
  /// Shorter versions of a line: without a clause, or with a part of an expression in the place
  /// of the whole. Most are ill-formed.
  func shorter(_ line: String) -> [String] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    var results: [String] = []
    let clauses = ["when", "where", "from", "by", "and", "or", "union", "minus", "+", "if", "=="]
    for (start, word) in words.enumerated() where clauses.contains(word) {
      for end in stride(from: words.count, to: start, by: -1) {
        results.append((words[..<start] + words[end...]).joined(separator: " "))
      }
      if let opening = words[..<start].lastIndex(where: { ["=", "when", "(", ":"].contains($0) }) {
        results.append((words[...opening] + words[(start + 1)...]).joined(separator: " "))
      }
    }
    for (start, word) in words.enumerated() where ["=", "when", "where", "await"].contains(word) {
      let brace = words.last == "{" ? ["{"] : []
      for value in ["true", "false", "0", "1", "none", "{}"] {
        results.append((words[...start] + [value] + brace).joined(separator: " "))
      }
    }
    results += withoutParentheses(line)
    var seen: Set<String> = [line]
    return results.filter { $0.count < line.count && seen.insert($0).inserted }
  }

  /// With the inside of a pair of parentheses in place of the pair, or of the whole expression
  /// before it, or a plain value in its place.
  private func withoutParentheses(_ line: String) -> [String] {
    let characters = Array(line)
    var results: [String] = []
    for start in characters.indices where characters[start] == "(" {
      var depth = 0
      guard
        let end = characters[start...].indices.first(where: { index in
          if characters[index] == "(" { depth += 1 }
          if characters[index] == ")" { depth -= 1 }
          return depth == 0
        })
      else { continue }
      let inside = String(characters[(start + 1)..<end])
      let (before, after) = (String(characters[..<start]), String(characters[(end + 1)...]))
      for value in [inside, "true", "false", "0", "1"] { results.append(before + value + after) }
      let head = before.lastIndex(of: " ").map { String(before[...$0]) } ?? ""
      for value in [inside, "0", "1"] + inside.split(separator: ",").map(String.init) {
        results.append(head + value + after)
      }
    }
    return results
  }
}
