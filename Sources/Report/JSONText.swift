/// A JSON value, written with keys in the order given.
public indirect enum JSONText: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  /// Two spaces of indentation for each level.
  public func text(indent: Int = 0) -> String {
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .number(let value): return Self.decimal(value)
    case .string(let value): return Self.quoted(value)
    case .array(let values):
      return Self.block("[", values.map { $0.text(indent: indent + 1) }, "]", indent)
    case .object(let members):
      let lines = members.map { "\(Self.quoted($0.0)): \($0.1.text(indent: indent + 1))" }
      return Self.block("{", lines, "}", indent)
    }
  }

  private static func block(
    _ open: String, _ items: [String], _ close: String, _ indent: Int
  ) -> String {
    if items.isEmpty { return open + close }
    let inner = String(repeating: "  ", count: indent + 1)
    let outer = String(repeating: "  ", count: indent)
    return "\(open)\n\(inner)\(items.joined(separator: ",\n" + inner))\n\(outer)\(close)"
  }

  private static func decimal(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    let isFine = value == 0 || (1e-3..<1e12).contains(value.magnitude)
    return isFine ? fixed(value, digits: 6) : String(value)
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
