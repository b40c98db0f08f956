import TransitionSystem

/// Draws a trace as a message chart: a column for each agent that takes part, an arrow from where a
/// message was sent to where it goes, one row for each step and each message.
struct MessageChart {
  let words: TraceWords
  let style: TextStyle

  /// Columns that a chart with its remarks tries to stay within.
  static let width = 118
  /// Columns of step numbers at the left.
  private static let margin = 6

  /// Nil where the agents do not fit side by side.
  func lines(_ trace: Trace) -> [String]? {
    let agents = participants(trace)
    guard !agents.isEmpty else { return [style("      (no agent takes part)", .dim)] }
    guard let columns = ChartColumns(names: names(agents), arrows: arrows(trace)) else {
      return nil
    }
    var lines = columns.legend.map { style($0, .dim) }
    lines.append(indent(columns.heading, .bold))
    for (index, step) in trace.steps.enumerated() {
      if trace.cycleStart == index { lines.append(indent(columns.rule("this part can repeat"))) }
      lines += rows(step, number: index + 1, columns)
    }
    if let start = trace.cycleStart, start < trace.steps.count {
      lines.append(indent(columns.rule("and on with step \(start + 1)")))
    }
    return lines + ["", style(key(trace), .dim)]
  }

  private func names(_ agents: [Int]) -> [ChartColumns.Name] {
    agents.map { ChartColumns.Name(agent: $0, info: words.system.agents[$0]) }
  }

  /// Who acts, sends or is sent to, in the order of the spec.
  private func participants(_ trace: Trace) -> [Int] {
    let acting = trace.steps.compactMap { words.system.actions[$0.action.index].agent }
    let talking = arrows(trace).flatMap { [$0.from, $0.to].compactMap(\.self) }
    return Set(acting + talking).sorted()
  }

  private func arrows(_ trace: Trace) -> [ChartArrow] {
    trace.steps.flatMap { step in
      (strike(step).map { [$0] } ?? []) + step.sent.map { arrow($0.entry, in: $0.channel) }
    }
  }

  private func arrow(
    _ entry: [Int64], in channel: ChannelID, _ kind: ChartArrow.Kind = .message
  ) -> ChartArrow {
    ChartArrow(
      from: words.senderIndex(entry, in: channel), to: words.receiverIndex(channel),
      text: words.message(entry, in: channel), kind: kind)
  }

  /// What the network itself does to a message, as an arrow.
  private func strike(_ step: TraceStep) -> ChartArrow? {
    let action = words.system.actions[step.action.index]
    guard action.agent == nil, let trigger = action.trigger, let entry = step.received else {
      return nil
    }
    switch action.kind {
    case .fault(.lose): return arrow(entry, in: trigger.channel, .lost)
    case .fault(.duplicate): return arrow(entry, in: trigger.channel, .copy)
    default: return nil
    }
  }

  private func rows(_ step: TraceStep, number: Int, _ columns: ChartColumns) -> [String] {
    let action = words.system.actions[step.action.index]
    let lead = String(number).leftPadded(to: Self.margin - 2) + "  "
    let tone: TextStyle.Tone? = action.isFault || step.failure != nil ? .bad : nil
    var lines: [String]
    if let arrow = strike(step) {
      lines = beside(columns.row(of: arrow), words.label(step), lead: lead, tone, columns)
    } else {
      let mark: Character = step.failure != nil ? "!" : action.isFault ? "✗" : "●"
      var remark = words.label(step)
      if let failure = words.failure(step) { remark += ", fails: \(failure.message)" }
      lines = beside(
        (columns.row(marking: action.agent, with: mark), nil), remark, lead: lead, tone, columns)
    }
    for sent in step.sent {
      let row = columns.row(of: arrow(sent.entry, in: sent.channel))
      lines += beside(row, nil, lead: nil, .actor, columns)
    }
    return lines
  }

  /// A row of the chart with a remark at its right, which may need more rows; what of an arrow's
  /// text did not fit goes before the remark.
  private func beside(
    _ row: (text: String, overflow: String?), _ remark: String?, lead: String?,
    _ tone: TextStyle.Tone?, _ columns: ChartColumns
  ) -> [String] {
    let blank = String(repeating: " ", count: Self.margin)
    let remark = remark ?? row.overflow ?? ""
    let room = max(30, Self.width - Self.margin - columns.width - 2)
    let parts = remark.wrappedAtClauses(first: room, rest: room - 2)
    let text = (tone.map { style(row.text, $0) } ?? row.text) + "  "
    let first = (lead ?? blank) + text + (tone.map { style(parts[0], $0) } ?? parts[0])
    let rest = parts.dropFirst().map { part in
      let lifelines = columns.row(marking: nil, with: " ")
      return blank + lifelines + "    " + (tone.map { style(part, $0) } ?? part)
    }
    return [trimmed(first)] + rest
  }

  private func indent(_ text: String, _ tone: TextStyle.Tone = .doubt) -> String {
    String(repeating: " ", count: Self.margin) + style(trimmed(text), tone)
  }

  /// Explains only the marks that occur.
  private func key(_ trace: Trace) -> String {
    let actions = trace.steps.map { words.system.actions[$0.action.index] }
    var parts = ["● a step of the agent"]
    if trace.steps.contains(where: { !$0.sent.isEmpty }) {
      parts.append("▷ a message sent; it waits until a step receives it")
    }
    if actions.contains(where: \.isFault) { parts.append("✗ a fault") }
    if trace.steps.contains(where: { $0.failure != nil }) { parts.append("! a failing step") }
    return "      " + parts.joined(separator: "   ")
  }
}

/// Without spaces at the end.
private func trimmed(_ text: String) -> String {
  var end = text.endIndex
  while end > text.startIndex, text[text.index(before: end)] == " " {
    end = text.index(before: end)
  }
  return String(text[..<end])
}
