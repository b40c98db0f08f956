/// Columns that a character takes on a terminal: 0, 1 or 2.
///
/// Source: Unicode Standard Annex 11, wide and fullwidth blocks; emoji presentation counts as wide.
func displayWidth(of character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  if first.isASCII { return 1 }
  switch first.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  if first.properties.isEmojiPresentation { return 2 }
  return wideBlocks.contains { $0.contains(first.value) } ? 2 : 1
}

private let wideBlocks: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
  0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
  0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
]

/// A character that is safe to print: control characters as their pictures.
func printable(_ character: Character) -> Character {
  guard character.unicodeScalars.count <= 2, let scalar = character.unicodeScalars.first else {
    return character
  }
  switch scalar.value {
  case 0..<0x20: return Character(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
  case 0x7F: return "\u{2421}"
  case 0x80..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return "\u{FFFD}"
  default: return character
  }
}

/// A text without control characters, so that no spec can drive the terminal.
func printable(_ text: String) -> String { String(text.map(printable(_:))) }
