/// A JSON document, read strictly (RFC 8259): what this program wrote, and nothing near it.
public indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Sendable, Equatable {
    public let name: String
    public let value: JSONValue
  }

  /// Why a text is no JSON.
  public struct Malformed: Error, Equatable {
    /// "a value is missing".
    public let words: String
    /// From 1.
    public let line: Int
  }

  public init(_ text: [UInt8]) throws(Malformed) {
    var reader = JSONReader(text)
    self = try reader.document()
  }

  /// The member of an object; nil where there is none.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
  public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  public var integer: Int? {
    guard case .number(let value) = self else { return nil }
    return Int(exactly: value)
  }
}

/// Complexity: linear in the text; nesting is bounded, so that no text exhausts the stack.
private struct JSONReader {
  private static let depthMax = 200

  private let text: [UInt8]
  private var place = 0
  private var depth = 0

  init(_ text: [UInt8]) { self.text = text }

  private var next: UInt8? { place < text.count ? text[place] : nil }

  private func malformed(_ words: String) -> JSONValue.Malformed {
    JSONValue.Malformed(
      words: words, line: 1 + text[..<min(place, text.count)].count { $0 == UInt8(ascii: "\n") })
  }

  mutating func document() throws(JSONValue.Malformed) -> JSONValue {
    let value = try value()
    skipSpace()
    if next != nil { throw malformed("something follows the document") }
    return value
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      place += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    if next != byte { return false }
    place += 1
    return true
  }

  private mutating func value() throws(JSONValue.Malformed) -> JSONValue {
    skipSpace()
    depth += 1
    defer { depth -= 1 }
    if depth > Self.depthMax { throw malformed("it is nested too deeply") }
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw malformed("a value is missing")
    default: return try number()
    }
  }

  private mutating func word(
    _ word: String, _ value: JSONValue
  ) throws(JSONValue.Malformed) -> JSONValue {
    guard text[place...].starts(with: word.utf8) else { throw malformed("this is no value") }
    place += word.utf8.count
    return value
  }

  private mutating func array() throws(JSONValue.Malformed) -> JSONValue {
    place += 1
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array(values) }
    repeat { values.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw malformed("a `]` is missing") }
    return .array(values)
  }

  private mutating func object() throws(JSONValue.Malformed) -> JSONValue {
    place += 1
    var members: [JSONValue.Member] = []
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw malformed("a name in quotes is missing") }
      let name = try string()
      guard take(UInt8(ascii: ":")) else { throw malformed("a `:` is missing") }
      members.append(JSONValue.Member(name: name, value: try value()))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw malformed("a `}` is missing") }
    return .object(members)
  }

  private mutating func number() throws(JSONValue.Malformed) -> JSONValue {
    let start = place
    _ = digits(allowing: [UInt8(ascii: "-")])
    let whole = text[start..<place].drop { $0 == UInt8(ascii: "-") }
    let hasSpareZero = whole.count > 1 && whole.first == UInt8(ascii: "0")
    if next == UInt8(ascii: ".") {
      place += 1
      if !digits(allowing: []) { throw malformed("digits are missing") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      place += 1
      _ = digits(allowing: [UInt8(ascii: "-"), UInt8(ascii: "+")])
    }
    let words = String(decoding: text[start..<place], as: UTF8.self)
    guard !whole.isEmpty, !hasSpareZero, let value = Double(words) else {
      throw malformed("this is no value")
    }
    return .number(value)
  }

  /// Whether there was a digit; one of `signs` may stand in front.
  private mutating func digits(allowing signs: [UInt8]) -> Bool {
    if let next, signs.contains(next) { place += 1 }
    let start = place
    while let next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { place += 1 }
    return place > start
  }

  private mutating func string() throws(JSONValue.Malformed) -> String {
    place += 1
    var bytes: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw malformed("a text is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): bytes += Array(String(try escape()).utf8)
      case 0..<0x20: throw malformed("a text holds a control character")
      default: bytes.append(byte)
      }
    }
    throw malformed("a quote is missing")
  }

  private mutating func escape() throws(JSONValue.Malformed) -> Character {
    guard let byte = next else { throw malformed("a quote is missing") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try scalar())
    default: throw malformed("there is no such escape")
    }
  }

  /// Four hexadecimal digits, or two times four: a UTF-16 pair.
  private mutating func scalar() throws(JSONValue.Malformed) -> Unicode.Scalar {
    let high = try unit()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xDC00, text[place...].starts(with: [0x5C, UInt8(ascii: "u")]) else {
      throw malformed("half of a UTF-16 pair is missing")
    }
    place += 2
    let low = try unit()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { throw malformed("half of a UTF-16 pair is missing") }
    return scalar
  }

  private mutating func unit() throws(JSONValue.Malformed) -> UInt32 {
    let digits = String(decoding: text[place..<min(place + 4, text.count)], as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit),
      let value = UInt32(digits, radix: 16)
    else { throw malformed("four hexadecimal digits are missing") }
    place += 4
    return value
  }
}
