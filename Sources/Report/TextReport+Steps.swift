import Diagnostics
import TransitionSystem

extension TextReport {
  /// The steps one below the other: who does what, the line of the spec at the right, and below
  /// it what that sends and changes.
  func steps(_ trace: Trace, _ words: TraceWords) -> [String] {
    let margin = PlaceMargin(trace, words, sources)
    var lines = initially(trace, words)
    var before = trace.initial
    for (index, step) in trace.steps.enumerated() {
      if trace.cycleStart == index { lines.append(style("      ┌ this part can repeat", .doubt)) }
      lines += lead(step, number: index + 1, margin, words)
      lines += effects(step, before: before, words).map { "          " + $0 }
      if let state = step.state { before = state }
    }
    if let start = trace.cycleStart, start < trace.steps.count {
      lines.append(style("      └ and on with step \(start + 1)", .doubt))
    }
    return lines
  }

  private func initially(_ trace: Trace, _ words: TraceWords) -> [String] {
    let isFull = options.trace == .full
    let values = isFull ? words.values(trace.initial) : words.informativeValues(trace.initial)
    let title = style("        initially", .bold)
    let remark =
      values.isEmpty
      ? " every variable is 0, false, none or empty"
      : isFull ? "" : " (variables not shown are 0, false, none or empty)"
    let messages = words.inFlight(trace.initial).map { "in flight: \($0)" }
    return [title + style(remark, .dim)]
      + (values + messages).flatMap(broken).map {
        "          " + $0
      }
  }

  /// Number, mark, label and place; a label too long for its line goes on below.
  private func lead(
    _ step: TraceStep, number: Int, _ margin: PlaceMargin, _ words: TraceWords
  ) -> [String] {
    let action = words.system.actions[step.action.index]
    let mark = step.failure != nil ? "!" : action.isFault ? "✗" : " "
    let lines = words.label(step).wrappedAtClauses(
      first: margin.column, rest: margin.column - 4)
    let gap = String(repeating: " ", count: max(2, margin.column - lines[0].count + 2))
    let first = styled(lines[0], step, action, words)
    let place = style(margin.text(action.span, sources), .dim)
    let lead = "\(String(number).leftPadded(to: 4)) \(style(mark, .bad))  \(first)\(gap)\(place)"
    return [lead] + lines.dropFirst().map { "            \(style($0, tone(step, action)))" }
  }

  private func tone(_ step: TraceStep, _ action: Action) -> TextStyle.Tone {
    action.isFault || step.failure != nil ? .bad : .bold
  }

  /// The label with who acts in a colour of its own.
  private func styled(
    _ label: String, _ step: TraceStep, _ action: Action, _ words: TraceWords
  ) -> String {
    guard let agent = action.agent, !action.isFault, step.failure == nil,
      label.hasPrefix(words.agent(agent))
    else { return style(label, tone(step, action)) }
    let name = words.agent(agent)
    return style(name, .actor) + style(String(label.dropFirst(name.count)), .bold)
  }

  private func effects(_ step: TraceStep, before: [UInt64], _ words: TraceWords) -> [String] {
    var lines = words.sends(step).flatMap(broken)
    if let failure = words.failure(step) {
      let text = "fails: \(failure.message) (\(place(failure.span)))"
      lines += broken(text).map { style($0, .bad) }
    }
    guard let after = step.state else { return lines }
    if options.trace == .full {
      let values = words.values(after) + words.inFlight(after).map { "in flight: \($0)" }
      return lines + values.flatMap(broken)
    }
    for change in words.changes(from: before, to: after) {
      let broken =
        change.text.count <= textWidth - 10
        ? [change.text]
        : self.broken("\(change.path)\(change.before.map { ": " + $0 } ?? "")")
          + self.broken("\(change.before == nil ? "=" : "→") \(change.after)")
      lines += change.isSecondary ? broken.map { style($0, .dim) } : broken
    }
    return lines
  }

  /// Broken to fit behind the indentation of details.
  private func broken(_ text: String) -> [String] {
    let lines = text.wrapped(first: textWidth - 10, rest: textWidth - 14)
    return [lines[0]] + lines.dropFirst().map { "    " + $0 }
  }
}

/// The column at the right that says where in the source each step stands.
private struct PlaceMargin {
  /// Width of the labels before it.
  let column: Int
  private let isShort: Bool

  /// Whole paths where they fit beside every label, else file names where those are distinct.
  init(_ trace: Trace, _ words: TraceWords, _ sources: SourceSet) {
    let spans = trace.steps.map { words.system.actions[$0.action.index].span }
    let labels = trace.steps.map { words.label($0).count }.max() ?? 0
    let paths = spans.map { sources.location(of: $0) }
    let whole = paths.map { "\($0.file):\($0.line)".count }.max() ?? 0
    let files = Set(paths.map(\.file))
    let areNamesDistinct = Set(files.map(Self.fileName)).count == files.count
    let short = paths.map { "\(Self.fileName($0.file)):\($0.line)".count }.max() ?? 0
    let room = textWidth - 8 - 2
    isShort = labels + whole > room && areNamesDistinct
    column = max(40, min(labels, room - (isShort ? short : whole)))
  }

  func text(_ span: Span, _ sources: SourceSet) -> String {
    let location = sources.location(of: span)
    let file = isShort ? Self.fileName(location.file) : location.file
    return "\(file.printable):\(location.line)"
  }

  private static func fileName(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }
}
