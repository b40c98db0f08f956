/// A tour as one page: no scripts, nothing to load. Answers and runs open when the reader asks.
public struct TourPage: Sendable {
  let title: String
  private(set) var body = ""
  private var questions = 0
  private var figures = 0

  public init(title: String) { self.title = title }

  public mutating func add(text: String) { body += "<p>\(PageText.escaped(text))</p>\n" }

  /// A question with its answers, and what was run to find out which is right.
  public mutating func add(_ question: TourQuestion, _ run: TourRun, property: String?) {
    questions += 1
    body += "<section aria-labelledby=\"question-\(questions)\">\n"
    body += "<h2 id=\"question-\(questions)\"><span class=\"number\">\(questions)</span> "
    body += "\(PageText.escaped(question.text))</h2>\n"
    body += "<p class=\"hint\">What do you predict? Open your answer.</p>\n"
    for (index, answer) in question.answers.enumerated() {
      let isRight = index == question.right
      let text = "\(TourQuestion.letter(index))) \(answer)"
      body += "<details class=\"answer\"><summary>\(PageText.escaped(text))</summary><p class=\""
      body += isRight ? "agrees\">✓ The run agrees." : "differs\">✗ The run says otherwise."
      body += "</p></details>\n"
    }
    body += "<details class=\"run\"><summary>Show the run</summary>\n"
    body += shown(run, property) + "</details>\n</section>\n"
  }

  /// A run that no question leads to.
  public mutating func add(_ run: TourRun, property: String?) { body += shown(run, property) }

  private mutating func nextFigure() -> String {
    figures += 1
    return "figure-\(figures)"
  }

  private mutating func shown(_ run: TourRun, _ property: String?) -> String {
    let command = "<p class=\"command\"><code>\(PageText.escaped(run.command))</code></p>\n"
    switch run.result {
    case .check(let report): return command + shown(report, property)
    case .valence(let report): return command + shown(report)
    }
  }

  // MARK: Checks

  private mutating func shown(_ report: CheckReport, _ property: String?) -> String {
    var text = "<table><caption>\(PageText.escaped(report.title))</caption>"
    text += "<thead><tr><th scope=\"col\">verdict</th><th scope=\"col\">property</th>"
    text += "<th scope=\"col\">meaning</th></tr></thead><tbody>\n"
    for finding in report.findings where !finding.isBuiltIn || finding.verdict == .violated {
      text += "<tr><td class=\"verdict \(tone(finding))\">\(finding.shortVerdict)</td>"
      text += "<th scope=\"row\">\(PageText.escaped(finding.name))</th>"
      let meaning = finding.documentation ?? finding.builtIn?.explanation ?? ""
      text += "<td>\(PageText.escaped(meaning))</td></tr>\n"
    }
    let s = report.statistics
    let extent = s.isExhaustive ? "all that can be reached" : s.end
    text += "</tbody></table>\n<p>\(counted(s.states, "state")), "
    text += "\(counted(s.transitions, "transition")): \(PageText.escaped(extent)).</p>\n"
    guard let story = TourStory(report, property: property) else { return text }
    if let figure = TraceFigure(story, report.system) { text += figure.figure(id: nextFigure()) }
    return text + steps(story)
  }

  private func tone(_ finding: ReportedFinding) -> String {
    switch finding.verdict {
    case .violated, .unreachable, .unreachableUpTo: "bad"
    case .unknown, .notProved: "doubt"
    default: "good"
    }
  }

  private func steps(_ story: TourStory) -> String {
    var text = "<details class=\"steps\"><summary>The steps in words</summary>\n"
    if !story.initially.isEmpty {
      text += "<p>At first \(PageText.escaped(story.initially.joined(separator: ", "))).</p>\n"
    }
    text += "<ol>\n"
    for (index, step) in story.steps.enumerated() {
      let repeats = story.cycleStart == index ? "<em>From here on it can repeat.</em> " : ""
      let kind = step.isFault ? " class=\"fault\"" : ""
      text += "<li\(kind)>\(repeats)\(PageText.escaped(step.label))"
      if !step.effects.isEmpty {
        text += "<ul>"
        text += step.effects.map { "<li>\(PageText.escaped($0))</li>" }.joined()
        text += "</ul>"
      }
      text += "</li>\n"
    }
    return text + "</ol>\n<p>⇒ \(PageText.escaped(story.conclusion))</p></details>\n"
  }

  // MARK: Valence

  private mutating func shown(_ report: ValenceReport) -> String {
    var text = ""
    if let drawing = report.drawing {
      text +=
        drawing.nodes.isEmpty
        ? LevelFigure(report: report, levels: drawing.levels).figure(id: nextFigure())
        : StateGraphFigure(report, drawing).figure(id: nextFigure())
    }
    if let figure = InitialStatesFigure(report: report).figure(id: nextFigure()) { text += figure }
    if case .stem(let stem, let cycle) = report.undecided {
      text += LassoFigure(stem: stem, cycle: cycle).figure(id: nextFigure())
    }
    text += "<details class=\"steps\"><summary>All that was found, in words</summary>"
    return text + "<pre>\(PageText.escaped(report.text))</pre></details>\n"
  }
}
