/// Swift source with comments and the insides of literals blanked, so that rules about code do not
/// trip over text. Lines stay; columns too, in bytes.
///
/// An approximation, good for this repository: interpolations are blanked with their string, and a
/// regex literal is a slash behind an opening or an operator that is closed on the same line.
struct CodeView {
  private let source: [UInt8]
  private var output: [UInt8]
  private var at = 0

  static func text(of source: String) -> String {
    var view = CodeView(source: Array(source.utf8))
    view.scan()
    return String(decoding: view.output, as: UTF8.self)
  }

  private init(source: [UInt8]) {
    self.source = source
    output = source
  }

  private mutating func scan() {
    while at < source.count {
      if !"/#\"".utf8.contains(source[at]) {
        at += 1
      } else if begins("//") {
        blank { $0.begins("\n") }
      } else if begins("/*") {
        blankComment()
      } else if let hashes = stringStart() {
        blankString(hashes)
      } else if let end = regexEnd() {
        for place in at..<end { erase(place) }
        at = end
      } else {
        at += 1
      }
    }
  }

  private func begins(_ text: String, at place: Int? = nil) -> Bool {
    source[min(place ?? at, source.count)...].starts(with: text.utf8)
  }

  private func isLineFeed(_ place: Int) -> Bool { source[place] == UInt8(ascii: "\n") }

  private mutating func erase(_ place: Int) {
    if place < output.count, !isLineFeed(place) { output[place] = UInt8(ascii: " ") }
  }

  private mutating func blank(until isEnd: (CodeView) -> Bool) {
    while at < source.count, !isEnd(self) {
      erase(at)
      at += 1
    }
  }

  private mutating func blankComment() {
    var depth = 0
    repeat {
      let step = begins("/*") ? 1 : begins("*/") ? -1 : 0
      depth += step
      for _ in 0..<(step == 0 ? 1 : 2) {
        erase(at)
        at += 1
      }
    } while depth > 0 && at < source.count
  }

  /// The number of hashes where a string begins here.
  private func stringStart() -> Int? {
    var hashes = 0
    while begins("#", at: at + hashes) { hashes += 1 }
    return begins("\"", at: at + hashes) ? hashes : nil
  }

  private mutating func blankString(_ hashes: Int) {
    let fence = String(repeating: "#", count: hashes)
    let isLong = begins("\"\"\"", at: at + hashes)
    let quotes = isLong ? "\"\"\"" : "\""
    for _ in 0..<(hashes + quotes.count) {
      erase(at)
      at += 1
    }
    while at < source.count, !begins(quotes + fence), isLong || !isLineFeed(at) {
      if begins("\\" + fence + "(") {
        blankInterpolation(hashes)
        continue
      }
      let width = begins("\\" + fence) ? 2 + hashes : 1
      for _ in 0..<width {
        erase(at)
        at += 1
      }
    }
    for _ in 0..<(quotes.count + hashes) where at < source.count && !isLineFeed(at) {
      erase(at)
      at += 1
    }
  }

  private mutating func blankInterpolation(_ hashes: Int) {
    var depth = 0
    repeat {
      if let inner = stringStart() {
        blankString(inner)
        continue
      }
      if begins("(") { depth += 1 }
      if begins(")") { depth -= 1 }
      erase(at)
      at += 1
    } while at < source.count && (depth > 0 || !begins(")", at: at - 1))
  }

  private func regexEnd() -> Int? {
    guard begins("/"), at + 1 < source.count, source[at + 1] > UInt8(ascii: " ") else { return nil }
    let before = output[..<at].last { $0 != UInt8(ascii: " ") } ?? UInt8(ascii: "\n")
    guard "(,=:[{&|?\n".utf8.contains(before) else { return nil }
    var place = at + 1
    while place < source.count, !isLineFeed(place) {
      if begins("/", at: place) { return place + 1 }
      place += begins("\\", at: place) ? 2 : 1
    }
    return nil
  }
}
