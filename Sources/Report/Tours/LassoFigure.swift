/// Draws the run that never decides: the way in from above, and the steps that come round again as
/// a ring.
struct LassoFigure {
  let stem: [String]
  let cycle: [String]

  private static let rowHeight = 30

  func figure(id: String) -> String {
    let rows = stem.count + cycle.count
    let height = Self.rowHeight * rows + 24
    var body = PageText.arrowHeads(id)
    for row in 0..<max(0, rows - 1) {
      let kind = row < stem.count ? "edge" : "thick"
      body += "<path d=\"M 70 \(y(row) + 8) V \(y(row + 1) - 10)\" class=\"\(kind)\"/>\n"
    }
    let (first, last) = (y(stem.count), y(rows - 1))
    body += "<path d=\"M 60 \(last) C 8 \(last), 8 \(first), 56 \(first)\" class=\"thick\" "
    body += "marker-end=\"url(#\(id)-thick)\"/>\n"
    for (row, step) in (stem + cycle).enumerated() {
      let kind = row < stem.count ? "fill-none" : "fill-both"
      body += "<circle cx=\"70\" cy=\"\(y(row))\" r=\"8\" class=\"\(kind)\"/>\n"
      body += PageText.text("\(row + 1)", x: 94, y: y(row) + 5, kind: "faint")
      body += PageText.text(step.abbreviated(to: 84), x: 116, y: y(row) + 5)
    }
    let longest = (stem + cycle).map { min($0.count, 84) }.max() ?? 0
    let after = stem.isEmpty ? "" : "after \(counted(stem.count, "step")) "
    return PageText.figure(
      body, width: 140 + longest * 8, height: height,
      title:
        "Nobody ever decides: \(after)these \(counted(cycle.count, "step")) can repeat for ever",
      description: (stem + cycle).joined(separator: "; "), id: id)
  }

  private func y(_ row: Int) -> Int { Self.rowHeight * row + 22 }
}
