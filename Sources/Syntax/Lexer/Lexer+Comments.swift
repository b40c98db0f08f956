import Diagnostics

extension Lexer {
  mutating func lexLineComment() {
    let start = offset
    skipLine()
    let isDocumentation =
      bytes[start..<offset].starts(with: "///".utf8) && byte(at: start + 3) != UInt8(ascii: "/")
    addComment(from: start, isDocumentation: isDocumentation)
  }

  /// Moves to the end of the line, before its line feed and carriage return.
  private mutating func skipLine() {
    while let byte = byte(at: offset), byte != 0x0A { offset += 1 }
    if offset > 0, bytes[offset - 1] == 0x0D { offset -= 1 }
  }

  mutating func lexBlockComment() {
    let start = offset
    offset += 2
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "*"), byte(at: offset + 1) == UInt8(ascii: "/") { break }
      offset += 1
    }
    offset = min(offset + 2, bytes.count)
    diagnostics.append(.blockComment(span(from: start), opening: opening(at: start)))
    addComment(from: start, isDocumentation: false)
  }

  private func opening(at start: Int) -> Span { Span(file: file, start: start, end: start + 2) }

  /// `# text`, a comment in other languages.
  mutating func lexHash() {
    let start = offset
    diagnostics.append(.hashComment(Span(file: file, start: start, end: start + 1)))
    skipLine()
    addComment(from: start, isDocumentation: false)
  }
}
