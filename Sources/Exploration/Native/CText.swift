/// C text in the making, line by line.
struct CText {
  private(set) var text = ""
  private var depth = 0

  mutating func line(_ line: String) {
    for _ in 0..<depth { text += " " }
    text += line
    text += "\n"
  }

  /// A line that ends with a brace; what follows is inside it.
  mutating func open(_ line: String) {
    self.line(line.isEmpty ? "{" : line + " {")
    depth += 1
  }

  mutating func close(_ line: String = "}") {
    depth -= 1
    self.line(line)
  }

  /// A line between two blocks.
  mutating func reopen(_ line: String) {
    close(line)
    depth += 1
  }

  mutating func append(_ other: CText) { text += other.text }
}

/// Literals of C.
enum CLiteral {
  static func signed(_ value: Int64) -> String {
    value == .min ? "(-9223372036854775807L - 1)" : value < 0 ? "(\(value)L)" : "\(value)L"
  }

  static func unsigned(_ value: UInt64) -> String {
    value < 1 << 16 ? "\(value)UL" : "0x\(String(value, radix: 16))UL"
  }
}
