import Diagnostics
import TransitionSystem

/// The run for code-scanning services: SARIF 2.1.0 with one result for each finding or count that
/// is not as expected or undecided and for each diagnostic; counterexamples are code flows.
///
/// Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
public func sarifReport(_ run: RunReport) -> String {
  var log = SARIFLog(sources: run.sources)
  for check in run.checks { log.add(check) }
  for diagnostic in run.diagnostics { log.add(diagnostic) }
  return log.document(run).text() + "\n"
}

/// Results, and the rules that they refer to by index.
struct SARIFLog {
  let sources: SourceSet
  private var rules: [(id: String, words: SARIFRule)] = []
  private var results: [JSONText] = []

  init(sources: SourceSet) { self.sources = sources }

  func document(_ run: RunReport) -> JSONText {
    let driver = JSONText.object([
      ("name", .string("wfcheck")),
      ("version", .string(run.version)),
      ("rules", .array(rules.map { $0.words.text(id: $0.id) })),
    ])
    let invocation = JSONText.object([
      ("executionSuccessful", .bool(!run.diagnostics.contains { $0.severity == .error }))
    ])
    return .object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")),
      (
        "runs",
        .array([
          .object([
            ("tool", .object([("driver", driver)])),
            ("invocations", .array([invocation])),
            ("columnKind", .string("unicodeCodePoints")),
            ("results", .array(results)),
          ])
        ])
      ),
    ])
  }

  mutating func add(_ check: CheckReport) {
    for finding in check.findings where finding.conformity.isWorthATask {
      add(finding, of: check)
    }
    for count in check.counts where count.conformity == .notAsExpected {
      let rule = rule("count", SARIFRule(summary: "An expected count did not come out."))
      let message = "\(check.title): \(count.sentence)."
      results.append(
        result(
          rule, level: "error", message, at: nil, file: check.file,
          key: "\(check.title)/\(count.name)"))
    }
    for remark in check.remarks { add(remark) }
  }

  mutating func add(_ diagnostic: Diagnostic) {
    let code = diagnostic.code.description
    let words = explanation(of: diagnostic.code).map {
      SARIFRule(summary: $0.title, details: $0.text)
    }
    let rule = rule(code, words ?? SARIFRule(summary: diagnostic.title))
    results.append(
      result(
        rule, level: diagnostic.severity.rawValue, diagnostic.plainLines.joined(separator: "\n"),
        at: diagnostic.primary?.span, file: nil, key: nil))
  }

  private mutating func add(_ finding: ReportedFinding, of check: CheckReport) {
    let builtIn = finding.builtIn
    let rule = rule(
      builtIn?.rawValue ?? "property",
      SARIFRule(
        summary: builtIn?.explanation ?? "A property does not have the result that is expected."))
    var message = "\(check.title): \(finding.sentence)."
    for more in [finding.detail, finding.documentation].compactMap(\.self) {
      message += "\n" + more
    }
    let isUndecided = finding.conformity == .undecided
    results.append(
      result(
        rule, level: isUndecided ? "none" : "error", message, at: check.place(of: finding),
        file: check.file, key: "\(check.title)/\(finding.name)",
        flow: finding.trace.map { SARIFFlow(sources: sources).text($0, check, finding) }))
  }

  private mutating func rule(_ id: String, _ words: SARIFRule) -> (id: String, index: Int) {
    if let index = rules.firstIndex(where: { $0.id == id }) { return (id, index) }
    rules.append((id, words))
    return (id, rules.count - 1)
  }

  private func result(
    _ rule: (id: String, index: Int), level: String, _ message: String, at span: Span?,
    file: String?, key: String?, flow: JSONText? = nil
  ) -> JSONText {
    let place = SARIFPlace(sources: sources)
    let location = span.map { place.location($0) } ?? file.map { place.location(file: $0) }
    var members: [(String, JSONText)] = [
      ("ruleId", .string(rule.id)), ("ruleIndex", .integer(rule.index)),
      ("kind", .string(level == "none" ? "open" : "fail")), ("level", .string(level)),
      ("message", .object([("text", .string(message))])),
    ]
    if let location { members.append(("locations", .array([location]))) }
    if let key {
      members.append(("partialFingerprints", .object([("wfcheckFinding/v1", .string(key))])))
    }
    if let flow { members.append(("codeFlows", .array([flow]))) }
    return .object(members)
  }
}

/// What the list of rules says about one of them.
struct SARIFRule {
  let summary: String
  var details: String?

  func text(id: String) -> JSONText {
    var members: [(String, JSONText)] = [
      ("id", .string(id)), ("shortDescription", .object([("text", .string(summary))])),
    ]
    if let details { members.append(("fullDescription", .object([("text", .string(details))]))) }
    return .object(members)
  }
}
