import Diagnostics

extension Lexer {
  mutating func lexControlCharacter() {
    let start = offset
    let value = bytes[offset]
    offset += 1
    diagnostics.append(.controlCharacter(span(from: start), value: value))
    add(.invalid, from: start)
  }

  /// A character outside the language; a run of bytes that are no UTF-8 counts as one.
  mutating func lexUnknown() {
    let start = offset
    guard let character = decodeCharacter() else {
      while offset < bytes.count, bytes[offset] >= 0x80 {
        let before = offset
        if decodeCharacter() != nil {
          offset = before
          break
        }
        offset = max(offset, before + 1)
      }
      diagnostics.append(.invalidUTF8(span(from: start)))
      add(.invalid, from: start)
      return
    }
    if character.properties.isWhitespace || character == "\u{200B}" || character == "\u{FEFF}" {
      diagnostics.append(.unexpectedCharacter(span(from: start), character))
      return
    }
    skipRestOfForeignName(after: character)
    lexForeign(character, from: start)
  }

  /// The rest of a word in another script belongs to the same mistake.
  private mutating func skipRestOfForeignName(after character: Unicode.Scalar) {
    guard character.properties.isAlphabetic else { return }
    while offset < bytes.count {
      let before = offset
      if isNamePart(bytes[offset]) {
        offset += 1
      } else if bytes[offset] < 0x80 || decodeCharacter()?.properties.isAlphabetic != true {
        offset = before
        return
      }
    }
  }

  private mutating func lexForeign(_ character: Unicode.Scalar, from start: Int) {
    guard let meant = lookalikes[character] else {
      diagnostics.append(.unexpectedCharacter(span(from: start), character))
      add(.invalid, from: start)
      return
    }
    diagnostics.append(.lookalike(span(from: start), character, meant: meant))
    add(.invalid, from: start)
  }

  /// The scalar at the offset, which moves behind it; nil, one byte on, where there is none.
  private mutating func decodeCharacter() -> Unicode.Scalar? {
    var decoder = UTF8()
    var rest = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&rest) else {
      offset += 1
      return nil
    }
    offset += UTF8.width(scalar)
    return scalar
  }
}

/// What people write, or paste from a word processor, for the language's own signs.
private let lookalikes: [Unicode.Scalar: String] = [
  "→": "->", "⇒": "implies", "⇔": "iff", "∧": "and", "∨": "or", "¬": "not", "≤": "<=", "≥": ">=",
  "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-", "—": "-", "…": "..", "∈": "in",
  "∪": "union", "∩": "intersect", "∖": "minus", "∀": "all", "∃": "some", "□": "always",
  "◇": "eventually", "“": "\"", "”": "\"", "‘": "\"", "’": "\"", "，": ",", "；": ";", "：": ":",
  "（": "(", "）": ")", "｛": "{", "｝": "}",
]
