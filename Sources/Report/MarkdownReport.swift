import Diagnostics
import TransitionSystem

/// The run as a comment on a pull request: a table of the checks, and below it each trace that was
/// not expected, folded.
public func markdownReport(_ run: RunReport) -> String {
  let writer = MarkdownReport(sources: run.sources)
  var blocks = ["## wfcheck: " + writer.title(run)]
  if !run.checks.isEmpty { blocks.append(writer.table(run.checks)) }
  for check in run.checks {
    let told = check.findings.filter { $0.conformity.isWorthATask && $0.trace != nil }
    blocks += told.map { writer.details($0, check) }
  }
  let diagnostics = run.diagnostics + run.checks.flatMap(\.remarks)
  blocks += diagnostics.map(writer.details)
  blocks.append("<sub>wfcheck \(MarkdownReport.escaped(run.version))</sub>")
  return blocks.joined(separator: "\n\n") + "\n"
}

private struct MarkdownReport {
  let sources: SourceSet

  func title(_ run: RunReport) -> String {
    let errors = run.diagnostics.count { $0.severity == .error }
    let words = run.checks.isEmpty ? [] : [run.summary]
    return (words + (errors > 0 ? ["\(counted(errors, "error")) in the specs"] : []))
      .joined(separator: "; ")
  }

  func table(_ checks: [CheckReport]) -> String {
    let head = ["| | Check | Findings | States | Time |", "| --- | --- | --- | ---: | ---: |"]
    return (head + checks.map(row)).joined(separator: "\n")
  }

  private func row(_ check: CheckReport) -> String {
    let s = check.statistics
    let states = s.walks > 0 ? counted(s.walks, "walk") : grouped(s.states)
    let cells = [
      mark(check.conformity), "\(Self.escaped(check.title))<br>\(code(check.file))",
      findings(check), s.isExhaustive ? states : "\(states) (\(Self.escaped(s.end)))",
      duration(s.wallSeconds),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  /// What is not as expected in full, the rest in a few words.
  private func findings(_ check: CheckReport) -> String {
    let shown = check.findings.filter {
      !$0.isBuiltIn || $0.conformity != .asExpected || $0.verdict == .violated
    }
    let lines =
      shown.map { finding in
        let text = Self.escaped(finding.sentence)
        return finding.conformity.isWorthATask ? "**\(text)**" : text
      }
      + check.counts.map { count in
        let text = Self.escaped(count.sentence)
        return count.conformity == .notAsExpected ? "**\(text)**" : text
      }
    return lines.joined(separator: "<br>")
  }

  func details(_ finding: ReportedFinding, _ check: CheckReport) -> String {
    let summary = "\(mark(finding.conformity)) \(check.title): \(finding.sentence)"
    return folded(summary, PlainStory(sources: sources).text(finding, check))
  }

  func details(_ diagnostic: Diagnostic) -> String {
    let sign = diagnostic.severity == .error ? "❌" : "⚠️"
    return folded(
      "\(sign) \(diagnostic.code): \(diagnostic.title)",
      renderText(diagnostic, sources: sources, color: false))
  }

  private func folded(_ summary: String, _ body: String) -> String {
    let fence = String(repeating: "`", count: max(3, Self.longestRun(of: "`", in: body) + 1))
    var text = body
    while text.hasSuffix("\n") { text.removeLast() }
    return """
      <details><summary>\(Self.htmlEscaped(summary))</summary>

      \(fence)text
      \(text)
      \(fence)

      </details>
      """
  }

  private func mark(_ conformity: Conformity) -> String {
    switch conformity {
    case .asExpected: "✅"
    case .notAsExpected: "❌"
    case .undecided: "❔"
    case .informative: "ℹ️"
    }
  }

  private func code(_ text: String) -> String { "<code>\(Self.escaped(text))</code>" }

  /// Text that neither Markdown nor HTML nor a table takes for markup.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "|", "`", "*", "_", "[", "]", "\\", "~", "#": result += "\\\(character)"
      case "\n", "\r", "\r\n": result += " "
      default: result.append(character)
      }
    }
    return result
  }

  /// Within an HTML block Markdown has no say.
  private static func htmlEscaped(_ text: String) -> String {
    XMLText.escaped(text, inAttribute: false).split(whereSeparator: \.isNewline)
      .joined(separator: " ")
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var (longest, run) = (0, 0)
    for other in text {
      run = other == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
