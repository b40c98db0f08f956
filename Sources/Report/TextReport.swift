import Diagnostics
import TransitionSystem

/// How traces are shown.
public enum TraceStyle: String, Sendable, CaseIterable {
  /// Each step with what it changes.
  case diff
  /// Each step with the whole state after it.
  case full
  /// The message chart: a column for each agent, an arrow for each message.
  case chart
}

/// What a reader at a terminal wants to see.
public struct TextOptions: Sendable {
  public var color = false
  public var trace = TraceStyle.diff
  /// Only what is not as expected.
  public var quiet = false
  public var statistics = true
  /// More statistics: store, probes, layout.
  public var verbose = false
  public init() {}
}

/// The report for a reader at a terminal.
public struct TextReport {
  let options: TextOptions
  let sources: SourceSet
  let style: TextStyle

  public init(options: TextOptions, sources: SourceSet) {
    self.options = options
    self.sources = sources
    style = TextStyle(color: options.color)
  }

  /// The report of one check; ends with a line feed. Nothing, if quiet and all is as expected.
  public func text(_ report: CheckReport) -> String {
    if options.quiet, report.conformity == .asExpected { return "" }
    var lines = [heading(report)] + verdicts(report)
    if !options.quiet {
      for finding in report.findings where isTold(finding) {
        if let trace = finding.trace { lines += story(finding, trace, report) }
      }
      for remark in report.remarks {
        let text = renderText(remark, sources: sources, color: options.color)
        lines.append("\n" + (text.hasSuffix("\n") ? String(text.dropLast()) : text))
      }
    }
    if options.statistics { lines += ["", statistics(report.statistics)] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// "3 checks in 2 specs: all as expected", the last line of a run of several checks.
  public func summary(_ run: RunReport) -> String {
    let words = run.summary
    switch run.conformity {
    case .notAsExpected: return style(words, .bad)
    case .undecided: return style(words, .doubt)
    case .asExpected, .informative: return style(words, .good)
    }
  }

  private func heading(_ report: CheckReport) -> String {
    var title = style(report.workflow, .bold)
    if let check = report.check { title += ", check \(style(check, .bold))" }
    if !report.parameters.isEmpty {
      let values = report.parameters.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
      title += style(" (\(values))", .dim)
    }
    return title + style("  \(report.file.printable)", .dim)
  }
}

extension RunReport {
  /// The worst of its checks.
  var conformity: Conformity {
    if checks.contains(where: { $0.conformity == .notAsExpected }) { return .notAsExpected }
    return checks.contains { $0.conformity == .undecided } ? .undecided : .asExpected
  }

  /// "3 checks in 2 specs: 1 not as expected".
  var summary: String {
    let bad = checks.count { $0.conformity == .notAsExpected }
    let open = checks.count { $0.conformity == .undecided }
    let specs = Set(checks.map(\.file)).count
    let total = "\(counted(checks.count, "check")) in \(counted(specs, "spec"))"
    if bad == 0, open == 0 { return "\(total): all as expected" }
    let parts = [bad > 0 ? "\(bad) not as expected" : nil, open > 0 ? "\(open) undecided" : nil]
    return "\(total): \(parts.compactMap(\.self).joined(separator: ", "))"
  }
}
