import Diagnostics
import TransitionSystem

extension TextReport {
  /// A line for each finding and count that a reader wants to hear of, in columns.
  func verdicts(_ report: CheckReport) -> [String] {
    let findings = report.findings.filter(isListed)
    let words = findings.map { shortWords($0.verdict, isBuiltIn: $0.isBuiltIn) }
    let verdictWidth = max(10, words.map(\.count).max() ?? 0)
    let nameWidth = findings.map(\.name.count).max() ?? 0
    let lines = zip(findings, words).map { finding, words in
      let verdict = style(words.padded(to: verdictWidth), tone(finding.conformity))
      return "  \(verdict)  \(finding.name.padded(to: nameWidth))  \(remark(on: finding))"
        + explanation(finding, indentation: verdictWidth + 4)
    }
    return lines
      + report.counts.filter { !options.quiet || $0.conformity == .notAsExpected }.map {
        "  " + line($0)
      }
  }

  /// What fairness a property that holds needs, on lines of its own.
  private func explanation(_ finding: ReportedFinding, indentation: Int) -> String {
    if finding.trace != nil { return "" }
    return finding.fairness.map {
      "\n" + String(repeating: " ", count: indentation) + style($0, .dim)
    }.joined()
  }

  /// Built-in checks that did not occur and need not are one word too many.
  private func isListed(_ finding: ReportedFinding) -> Bool {
    if options.quiet {
      return finding.conformity == .notAsExpected || finding.conformity == .undecided
    }
    return !finding.isBuiltIn || finding.conformity != .asExpected || options.verbose
      || finding.verdict == .violated
  }

  /// Of what may occur as well as not, the trace is for those who ask.
  func isTold(_ finding: ReportedFinding) -> Bool {
    finding.expectation != .allowed || options.verbose
  }

  private func shortWords(_ verdict: Verdict, isBuiltIn: Bool) -> String {
    switch verdict {
    case .unknown: "unknown"
    case .notProved(let verdict, _): shortWords(verdict, isBuiltIn: isBuiltIn) + ", not proved"
    case .violated where isBuiltIn: "found"
    case .holds where isBuiltIn: "none"
    case .holdsUpTo(let depth) where isBuiltIn: "none up to depth \(depth)"
    default: verdict.words
    }
  }

  private func remark(on finding: ReportedFinding) -> String {
    var remark = finding.conformity.rawValue
    if finding.conformity == .asExpected, finding.expectation == .allowed { remark = "allowed" }
    remark = style(remark, finding.conformity == .asExpected ? .dim : tone(finding.conformity))
    if case .notProved(_, let why) = finding.verdict { remark += style(" (\(why))", .dim) }
    if case .unknown(let why) = finding.verdict { remark += style(" (\(why))", .dim) }
    if finding.conformity == .undecided, finding.verdict.isBounded {
      remark += style(" (\(finding.verdict.lacking) is no proof)", .dim)
    }
    if finding.conformity == .notAsExpected, let expectation = finding.expectationWords {
      remark += style(" (\(expectation))", .dim)
    }
    if finding.verdict.isOfValence, let detail = finding.detail {
      remark += style(", \(detail)", .dim)
    }
    guard let trace = finding.trace else { return remark }
    let hint = isTold(finding) || options.quiet ? "" : " (--verbose shows them)"
    let doubt = finding.mayBeShorter ? " (por: perhaps not the fewest)" : ""
    return remark + style(", \(counted(trace.steps.count, "step"))\(doubt)\(hint)", .dim)
  }

  private func tone(_ conformity: Conformity) -> TextStyle.Tone {
    switch conformity {
    case .notAsExpected: .bad
    case .undecided: .doubt
    case .asExpected: .good
    case .informative: .dim
    }
  }

  private func line(_ count: CountComparison) -> String {
    if let why = count.notCompared {
      return style("\(count.name) not compared (\(why))", .dim)
    }
    if count.expected == count.found {
      let found = style("\(grouped(count.found)) \(count.name)", .good)
      return found + style("  as expected", .dim)
    }
    return style(count.sentence, .bad)
  }
}
