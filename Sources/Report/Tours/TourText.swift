/// The words of a tour for a terminal of some width.
public struct TourText: Sendable {
  private let width: Int
  private let style: TextStyle

  /// `width`: columns of the terminal; lines stay within it, and within 100.
  public init(width: Int, color: Bool) {
    self.width = min(max(width, 40), textWidth)
    style = TextStyle(color: color)
  }

  public func title(_ title: String) -> String {
    let lines = wrapped(title, indent: 0)
    let rule = String(repeating: "═", count: min(width, lines.map(\.count).max() ?? 0))
    return (lines.map { style($0, .bold) } + [rule]).joined(separator: "\n") + "\n"
  }

  public func paragraph(_ text: String) -> String {
    "\n" + wrapped(text, indent: 0).joined(separator: "\n") + "\n"
  }

  /// With the answers to choose among.
  public func question(_ question: TourQuestion, number: Int, of count: Int) -> String {
    var lines = ["", style("Question \(number) of \(count)", .doubt)]
    lines += wrapped("? " + question.text, indent: 2).map { style($0, .bold) }
    for (index, answer) in question.answers.enumerated() {
      lines += wrapped("   \(TourQuestion.letter(index))) \(answer)", indent: 6)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  public func prompt(_ question: TourQuestion) -> String {
    let letters = question.answers.indices.map(TourQuestion.letter)
    return "Your prediction (\(letters.joined(separator: ", ")), or Enter to go on): "
  }

  /// To a line that is none of them.
  public func noAnswer(_ question: TourQuestion) -> String {
    let letters = question.answers.indices.map(TourQuestion.letter)
    return "Please answer with \(letters.dropLast().joined(separator: ", ")) or "
      + "\(letters.last ?? ""), or just Enter.\n"
  }

  /// After the run: whether the prediction agrees with it; nil for no prediction.
  public func reaction(_ question: TourQuestion, prediction: Int?) -> String {
    let right = "\(TourQuestion.letter(question.right))) \(question.answers[question.right])"
    let text: String
    let tone: TextStyle.Tone
    switch prediction {
    case nil: (text, tone) = ("→ The run says \(right)", .bold)
    case question.right: (text, tone) = ("→ As you predicted: \(right)", .good)
    case .some(let other):
      (text, tone) = (
        "→ The run says otherwise: \(right) (you predicted \(TourQuestion.letter(other)))", .bad
      )
    }
    return "\n" + wrapped(text, indent: 2).map { style($0, tone) }.joined(separator: "\n") + "\n"
  }

  public func score(_ right: Int, of predictions: Int) -> String {
    if predictions == 0 { return "" }
    return paragraph(
      "\(counted(right, "prediction")) of \(predictions) agreed with what ran.")
  }

  // MARK: Runs

  /// `property`: the one whose trace is told.
  public func run(_ run: TourRun, property: String?) -> String {
    var lines = [""] + command(run.command).map { style($0, .dim) }
    switch run.result {
    case .valence(let report):
      let all = report.text.split(separator: "\n", omittingEmptySubsequences: false)
      lines += all.dropFirst().dropLast().flatMap { line -> [String] in
        if line.isEmpty { return [""] }
        let indent = line.prefix { $0 == " " || $0 == "▸" }.count
        return wrapped("  " + line, indent: indent + 4)
      }
    case .check(let report):
      lines += verdicts(report)
      if let story = TourStory(report, property: property) { lines += told(story) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A long command goes on behind a backslash, so that it can be copied.
  private func command(_ command: String) -> [String] {
    let line = "  $ \(command)"
    guard line.count > width, let flag = line.firstRange(of: " --") else { return [line] }
    return [line[..<flag.lowerBound] + " \\", "     " + line[flag.lowerBound...]]
  }

  private func verdicts(_ report: CheckReport) -> [String] {
    let findings = report.findings.filter { !$0.isBuiltIn || $0.verdict == .violated }
    let words = findings.map(\.shortVerdict)
    let verdictWidth = words.map(\.count).max() ?? 0
    let nameWidth = findings.map(\.name.count).max() ?? 0
    let lines = zip(findings, words).flatMap { finding, words -> [String] in
      let lead = "  \(words.padded(to: verdictWidth))  \(finding.name.padded(to: nameWidth))"
      let text = (finding.documentation ?? "").split(separator: "\n").joined(separator: " ")
      let room = width - verdictWidth - nameWidth - 6
      if text.isEmpty { return ["  \(words.padded(to: verdictWidth))  \(finding.name)"] }
      if room < 24 { return [lead] + wrapped("      " + text, indent: 6) }
      let broken = text.wrapped(first: room, rest: room)
      let blank = String(repeating: " ", count: verdictWidth + nameWidth + 6)
      return [lead + "  " + broken[0]] + broken.dropFirst().map { blank + $0 }
    }
    let s = report.statistics
    let extent = s.isExhaustive ? "all that can be reached" : s.end
    return lines + [
      "  \(counted(s.states, "state")), \(counted(s.transitions, "transition")): \(extent)"
    ]
  }

  private func told(_ story: TourStory) -> [String] {
    var lines = ["", style("  \(story.heading):", .bold)]
    lines += story.initially.flatMap { wrapped("       at first \($0)", indent: 16) }
    for (index, step) in story.steps.enumerated() {
      if story.cycleStart == index { lines.append(style("     ┌ this part can repeat", .doubt)) }
      let mark = step.isFault ? "✗" : " "
      let lead = "\(String(index + 1).leftPadded(to: 5)) \(mark) "
      let label = wrapped(lead + step.label, indent: 10)
      lines += label.map { step.isFault ? style($0, .bad) : $0 }
      lines += step.effects.flatMap { wrapped("          " + $0, indent: 12) }
        .map { style($0, .dim) }
    }
    if let start = story.cycleStart, start < story.steps.count {
      lines.append(style("     └ and on with step \(start + 1)", .doubt))
    }
    return lines + wrapped("     ⇒ \(story.conclusion)", indent: 7).map { style($0, .bad) }
  }

  private func wrapped(_ text: String, indent: Int) -> [String] {
    let lead = text.prefix { $0 == " " }
    let rest = text.dropFirst(lead.count).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    // Spaces that align a number with its text are kept.
    let kept = text.dropFirst(lead.count).prefix { $0 != "\n" }
    let body = text.contains("\n") ? rest : String(kept)
    let lines = body.wrapped(first: width - lead.count, rest: width - indent)
    return [lead + lines[0]]
      + lines.dropFirst().map { String(repeating: " ", count: indent) + $0 }
  }
}
