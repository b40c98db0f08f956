/// Draws how many states of each depth have which decisions still possible, as bars on each other.
struct LevelFigure {
  let report: ValenceReport
  let levels: [[Int]]

  private static let height = 220

  func figure(id: String) -> String {
    let most = max(1, levels.map { $0.reduce(0, +) }.max() ?? 1)
    let step = max(10, min(44, 640 / max(1, levels.count)))
    let palette = PageText.palette(report.counts)
    var body = ""
    for (depth, counts) in levels.enumerated() {
      var top = 20 + Self.height
      for (values, count) in counts.enumerated() where count > 0 {
        let height = max(1, count * Self.height / most)
        top -= height
        body += "<rect x=\"\(60 + depth * step)\" y=\"\(top)\" width=\"\(step - 2)\" "
        body += "height=\"\(height)\" class=\"\(palette[values])\"><title>depth \(depth): "
        body += PageText.escaped("\(counted(count, "state")) with \(report.counts[values].values)")
        body += "</title></rect>\n"
      }
      if depth % (step < 20 ? 5 : 1) == 0 {
        body += PageText.text(
          "\(depth)", x: 60 + depth * step + (step - 2) / 2, y: Self.height + 40, anchor: "middle",
          kind: "faint")
      }
    }
    body += PageText.text(grouped(most), x: 52, y: 26, anchor: "end", kind: "faint")
    body += PageText.text("0", x: 52, y: Self.height + 20, anchor: "end", kind: "faint")
    body += "<path d=\"M 57 20 V \(Self.height + 20) H \(60 + levels.count * step)\" "
    body += "class=\"edge\"/>\n"
    body += PageText.text("depth", x: 60, y: Self.height + 58, kind: "faint")
    let counts = report.counts.map { "\(counted($0.states, "state")) with \($0.values)" }
    return PageText.figure(
      body, width: 90 + max(levels.count * step, 120), height: Self.height + 66,
      title: "States by depth, and the decisions still possible in them",
      description: "In all: \(listed(counts)).", id: id) + legend(palette)
  }

  private func legend(_ palette: [String]) -> String {
    let items = zip(report.counts, palette).map { count, kind in
      "<li><span class=\"key \(kind)\"></span> "
        + PageText.escaped("\(count.values) still possible: \(grouped(count.states))") + "</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>\n"
  }
}
