/// Terminal colours, or none.
struct TextStyle {
  let color: Bool

  /// Select Graphic Rendition parameters.
  enum Tone: String {
    case good = "32"
    case bad = "31"
    case doubt = "33"
    case dim = "2"
    case bold = "1"
    case actor = "36"
  }

  func callAsFunction(_ text: String, _ tone: Tone) -> String {
    color && !text.isEmpty ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// Padded with spaces on the right to a width in characters.
  func padded(to width: Int) -> String {
    count >= width ? self : self + String(repeating: " ", count: width - count)
  }

  /// Padded with spaces on the left to a width in characters.
  func leftPadded(to width: Int) -> String {
    count >= width ? self : String(repeating: " ", count: width - count) + self
  }

  /// At most `width` characters, the last one an ellipsis where some are missing.
  func abbreviated(to width: Int) -> String {
    count <= width ? self : prefix(max(0, width - 1)) + "…"
  }

  /// Without control characters, so that no file name or comment can drive the terminal.
  var printable: String {
    String(
      map { character in
        character.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
          ? "\u{FFFD}" : character
      })
  }

  /// Broken behind the commas outside of parentheses where that suffices, else at spaces.
  func wrappedAtClauses(first: Int, rest width: Int) -> [String] {
    if count <= first { return [self] }
    var lines: [String] = []
    for clause in clauses {
      let limit = lines.count < 2 ? first : width
      if let last = lines.last, last.count + 1 + clause.count <= limit {
        lines[lines.count - 1] += " " + clause
      } else {
        let limit = lines.isEmpty ? first : width
        lines += clause.wrapped(first: limit, rest: width)
      }
    }
    return lines
  }

  private var clauses: [String] {
    var clauses = [""]
    var depth = 0
    for character in self {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      if character == " ", depth == 0, clauses.last?.last == "," {
        clauses.append("")
      } else {
        clauses[clauses.count - 1].append(character)
      }
    }
    return clauses
  }

  /// Broken at spaces into lines of at most `first` and then `width` characters; a word that is
  /// wider than that stands alone. Requires: no line feeds.
  func wrapped(first: Int, rest width: Int) -> [String] {
    if count <= first { return [self] }
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      let limit = lines.isEmpty ? first : width
      if !line.isEmpty, line.count + 1 + word.count > limit {
        lines.append(line)
        line = String(word)
      } else {
        line += line.isEmpty ? String(word) : " " + word
      }
    }
    return lines + [line]
  }
}
