import TransitionSystem

/// A trace step by step, as terminal and page of a tour tell it.
struct TourStory {
  struct Step {
    let label: String
    let isFault: Bool
    /// What it sends and changes.
    let effects: [String]
  }

  let name: String
  let heading: String
  let documentation: String?
  /// Variables that do not start as 0, false, none or empty.
  let initially: [String]
  let steps: [Step]
  /// Index of the first step that repeats; as many as there are steps where it may rest at the end.
  let cycleStart: Int?
  let conclusion: String
  let trace: Trace

  /// The story that a check tells: of the wanted property, else of the first one that is violated;
  /// nil where none has a trace.
  init?(_ report: CheckReport, property: String?) {
    let told = report.findings.first { finding in
      guard let property else { return !finding.isBuiltIn && finding.verdict == .violated }
      return finding.name == property
    }
    guard let told, let trace = told.trace else { return nil }
    self.trace = trace
    name = told.name
    heading = told.fact
    documentation = told.documentation
    let words = TraceWords(system: report.system)
    initially = words.informativeValues(trace.initial)
    cycleStart = trace.cycleStart
    var before = trace.initial
    steps = trace.steps.map { step in
      var effects = words.sends(step)
      if let failure = words.failure(step) { effects.append("fails: \(failure.message)") }
      if let after = step.state {
        effects += words.changes(from: before, to: after).filter { !$0.isSecondary }.map(\.text)
        before = after
      }
      return Step(
        label: words.label(step), isFault: report.system.actions[step.action.index].isFault,
        effects: effects)
    }
    conclusion = TourStory.conclusion(told, trace)
  }

  /// One sentence for a drawing.
  var caption: String {
    guard let cycleStart else { return heading }
    return cycleStart < steps.count
      ? "\(heading): steps \(cycleStart + 1) to \(steps.count) can repeat for ever"
      : "\(heading): then nothing more has to happen"
  }

  private static func conclusion(_ finding: ReportedFinding, _ trace: Trace) -> String {
    if let start = trace.cycleStart {
      let steps = trace.steps.count
      if start >= steps { return "nothing more has to happen: \(finding.name) is violated" }
      return "steps \(start + 1) to \(steps) can repeat for ever: \(finding.name) is violated"
    }
    if let ending = finding.ending { return ending }
    return "\(finding.name) is \(finding.verdict == .reachable ? "true" : "false") here"
  }
}
