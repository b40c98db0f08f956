/// Draws the initial states one beside the other, joined where they differ in one input, with the
/// first neighbours marked from which different decisions are possible.
struct InitialStatesFigure {
  let report: ValenceReport

  /// Wide enough for the longest words.
  private let cell: Int

  init(report: ValenceReport) {
    self.report = report
    let words = report.initial.map { state in
      let inputs = state.inputs.split(separator: ",").map { part in
        (part.split(separator: "=").last ?? "").filter { $0 != " " }
      }
      return max(inputs.joined(separator: " ").count, state.values.count)
    }
    cell = max(88, (words.max() ?? 0) * 8 + 26)
  }

  private var perRow: Int { max(1, 880 / cell) }

  private static let rowHeight = 96

  /// Nil where there is one only, or more than a reader can take in.
  func figure(id: String) -> String? {
    let count = report.initial.count
    guard count > 1, count <= 32 else { return nil }
    let names = report.initial[0].inputs.split(separator: ",").map { part in
      String(part.split(separator: "=")[0].filter { $0 != " " })
    }
    var body = ""
    for place in report.initial.indices.dropFirst() where isJoined(place - 1, place) {
      body += join(place - 1, place)
    }
    for place in report.initial.indices { body += box(place) }
    let rows = (count + perRow - 1) / perRow
    return PageText.figure(
      body, width: min(count, perRow) * cell + 20, height: rows * Self.rowHeight + 8,
      title: "The initial states by their inputs (\(names.joined(separator: ", ")))",
      description: words, id: id)
  }

  private var words: String {
    let all = report.initial.map { "\($0.inputs): \($0.values)" }.joined(separator: "; ")
    guard let (first, second) = report.differing else { return all }
    return "\(all). Marked: \(report.initial[first].inputs) and \(report.initial[second].inputs)."
  }

  private func inputs(_ place: Int) -> [String] {
    report.initial[place].inputs.split(separator: ",").map { part in
      String((part.split(separator: "=").last ?? "").filter { $0 != " " })
    }
  }

  private func isJoined(_ a: Int, _ b: Int) -> Bool {
    differencesCount(inputs(a), inputs(b)) == 1
  }

  private func differencesCount(_ a: [String], _ b: [String]) -> Int {
    zip(a, b).count { $0 != $1 }
  }

  private func corner(_ place: Int) -> (x: Int, y: Int) {
    (place % perRow * cell + 14, place / perRow * Self.rowHeight + 12)
  }

  private func isMarked(_ place: Int) -> Bool {
    place == report.differing?.0 || place == report.differing?.1
  }

  private func box(_ place: Int) -> String {
    let (x, y) = corner(place)
    let values = report.initial[place].values
    let palette = PageText.palette(report.counts)
    let kind =
      report.counts.firstIndex { $0.values == values }.map { palette[$0] } ?? "fill-none"
    var text = "<g><title>\(PageText.escaped("\(report.initial[place].inputs): \(values)"))</title>"
    if isMarked(place) {
      text += "<rect x=\"\(x - 5)\" y=\"\(y - 5)\" width=\"\(cell - 14)\" height=\"76\" rx=\"8\" "
      text += "class=\"marked\"/>"
    }
    text +=
      "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(cell - 24)\" height=\"34\" rx=\"5\" "
    text += "class=\"\(kind)\"/>"
    text += PageText.text(
      values, x: x + (cell - 24) / 2, y: y + 22, anchor: "middle", kind: "on-\(kind)")
    let inputs = inputs(place).joined(separator: " ")
    text += PageText.text(inputs, x: x + (cell - 24) / 2, y: y + 55, anchor: "middle")
    return text + "</g>\n"
  }

  private func join(_ a: Int, _ b: Int) -> String {
    let (first, second) = (corner(a), corner(b))
    if first.y == second.y {
      return "<path d=\"M \(first.x + cell - 24) \(first.y + 17) H \(second.x)\" class=\"edge\"/>\n"
    }
    let (x, y) = (first.x + (cell - 24) / 2, first.y + 62)
    let middle = second.x + (cell - 24) / 2
    return "<path d=\"M \(x) \(y) V \(y + 14) H \(middle) V \(second.y)\" class=\"edge\"/>\n"
  }
}
