import Diagnostics

/// Turns the bytes of a file into tokens and comments; any bytes will do.
///
/// Line ends are no tokens: a token knows whether it is the first of its line, and the parser
/// decides what that means.
struct Lexer {
  let file: FileID
  let bytes: [UInt8]
  var offset = 0
  var tokens: [Token] = []
  var comments: [Comment] = []
  var diagnostics: [Diagnostic] = []
  private var atLineStart = true
  private var tokenEndLast = -1

  init(_ file: FileID, in sources: SourceSet) {
    self.file = file
    bytes = sources.files[file.index].text
  }

  /// Reads the whole file.
  mutating func lex() -> LexedFile {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    if isBinary {
      diagnostics.append(.notText(Span(file: file, start: 0, end: 0)))
      offset = bytes.count
    }
    while offset < bytes.count { lexNext() }
    add(.end, from: bytes.count)
    return LexedFile(tokens: tokens, comments: comments, diagnostics: diagnostics)
  }

  /// A zero byte near the front tells a binary file from a text with a slip in it.
  private var isBinary: Bool { bytes.prefix(4096).contains(0) }

  private mutating func lexNext() {
    switch bytes[offset] {
    case 0x0A:
      atLineStart = true
      offset += 1
    case 0x20, 0x09, 0x0D: offset += 1
    case UInt8(ascii: "/") where byte(at: offset + 1) == UInt8(ascii: "/"): lexLineComment()
    case UInt8(ascii: "/") where byte(at: offset + 1) == UInt8(ascii: "*"): lexBlockComment()
    case UInt8(ascii: "#"): lexHash()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): lexNumber()
    case UInt8(ascii: "\""): lexString()
    case UInt8(ascii: "'"): lexSingleQuoted()
    case let byte where isNameStart(byte): lexName()
    case 0..<0x20, 0x7F: lexControlCharacter()
    default: if !lexSymbol() { lexUnknown() }
    }
  }

  func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func isNameStart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: byte == UInt8(ascii: "_")
    }
  }

  func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

  func span(from start: Int) -> Span { Span(file: file, start: start, end: offset) }

  func text(from start: Int) -> String { String(decoding: bytes[start..<offset], as: UTF8.self) }

  /// Adds the token from `start` to the current offset.
  mutating func add(_ kind: Token.Kind, from start: Int) {
    let text = text(from: start)
    tokens.append(
      Token(
        kind: kind, text: text, word: kind == .name ? Word(spelling: text) : nil,
        span: span(from: start), startsLine: atLineStart, isGlued: start == tokenEndLast,
        commentsBefore: comments.count))
    atLineStart = false
    tokenEndLast = offset
  }

  /// Adds the comment from `start` to the current offset.
  mutating func addComment(from start: Int, isDocumentation: Bool) {
    comments.append(
      Comment(span: span(from: start), isDocumentation: isDocumentation, startsLine: atLineStart))
  }

  private mutating func lexName() {
    let start = offset
    while let byte = byte(at: offset), isNamePart(byte) { offset += 1 }
    add(.name, from: start)
  }

  private mutating func lexSymbol() -> Bool {
    for length in stride(from: min(Symbol.lengthMax, bytes.count - offset), to: 0, by: -1) {
      let text = String(decoding: bytes[offset..<(offset + length)], as: UTF8.self)
      guard let symbol = Symbol(spelling: text) else { continue }
      let start = offset
      offset += length
      add(.symbol(symbol), from: start)
      return true
    }
    return false
  }
}
