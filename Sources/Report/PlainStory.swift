import Diagnostics
import TransitionSystem

/// Traces without colours, for formats that carry them as text.
struct PlainStory {
  let sources: SourceSet
  private let report: TextReport

  init(sources: SourceSet) {
    self.sources = sources
    var options = TextOptions()
    options.statistics = false
    report = TextReport(options: options, sources: sources)
  }

  /// The whole story as the text report tells it.
  func text(_ finding: ReportedFinding, _ check: CheckReport) -> String {
    guard let trace = finding.trace else { return finding.sentence + "." }
    return report.story(finding, trace, check).dropFirst().joined(separator: "\n")
  }

  /// A line for each step, `3. Node[1] crashes`, for places with little room.
  func brief(_ trace: Trace, _ check: CheckReport) -> [String] {
    let words = TraceWords(system: check.system)
    var lines = trace.steps.enumerated().map { index, step in
      let failure = words.failure(step).map { ", fails: \($0.message)" } ?? ""
      return "\(index + 1). \(words.label(step))\(failure)"
    }
    if let start = trace.cycleStart {
      lines.append(
        start < trace.steps.count ? "… and on with step \(start + 1)" : "… and there it may stay")
    }
    return lines
  }
}
