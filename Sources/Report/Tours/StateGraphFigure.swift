/// Draws the state graph of a valence: a row for each depth, a node for each state, its colour and
/// words the decisions still possible, and the run that never decides in thick lines.
struct StateGraphFigure {
  private let report: ValenceReport
  private let drawing: ValenceDrawing
  /// By depth, the states from left to right.
  private var rows: [[Int]]
  private var places: [Int] = []

  private static let rowHeight = 64
  private static let columnWidth = 72
  private static let radius = 17
  /// Beside the states, for lines that pass them.
  private static let margin = 90

  init(_ report: ValenceReport, _ drawing: ValenceDrawing) {
    self.report = report
    self.drawing = drawing
    rows = Array(repeating: [], count: (drawing.nodes.map(\.depth).max() ?? -1) + 1)
    for (state, node) in drawing.nodes.enumerated() { rows[node.depth].append(state) }
    arrange()
  }

  /// Puts each state near the middle of those that it has transitions with in the rows above and
  /// below, some times down and up. Source: Sugiyama, Tagawa and Toda, 1981.
  private mutating func arrange() {
    var neighbours = Array(repeating: [Int](), count: drawing.nodes.count)
    for edge in drawing.edges where edge.from != edge.to {
      neighbours[edge.from].append(edge.to)
      neighbours[edge.to].append(edge.from)
    }
    places = Array(repeating: 0, count: drawing.nodes.count)
    place()
    for round in 0..<8 {
      let order = Array(rows.indices)
      for row in round % 2 == 0 ? order : order.reversed() {
        let beside = round % 2 == 0 ? row - 1 : row + 1
        let middles = Dictionary(
          uniqueKeysWithValues: rows[row].map { state -> (Int, Int) in
            let near = neighbours[state].filter { drawing.nodes[$0].depth == beside }
            let all = near.map { places[$0] }
            return (state, all.isEmpty ? places[state] : all.reduce(0, +) / all.count)
          })
        rows[row].sort { (middles[$0] ?? 0, $0) < (middles[$1] ?? 0, $1) }
        place()
      }
    }
  }

  private mutating func place() {
    let widest = rows.map(\.count).max() ?? 0
    for row in rows {
      let start = (widest - row.count) * Self.columnWidth / 2
      for (index, state) in row.enumerated() {
        places[state] = start + index * Self.columnWidth + Self.columnWidth / 2
      }
    }
  }

  private func x(_ state: Int) -> Int { places[state] + Self.margin }

  private func y(_ state: Int) -> Int { drawing.nodes[state].depth * Self.rowHeight + 48 }

  func figure(id: String) -> String {
    let width = (rows.map(\.count).max() ?? 0) * Self.columnWidth + 2 * Self.margin
    let height = rows.count * Self.rowHeight + 20
    var body = PageText.arrowHeads(id)
    // Thick lines last, so that nothing crosses them.
    for isOnLasso in [false, true] {
      for edge in drawing.edges where edge.isOnLasso == isOnLasso { body += line(edge, id) }
    }
    for depth in rows.indices {
      body += PageText.text("\(depth)", x: 8, y: depth * Self.rowHeight + 53, kind: "faint")
    }
    for state in drawing.nodes.indices { body += node(state, id) }
    return PageText.figure(
      body, width: width, height: height,
      title: "All \(report.states) states, row by row as they are reached", description: words,
      id: id) + legend
  }

  private var words: String {
    let counts = report.counts.map { "\(counted($0.states, "state")) with \($0.values)" }
    let lasso =
      drawing.edges.contains(where: \.isOnLasso)
      ? " Thick arrows are the run that never decides." : ""
    return "Decisions still possible: \(listed(counts)).\(lasso)"
  }

  private var legend: String {
    let palette = PageText.palette(report.counts)
    var items = zip(report.counts, palette).map { count, kind in
      "<span class=\"key \(kind)\">\(PageText.escaped(PageText.short(count.values)))</span> "
        + PageText.escaped("\(count.values) still possible (\(count.states))")
    }
    items.append("<span class=\"key ring\"></span> somebody has decided")
    if drawing.nodes.contains(where: \.isCritical) {
      items.append("<span class=\"key critical\"></span> critical: the next step decides")
    }
    if drawing.edges.contains(where: \.isOnLasso) {
      items.append("<span class=\"key thick\"></span> the run that never decides")
    }
    return "<ul class=\"legend\">"
      + items.map { "<li>\($0)</li>" }.joined() + "</ul>\n"
  }

  private func node(_ state: Int, _ id: String) -> String {
    let node = drawing.nodes[state]
    let values = report.counts[node.values].values
    let kind = PageText.palette(report.counts)[node.values]
    var text = "<g><title>state \(state), depth \(node.depth): "
    text += PageText.escaped("\(values) still possible") + (node.isDecided ? ", decided" : "")
    text += "</title>"
    if node.isDecided { text += circle(state, Self.radius + 4, "ring") }
    if node.isCritical { text += circle(state, Self.radius + 4, "critical") }
    if node.isInitial {
      text += "<path d=\"M \(x(state)) \(y(state) - 44) v 22\" class=\"edge\" "
      text += "marker-end=\"url(#\(id)-head)\"/>"
    }
    text += circle(state, Self.radius, kind)
    text += PageText.text(
      PageText.short(values), x: x(state), y: y(state) + 5, anchor: "middle", kind: "on-\(kind)")
    return text + "</g>\n"
  }

  private func circle(_ state: Int, _ radius: Int, _ kind: String) -> String {
    "<circle cx=\"\(x(state))\" cy=\"\(y(state))\" r=\"\(radius)\" class=\"\(kind)\"/>"
  }

  /// Straight to the next row; in a bow to the same row, upwards, or across rows.
  private func line(_ edge: ValenceDrawing.Edge, _ id: String) -> String {
    let kind = edge.isOnLasso ? "thick" : "edge"
    let head = edge.isOnLasso ? "\(id)-thick" : "\(id)-head"
    let (x1, y1, x2, y2) = (x(edge.from), y(edge.from), x(edge.to), y(edge.to))
    if edge.from == edge.to {
      return "<path d=\"M \(x1 + 12) \(y1 - 12) c 22 -18, 22 34, 2 26\" class=\"\(kind)\" "
        + "marker-end=\"url(#\(head))\"/>\n"
    }
    let (mx, my) = ((x1 + x2) / 2 + bow(edge), (y1 + y2) / 2)
    // From the rim of one circle to a little before the rim of the other.
    let (sx, sy) = toward(x1, y1, mx, my, Self.radius)
    let (ex, ey) = toward(x2, y2, mx, my, Self.radius + (drawing.nodes[edge.to].isDecided ? 9 : 5))
    return "<path d=\"M \(sx) \(sy) Q \(mx) \(my) \(ex) \(ey)\" class=\"\(kind)\" "
      + "marker-end=\"url(#\(head))\"/>\n"
  }

  /// How far to the side the middle of a line is pulled; to the next row not at all. A line across
  /// many rows passes beside all their states.
  private func bow(_ edge: ValenceDrawing.Edge) -> Int {
    let (from, to) = (drawing.nodes[edge.from].depth, drawing.nodes[edge.to].depth)
    if to == from + 1 { return 0 }
    let mean = (x(edge.from) + x(edge.to)) / 2
    let middle = (rows.map(\.count).max() ?? 0) * Self.columnWidth / 2 + Self.margin
    let side = mean < middle ? -1 : 1
    if abs(to - from) < 4 { return side * (30 + 16 * abs(to - from)) }
    let between = rows[min(from, to)...max(from, to)].joined().map { side * x($0) }
    return side * (2 * ((between.max() ?? 0) + 36) - 2 * side * mean)
  }

  /// The point at a distance from the first point on the way to the second.
  private func toward(_ x: Int, _ y: Int, _ tx: Int, _ ty: Int, _ distance: Int) -> (Int, Int) {
    let (dx, dy) = (Double(tx - x), Double(ty - y))
    let length = max(1, (dx * dx + dy * dy).squareRoot())
    let part = Double(distance) / length
    return (x + Int((dx * part).rounded()), y + Int((dy * part).rounded()))
  }
}
