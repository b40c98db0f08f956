import Diagnostics
import TransitionSystem

/// Columns that a text report tries to stay within.
let textWidth = 100

extension TextReport {
  /// The counterexample or witness of a finding: what it shows, its steps, what is true at its end.
  func story(_ finding: ReportedFinding, _ trace: Trace, _ report: CheckReport) -> [String] {
    let words = TraceWords(system: report.system)
    var lines = ["", "\(heading(finding, trace)):"] + preface(finding)
    if options.trace != .chart {
      lines += steps(trace, words)
    } else if let chart = MessageChart(words: words, style: style).lines(trace) {
      lines += chart
    } else {
      lines.append(style("        (too many agents for a chart: step by step instead)", .dim))
      lines += steps(trace, words)
    }
    return lines + conclusion(finding, trace, words).map { "        " + $0 }
  }

  private func heading(_ finding: ReportedFinding, _ trace: Trace) -> String {
    let rest = finding.fact.dropFirst(finding.name.count)
    return style(finding.name, .bold) + rest
  }

  /// The property in the spec's words and what its documentation says.
  private func preface(_ finding: ReportedFinding) -> [String] {
    var lines: [String] = []
    if let detail = finding.detail {
      lines += detail.wrapped(first: textWidth - 2, rest: textWidth - 2).map { "  \($0)" }
    }
    if let documentation = finding.documentation {
      lines += documentation.split(separator: "\n").map { "  \(String($0).printable)" }
    }
    if let span = finding.span {
      let source = sources.lineText(sources.line(at: span.start, in: span.file), in: span.file)
      let text = String(source.drop { $0 == " " || $0 == "\t" }).printable
      let line = "  \(place(span)): \(text)"
      lines.append(style(line.abbreviated(to: textWidth), .dim))
    }
    return lines + [""]
  }

  /// What is true at the end of the trace, for readers who do not know the word for it.
  private func conclusion(
    _ finding: ReportedFinding, _ trace: Trace, _ words: TraceWords
  ) -> [String] {
    if trace.steps.last?.failure != nil { return [] }
    let last = trace.steps.last?.state ?? trace.initial
    var lines = [verdictWords(finding, trace)]
    lines += finding.fairness.flatMap { $0.wrapped(first: textWidth - 10, rest: textWidth - 10) }
    let builtIn = finding.builtIn
    if builtIn == .deadlock || builtIn == .orphan, options.trace != .full {
      let messages = words.inFlight(last)
      if !messages.isEmpty { lines[0] += "; in flight:" }
      lines += messages.map { "  \($0)" }
    }
    lines += conflict(finding)
    return lines.enumerated().map { index, line in
      style((index == 0 ? "⇒ " : "  ") + line, finding.verdict == .reachable ? .good : .bad)
    }
  }

  /// The claims and requirements that cannot all hold, each with its place.
  private func conflict(_ finding: ReportedFinding) -> [String] {
    if finding.conflict.isEmpty { return [] }
    return ["these cannot all hold:"]
      + finding.conflict.flatMap { part in
        "\(part.agent.map { "\($0) " } ?? "")\(part.text)  (\(place(part.span)))"
          .wrapped(first: textWidth - 12, rest: textWidth - 16).enumerated()
          .map { index, line in (index == 0 ? "  " : "      ") + line }
      }
  }

  private func verdictWords(_ finding: ReportedFinding, _ trace: Trace) -> String {
    if let start = trace.cycleStart {
      let steps = trace.steps.count
      if start >= steps { return "nothing more has to happen, so \(finding.name) is violated" }
      let repeated = start + 1 >= steps ? "step \(steps)" : "steps \(start + 1) to \(steps)"
      return "\(repeated) can repeat for ever, so \(finding.name) is violated"
    }
    if let ending = finding.ending { return ending }
    switch finding.builtIn {
    case .deadlock: return "nothing can happen any more, and some agent has not finished its run"
    case .orphan: return "nothing can happen any more, and messages were never received"
    case .assertion, .evaluation, .unbounded: return finding.detail ?? "\(finding.name) occurs here"
    case nil: return "\(finding.name) is \(finding.verdict == .reachable ? "true" : "false") here"
    }
  }

  /// `specs/agents/merge-gate.wf:22`.
  func place(_ span: Span) -> String {
    let location = sources.location(of: span)
    return "\(location.file.printable):\(location.line)"
  }
}
