import Diagnostics

extension Lexer {
  mutating func lexNumber() {
    let start = offset
    skipDigits()
    var isReal = false
    if byte(at: offset) == UInt8(ascii: "."), let next = byte(at: offset + 1), isDigit(next) {
      isReal = true
      offset += 1
      skipDigits()
    }
    if let next = byte(at: offset), isNamePart(next) {
      while let byte = byte(at: offset), isNamePart(byte) { offset += 1 }
      diagnostics.append(.malformedNumber(span(from: start), text: text(from: start)))
      add(.integer(0), from: start)
      return
    }
    add(isReal ? .real : .integer(magnitude(from: start)), from: start)
  }

  private mutating func skipDigits() {
    while let byte = byte(at: offset), isDigit(byte) || byte == UInt8(ascii: "_") { offset += 1 }
  }

  private mutating func magnitude(from start: Int) -> UInt64 {
    var value: UInt64 = 0
    for byte in bytes[start..<offset] where byte != UInt8(ascii: "_") {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, carry) = product.addingReportingOverflow(UInt64(byte - 0x30))
      if overflow || carry || next > Int64.min.magnitude {
        diagnostics.append(.integerTooLarge(span(from: start)))
        return 0
      }
      value = next
    }
    return value
  }

  mutating func lexString() {
    let start = offset
    var value: [UInt8] = []
    offset += 1
    while let byte = byte(at: offset), byte != 0x0A, byte != 0x0D {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        add(.string(String(decoding: value, as: UTF8.self)), from: start)
        return
      case UInt8(ascii: "\\"): lexEscape(into: &value)
      default: value.append(byte)
      }
    }
    diagnostics.append(.unterminatedString(span(from: start)))
    add(.string(String(decoding: value, as: UTF8.self)), from: start)
  }

  /// Reads what stands after a backslash.
  private mutating func lexEscape(into value: inout [UInt8]) {
    let start = offset - 1
    guard let byte = byte(at: offset), byte != 0x0A, byte != 0x0D else { return }
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): value.append(0x0A)
    case UInt8(ascii: "t"): value.append(0x09)
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): value.append(byte)
    case UInt8(ascii: "u") where self.byte(at: offset) == UInt8(ascii: "{"):
      lexUnicodeEscape(from: start, into: &value)
    default:
      while let next = self.byte(at: offset), next & 0xC0 == 0x80 { offset += 1 }
      diagnostics.append(.unknownEscape(span(from: start), text: text(from: start)))
    }
  }

  private mutating func lexUnicodeEscape(from start: Int, into value: inout [UInt8]) {
    offset += 1
    let digits = offset
    while let byte = byte(at: offset), isNamePart(byte) { offset += 1 }
    let number = UInt32(text(from: digits), radix: 16)
    let closed = byte(at: offset) == UInt8(ascii: "}")
    if closed { offset += 1 }
    guard closed, let number, let scalar = Unicode.Scalar(number) else {
      diagnostics.append(.unknownEscape(span(from: start), text: text(from: start)))
      return
    }
    value += Array(String(scalar).utf8)
  }

  /// `'text'`, which other languages allow.
  mutating func lexSingleQuoted() {
    let start = offset
    offset += 1
    while let byte = byte(at: offset), byte != 0x0A, byte != UInt8(ascii: "'") { offset += 1 }
    let inner = text(from: start + 1)
    if byte(at: offset) == UInt8(ascii: "'") { offset += 1 }
    diagnostics.append(.singleQuotes(span(from: start), inner: inner))
    add(.string(inner), from: start)
  }
}
