import TransitionSystem

/// A message between two agents of a chart.
struct ChartArrow {
  enum Kind {
    case message
    /// The network loses it, or makes a second one of it.
    case lost, copy
  }
  let from: Int?
  let to: Int
  let text: String
  let kind: Kind

  /// As much of the text as has room: all of it, `Patch(…)`, or its beginning.
  func text(within width: Int) -> String {
    let whole = kind == .copy ? "copy of \(text)" : text
    if whole.count <= width { return whole }
    let name = whole.prefix { $0 != "(" } + "(…)"
    return name.count <= width ? String(name) : whole.abbreviated(to: width)
  }
}

/// Where the agents of a chart stand, and the rows that follow from it.
///
/// Columns lie as near together as names and the messages between them allow. Where that is too
/// wide, messages are abbreviated, then names; a legend explains short names.
struct ChartColumns {
  struct Name {
    let agent: Int
    let info: AgentInfo
  }

  /// Column of each agent's lifeline.
  let places: [Int: Int]
  let heading: String
  let legend: [String]
  let width: Int

  /// Most columns for the chart itself, without remarks.
  private static let widthMax = 80

  /// Nil where not even short names fit.
  init?(names: [Name], arrows: [ChartArrow]) {
    let long = names.map(\.info.name)
    let short = Self.shortNames(names)
    let attempts: [(names: [String], text: Int, gap: Int)] = [
      (long, 32, 10), (long, 18, 10), (long, 10, 8), (long, 0, 6), (short, 10, 8), (short, 0, 6),
      (short, 0, 4),
    ]
    for attempt in attempts {
      let order = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1.agent, $0) })
      let gaps = Self.gaps(attempt.names, order, arrows, textMax: attempt.text, least: attempt.gap)
      let left = (attempt.names.first?.count ?? 1) / 2
      let right = max((attempt.names.last?.count ?? 1) / 2 + 1, 4)
      guard left + gaps.reduce(0, +) + right <= Self.widthMax else { continue }
      var place = left
      var places: [Int: Int] = [:]
      for (index, name) in names.enumerated() {
        places[name.agent] = place
        if index < gaps.count { place += gaps[index] }
      }
      self.places = places
      width = place + right
      heading = Self.heading(zip(names, attempt.names).map { ($1, places[$0.agent] ?? 0) }, width)
      legend = attempt.names == long ? [] : Self.legend(short, long)
      return
    }
    return nil
  }

  /// Distances between neighbours.
  private static func gaps(
    _ names: [String], _ order: [Int: Int], _ arrows: [ChartArrow], textMax: Int, least: Int
  ) -> [Int] {
    var gaps = zip(names, names.dropFirst()).map { name, next in
      max(least, (name.count + 1) / 2 + next.count / 2 + 2)
    }
    for arrow in arrows where textMax > 0 {
      guard let from = arrow.from.flatMap({ order[$0] }), let to = order[arrow.to] else { continue }
      let need = arrow.text(within: textMax).count + 8
      if from == to {
        if to < gaps.count { gaps[to] = max(gaps[to], need - 3) }
        continue
      }
      let between = min(from, to)..<max(from, to)
      let missing = need - gaps[between].reduce(0, +)
      guard missing > 0 else { continue }
      for place in between { gaps[place] += (missing + between.count - 1) / between.count }
    }
    return gaps
  }

  private static func heading(_ names: [(text: String, place: Int)], _ width: Int) -> String {
    var row = ""
    for (text, place) in names {
      row = row.padded(to: max(0, place - text.count / 2)) + text
    }
    return row.padded(to: width)
  }

  /// `N2` for `Node[2]`: as many letters of each family as make every name different.
  private static func shortNames(_ names: [Name]) -> [String] {
    let longest = names.map(\.info.family.count).max() ?? 1
    for letters in 1...max(1, longest) {
      let short = names.map { name in
        let member = name.info.name.dropFirst(name.info.family.count)
        return name.info.family.prefix(letters) + member.filter { $0 != "[" && $0 != "]" }
      }
      if Set(short).count == names.count { return short.map { String($0) } }
    }
    return names.map(\.info.name)
  }

  private static func legend(_ short: [String], _ long: [String]) -> [String] {
    let text = zip(short, long).map { "\($0)=\($1)" }.joined(separator: ", ")
    return text.wrapped(first: 100, rest: 100).map { "      \($0)" }
  }
}

extension ChartColumns {
  private var lifelines: [Character] {
    var row = [Character](repeating: " ", count: width)
    for place in places.values { row[place] = "│" }
    return row
  }

  /// The lifelines, with a mark on one of them.
  func row(marking agent: Int?, with mark: Character) -> String {
    var row = lifelines
    if let place = agent.flatMap({ places[$0] }) { row[place] = mark }
    return String(row)
  }

  /// A line across the whole chart with a remark.
  func rule(_ remark: String) -> String {
    String(repeating: "╌", count: width) + "  " + remark
  }

  /// The row of an arrow; its whole text again where not all of it could be drawn.
  func row(of arrow: ChartArrow) -> (text: String, overflow: String?) {
    var row = lifelines
    guard let end = places[arrow.to] else { return (String(row), arrow.text) }
    guard let start = arrow.from.flatMap({ places[$0] }) else {
      row[end] = arrow.kind == .lost ? "✗" : "◁"
      return (String(row), arrow.text)
    }
    if start == end { return loop(at: end, arrow) }
    let (low, high) = (min(start, end), max(start, end))
    let isCrossed = Set(places.values)
    for place in (low + 1)..<high {
      row[place] = isCrossed.contains(place) ? "┼" : arrow.kind == .message ? "─" : "┄"
    }
    let head: Character = arrow.kind == .lost ? "✗" : end < start ? "◁" : "▷"
    row[end < start ? low + 1 : high - 1] = head
    let text = arrow.text(within: high - low - 6)
    guard text.count >= min(4, arrow.text.count) else { return (String(row), arrow.text) }
    let label = " " + text + " "
    let first = (low + high + (end < start ? 2 : 0) - label.count) / 2
    for (offset, character) in label.enumerated() { row[first + offset] = character }
    return (String(row), text.hasSuffix(arrow.text) ? nil : arrow.text)
  }

  /// A message to oneself: the arrow leaves the lifeline and comes back to it.
  private func loop(at place: Int, _ arrow: ChartArrow) -> (text: String, overflow: String?) {
    var row = lifelines
    let next = places.values.filter { $0 > place }.min() ?? width
    if place + 2 < next {
      row[place + 1] = arrow.kind == .lost ? "✗" : "◁"
      row[place + 2] = "╮"
    }
    let text = arrow.text(within: next - place - 5)
    guard text.count >= min(4, arrow.text.count) else { return (String(row), arrow.text) }
    for (offset, character) in text.enumerated() { row[place + 4 + offset] = character }
    return (String(row), text == arrow.text ? nil : arrow.text)
  }
}
