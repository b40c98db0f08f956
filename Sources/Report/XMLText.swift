/// An XML element, written with attributes in the order given.
struct XMLText {
  let name: String
  var attributes: [(String, String)] = []
  var children: [XMLText] = []
  /// Before the children.
  var text = ""

  /// Two spaces of indentation for each level; text stands without any, as it is.
  func lines(indent: Int = 0) -> String {
    let margin = String(repeating: "  ", count: indent)
    let list = attributes.map { " \($0)=\"\(Self.escaped($1, inAttribute: true))\"" }.joined()
    if children.isEmpty, text.isEmpty { return "\(margin)<\(name)\(list)/>\n" }
    let content = Self.escaped(text, inAttribute: false)
    if children.isEmpty { return "\(margin)<\(name)\(list)>\(content)</\(name)>\n" }
    let inner = children.map { $0.lines(indent: indent + 1) }.joined()
    return "\(margin)<\(name)\(list)>\(content)\n\(inner)\(margin)</\(name)>\n"
  }

  /// Characters that XML 1.0 does not allow at all become U+FFFD; line feeds and tabs survive in
  /// attributes.
  static func escaped(_ text: String, inAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      case 0x22 where inAttribute: result += "&quot;"
      case 0x9 where inAttribute, 0xA where inAttribute, 0xD: result += "&#\(scalar.value);"
      case 0x9, 0xA: result.unicodeScalars.append(scalar)
      case 0..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
