import Foundation
import Report
import Testing

/// The reader of reports against Foundation's, which it does not use.
@Suite struct JSONValueTests {
  @Test(
    arguments: [
      "null", "true", " [1, -2.5e3, 0, \"a\\u00e9\\n\\\"\\ud83d\\ude00\"] ", "{\"a\": {\"b\": []}}",
      "{}", "[[], {}]", "\"\"", "12", "-0", "1E2",
    ])
  func readsWhatFoundationReads(_ text: String) throws {
    let expected = try JSONSerialization.jsonObject(
      with: Data(text.utf8), options: .fragmentsAllowed)
    let value = try JSONValue(Array(text.utf8))
    #expect(same(value, expected), "\(value)")
  }

  @Test(
    arguments: [
      "", " ", "nul", "[1 2]", "{\"a\"}", "{\"a\":}", "{a: 1}", "\"", "\"\\x\"", "01", "1.",
      ".5", "+1", "--1", "1e", "[", "{", "]", "1 2", "\"\\ud800\"", "\"\u{1}\"", "\"\\u12g4\"",
    ])
  func refusesWhatFoundationRefuses(_ text: String) {
    #expect(throws: (any Error).self) {
      try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }
    #expect(throws: JSONValue.Malformed.self) { try JSONValue(Array(text.utf8)) }
  }

  /// Foundation forgives it.
  @Test func refusesACommaBeforeTheEnd() {
    for text in ["[1,]", "{\"a\": 1,}"] {
      #expect(throws: JSONValue.Malformed.self) { try JSONValue(Array(text.utf8)) }
    }
  }

  /// Cut, or with a byte changed, a document is read or refused, and never crashes the reader.
  @Test func anyBytesAreReadOrRefused() {
    let text = Array(#"{"a": [1, 2.5, "x\u00e9y", null], "b": {"c": true}}"#.utf8)
    for place in text.indices {
      _ = try? JSONValue(Array(text[..<place]))
      for byte in [0, 0x22, 0x5B, 0x5C, 0x7D, 0x80, 0xC3, 0xFF] as [UInt8] {
        var changed = text
        changed[place] = byte
        _ = try? JSONValue(changed)
      }
    }
  }

  private func same(_ value: JSONValue, _ expected: Any) -> Bool {
    switch value {
    case .null: return expected is NSNull
    case .bool(let value): return (expected as? Bool) == value
    case .number(let value): return (expected as? Double) == value
    case .string(let value): return (expected as? String) == value
    case .array(let values):
      guard let items = expected as? [Any], items.count == values.count else { return false }
      return zip(values, items).allSatisfy { same($0, $1) }
    case .object(let members):
      guard let items = expected as? [String: Any], items.count == members.count else {
        return false
      }
      return members.allSatisfy { member in
        items[member.name].map { same(member.value, $0) } ?? false
      }
    }
  }
}
