import Diagnostics
import TransitionSystem

/// The run as GitHub workflow commands, which annotate the lines of a pull request: errors for what
/// is not as expected, warnings for what is undecided or merely odd, a notice with the summary.
public func githubReport(_ run: RunReport) -> String {
  let writer = GitHubReport(sources: run.sources)
  var lines = run.diagnostics.map(writer.command)
  for check in run.checks {
    lines += check.findings.filter(\.conformity.isWorthATask).map { writer.command($0, check) }
    lines += check.counts.filter { $0.conformity == .notAsExpected }.map {
      writer.command("error", at: nil, file: check.file, title: check.title, $0.sentence)
    }
    lines += check.remarks.map(writer.command)
  }
  if !run.checks.isEmpty {
    lines.append(writer.command("notice", at: nil, file: nil, title: "wfcheck", run.summary))
  }
  return lines.map { $0 + "\n" }.joined()
}

private struct GitHubReport {
  let sources: SourceSet

  func command(_ finding: ReportedFinding, _ check: CheckReport) -> String {
    var lines = [finding.sentence + "."]
    lines += [finding.detail, finding.documentation].compactMap(\.self)
    if let trace = finding.trace { lines += PlainStory(sources: sources).brief(trace, check) }
    return command(
      finding.conformity == .undecided ? "warning" : "error", at: check.place(of: finding),
      file: check.file, title: "\(check.title): \(finding.name)", lines.joined(separator: "\n"))
  }

  func command(_ diagnostic: Diagnostic) -> String {
    command(
      diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue,
      at: diagnostic.primary?.span, file: nil,
      title: diagnostic.code.description, diagnostic.plainLines.joined(separator: "\n"))
  }

  func command(
    _ name: String, at span: Span?, file: String?, title: String, _ message: String
  ) -> String {
    var properties: [(String, String)] = []
    if let span {
      let start = sources.location(of: span)
      let last = max(span.start, span.end - 1)
      let end = sources.line(at: last, in: span.file) + 1
      properties = [("file", start.file), ("line", String(start.line)), ("endLine", String(end))]
      properties.append(("col", String(start.column)))
    } else if let file {
      properties = [("file", file)]
    }
    properties.append(("title", title))
    let list = properties.map { "\($0)=\(Self.escapedProperty($1))" }.joined(separator: ",")
    return "::\(name) \(list)::\(Self.escaped(message))"
  }

  /// Other control characters are replaced: the log is shown in terminals, too.
  /// Source: actions/toolkit, `escapeData`.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case "\u{0}"..<" ", "\u{7F}"..<"\u{A0}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Source: actions/toolkit, `escapeProperty`.
  private static func escapedProperty(_ text: String) -> String {
    var result = ""
    for scalar in escaped(text).unicodeScalars {
      switch scalar {
      case ":": result += "%3A"
      case ",": result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
