import Diagnostics
import Syntax

/// The values in the parentheses behind a name, which are more or fewer than it has fields.
struct GivenValues {
  let name: Name
  let fields: [(name: String, type: String?)]
  /// As they were written, with their labels.
  let given: [(label: String?, text: String, span: Span)]
  /// The fields of a message that is received: `_` stands for any value.
  var isPattern = false

  private var isTooMany: Bool { given.count > fields.count }

  /// Fields for which there is no value.
  private var missing: [String] {
    if given.contains(where: { $0.label != nil }) {
      let labels = given.map(\.label)
      return fields.map(\.name).filter { !labels.contains($0) }
    }
    return fields.dropFirst(given.count).map(\.name)
  }

  /// What is too much, or what more should stand behind.
  var wrong: Span {
    guard let last = given.last?.span else { return name.span }
    return isTooMany ? given[fields.count].span.union(last) : last
  }

  /// What is wrong there.
  var words: String {
    if isTooMany { return "\(given.count - fields.count) too many" }
    let names = missing.map { "`\($0)`" }.joined(separator: ", ")
    return "\(names) \(missing.count == 1 ? "is" : "are") missing"
  }

  /// The whole as it could be.
  var mended: String {
    let kept = given.prefix(fields.count).map { ($0.label.map { "\($0): " } ?? "") + $0.text }
    let isLabelled = given.contains { $0.label != nil }
    let added = isTooMany ? [] : missing.map { isPattern ? "_" : isLabelled ? "\($0): …" : $0 }
    return "\(name.text)(\((kept + added).joined(separator: ", ")))"
  }

  /// Only where the edit needs no thought.
  var fix: Fix? {
    guard let last = given.last?.span else { return nil }
    if isTooMany {
      guard !fields.isEmpty else { return nil }
      let start = given[fields.count - 1].span.end
      return Fix(Span(file: last.file, start: start, end: last.end), replacement: "")
    }
    guard isPattern else { return nil }
    let end = Span(file: last.file, start: last.end, end: last.end)
    return Fix(end, replacement: String(repeating: ", _", count: missing.count))
  }
}
