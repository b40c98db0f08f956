import TransitionSystem

/// Draws a trace in space and time: a line for each agent from top to bottom, a mark for each step,
/// and an arrow for each message from where it was sent to where it was received or lost.
struct TraceFigure {
  private let story: TourStory
  private let words: TraceWords
  private let agents: [Int]

  /// Between two lifelines, for the longest name, and for the words of a message where few agents
  /// leave the room.
  private let columnWidth: Int

  private static let rowHeight = 46
  private static let top = 48
  /// In all, for lines beside the lifelines to end in time.
  private static let width = 880

  /// Nil where nobody takes part, or too many to stand side by side.
  init?(_ story: TourStory, _ system: TransitionSystem) {
    self.story = story
    words = TraceWords(system: system)
    var all: Set<Int> = []
    for step in story.trace.steps {
      if let agent = system.actions[step.action.index].agent { all.insert(agent) }
      for sent in step.sent {
        all.insert(system.channels[sent.channel.index].receiver)
        if let from = words.senderIndex(sent.entry, in: sent.channel) { all.insert(from) }
      }
      if let trigger = system.actions[step.action.index].trigger, let entry = step.received,
        let from = words.senderIndex(entry, in: trigger.channel)
      {
        all.insert(from)
      }
    }
    all.formUnion(story.trace.steps.compactMap { Self.liar($0, system) })
    agents = all.sorted()
    let longest = all.map { system.agents[$0].name.count }.max() ?? 0
    columnWidth = max(all.count <= 4 ? 136 : 100, longest * 8 + 16)
    if agents.isEmpty || agents.count > 6 { return nil }
  }

  /// The byzantine agent whose message a step receives: what it says is made as it is received, so
  /// only the heading of the step knows it.
  private static func liar(_ step: TraceStep, _ system: TransitionSystem) -> Int? {
    let action = system.actions[step.action.index]
    guard case .fault(.byzantine) = action.kind else { return nil }
    return system.agents.indices.first {
      action.label.hasSuffix("byzantine \(system.agents[$0].name)")
    }
  }

  private func x(_ agent: Int) -> Int {
    (agents.firstIndex(of: agent) ?? 0) * columnWidth + columnWidth / 2 + 8
  }

  private func y(_ step: Int) -> Int { Self.top + step * Self.rowHeight + 24 }

  func figure(id: String) -> String {
    let steps = story.trace.steps
    let bottom = Self.top + steps.count * Self.rowHeight + 12
    let right = agents.count * columnWidth + 24
    var body = PageText.arrowHeads(id)
    for agent in agents {
      body += PageText.text(
        words.agent(agent), x: x(agent), y: 24, anchor: "middle", kind: "name")
      body += "<path d=\"M \(x(agent)) 34 V \(bottom)\" class=\"life\"/>\n"
    }
    if let start = story.cycleStart, start < steps.count {
      let (from, to) = (y(start) - 20, y(steps.count - 1) + 18)
      body += "<rect x=\"4\" y=\"\(from)\" width=\"\(right - 12)\" height=\"\(to - from)\" "
      body += "rx=\"8\" class=\"marked\"><title>these steps can repeat for ever</title></rect>\n"
    }
    let arrows = arrows
    for arrow in arrows { body += line(arrow, id) }
    for arrow in arrows { body += label(arrow) }
    for index in steps.indices { body += mark(index, right, id) }
    return PageText.figure(
      body, width: max(Self.width, right + 240), height: bottom + 8,
      title: story.caption,
      description: story.steps.enumerated().map { "\($0 + 1). \($1.label)" }
        .joined(separator: "; "), id: id) + legend
  }

  /// Explains only what occurs.
  private var legend: String {
    var items = ["● a step of the agent"]
    if story.trace.steps.contains(where: { !$0.sent.isEmpty }) {
      items.append("→ a message, from its sending to its receipt")
    }
    if arrows.contains(where: { $0.endsAt == nil || $0.isLost }) {
      items.append("⇢ one that does not arrive here")
    }
    if story.steps.contains(where: \.isFault) { items.append("✗ a fault") }
    if story.cycleStart ?? story.steps.count < story.steps.count {
      items.append("framed: what can repeat for ever")
    }
    return "<ul class=\"legend\">\(items.map { "<li>\($0)</li>" }.joined())</ul>\n"
  }

  // MARK: Steps

  private func mark(_ index: Int, _ right: Int, _ id: String) -> String {
    let step = story.steps[index]
    let action = words.system.actions[story.trace.steps[index].action.index]
    var text = ""
    if let agent = action.agent {
      let liar = Self.liar(story.trace.steps[index], words.system)
      let (x, y) = (x(liar ?? agent), y(index))
      if liar != nil {
        let end = self.x(agent) + (x < self.x(agent) ? -9 : 9)
        text += "<path d=\"M \(x) \(y) H \(end)\" class=\"message open\" "
        text += "marker-end=\"url(#\(id)-message)\"/>\n"
      }
      text +=
        step.isFault
        ? "<path d=\"M \(x - 7) \(y - 7) l 14 14 m 0 -14 l -14 14\" class=\"fault\"/>\n"
        : "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"6\" class=\"step\"/>\n"
    }
    let kind = step.isFault ? "fault-text" : ""
    let room = max(30, (Self.width - right) * 10 / 76)
    text += PageText.text(
      "\(index + 1)  \(step.label)".abbreviated(to: room), x: right, y: y(index) + 1, kind: kind)
    let effects = changes(step)
    if !effects.isEmpty {
      text += PageText.text(
        effects.joined(separator: ", ").abbreviated(to: room * 96 / 100), x: right + 18,
        y: y(index) + 18,
        kind: "faint")
    }
    return text
  }

  /// What a step sends is an arrow.
  private func changes(_ step: TourStory.Step) -> [String] {
    step.effects.filter { !$0.hasPrefix("sends ") }
  }

  // MARK: Messages

  private struct Arrow {
    let from: Int
    let to: Int
    let sentAt: Int
    /// The step that takes it; nil where it stays in flight.
    var endsAt: Int?
    var isLost = false
    let text: String
    /// Among those that its step sends.
    let rank: Int
  }

  /// Equal messages between the same two are taken in the order in which they were sent.
  private var arrows: [Arrow] {
    var arrows: [Arrow] = []
    var waiting: [SentMessage: [Int]] = [:]
    for (index, step) in story.trace.steps.enumerated() {
      let action = words.system.actions[step.action.index]
      if let trigger = action.trigger, let entry = step.received {
        let message = SentMessage(channel: trigger.channel, entry: entry)
        if var open = waiting[message], !open.isEmpty {
          let arrow = open.removeFirst()
          waiting[message] = open
          arrows[arrow].endsAt = index
          if case .fault(.lose) = action.kind { arrows[arrow].isLost = true }
        }
      }
      for (rank, sent) in step.sent.enumerated() {
        guard let from = words.senderIndex(sent.entry, in: sent.channel) else { continue }
        waiting[sent, default: []].append(arrows.count)
        arrows.append(
          Arrow(
            from: from, to: words.receiverIndex(sent.channel), sentAt: index,
            text: words.message(sent.entry, in: sent.channel), rank: rank))
      }
    }
    return arrows
  }

  /// Where an arrow ends. What is lost, or still on its way, does not arrive: it ends between two
  /// lifelines.
  private func tip(_ arrow: Arrow) -> (x: Int, y: Int) {
    let x = x(arrow.from)
    if arrow.from == arrow.to {
      return (x + 9, arrow.endsAt.map(y) ?? y(arrow.sentAt) + 30)
    }
    guard let end = arrow.endsAt, !arrow.isLost else {
      return (x + side(arrow) * columnWidth * 36 / 100, y(arrow.sentAt) + 14 + 14 * arrow.rank)
    }
    return (self.x(arrow.to) - side(arrow) * 9, y(end))
  }

  private func side(_ arrow: Arrow) -> Int { x(arrow.to) < x(arrow.from) ? -1 : 1 }

  private func line(_ arrow: Arrow, _ id: String) -> String {
    let (x1, y1, tip) = (x(arrow.from), y(arrow.sentAt), tip(arrow))
    var path = "M \(x1) \(y1) L \(tip.x) \(tip.y)"
    if arrow.from == arrow.to {
      path = "M \(x1) \(y1) C \(x1 + 40) \(y1), \(x1 + 40) \(tip.y), \(tip.x) \(tip.y)"
    }
    let kind = arrow.isLost || arrow.endsAt == nil ? "message open" : "message"
    var text = "<g><title>\(PageText.escaped(arrow.text))\(arrow.isLost ? ", lost" : "")</title>"
    text += "<path d=\"\(path)\" class=\"\(kind)\" marker-end=\"url(#\(id)-message)\"/>"
    if arrow.isLost {
      text += "<path d=\"M \(tip.x - 6) \(tip.y - 6) l 12 12 m 0 -12 l -12 12\" class=\"fault\"/>"
    }
    return text + "</g>\n"
  }

  /// The message in words, behind the tip or where lines from one step are already apart.
  private func label(_ arrow: Arrow) -> String {
    if arrow.from == arrow.to { return "" }
    let (side, tip) = (side(arrow), tip(arrow))
    let words = arrow.text.abbreviated(to: columnWidth / 8)
    if arrow.isLost || arrow.endsAt == nil {
      return PageText.text(
        words, x: tip.x + side * 10, y: tip.y + 4, anchor: side < 0 ? "end" : "start",
        kind: "halo")
    }
    let (x1, y1) = (x(arrow.from), y(arrow.sentAt))
    return PageText.text(
      words, x: x1 + (tip.x - x1) * 3 / 4, y: y1 + (tip.y - y1) * 3 / 4 - 5, anchor: "middle",
      kind: "halo")
  }
}
