import Diagnostics
import TransitionSystem

/// The run for continuous integration that reads JUnit's XML: a suite for each check, a case for
/// each finding and count.
///
/// Not as expected is a failure with the trace as text, undecided an error (a verdict never
/// overstates: unknown is no pass), what nothing is expected of is skipped. Errors about the specs
/// themselves make a suite of their own.
public func junitReport(_ run: RunReport) -> String {
  let writer = JUnitReport(sources: run.sources)
  var suites = run.checks.map(writer.suite)
  let errors = run.diagnostics.filter { $0.severity == .error }
  if !errors.isEmpty { suites.insert(writer.suite(errors), at: 0) }
  var attributes = [("name", "wfcheck")]
  for key in ["tests", "failures", "errors", "skipped"] {
    attributes.append((key, String(suites.reduce(0) { $0 + $1.count(key) })))
  }
  let seconds = run.checks.reduce(0) { $0 + $1.statistics.wallSeconds }
  attributes.append(("time", fixed(seconds, digits: 3)))
  let root = XMLText(name: "testsuites", attributes: attributes, children: suites.map(\.text))
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.lines()
}

/// A suite with its cases, which know how they ended.
private struct JUnitSuite {
  let name: String
  let file: String?
  let seconds: Double
  let cases: [JUnitCase]

  func count(_ attribute: String) -> Int {
    attribute == "tests"
      ? cases.count : cases.count { $0.outcome?.plural == attribute }
  }

  var text: XMLText {
    var attributes = [("name", name)]
    for key in ["tests", "failures", "errors", "skipped"] {
      attributes.append((key, String(count(key))))
    }
    attributes.append(("time", fixed(seconds, digits: 3)))
    if let file { attributes.append(("file", file)) }
    return XMLText(name: "testsuite", attributes: attributes, children: cases.map { $0.text(name) })
  }
}

private struct JUnitCase {
  enum Outcome: String {
    case failure, error, skipped
    var plural: String {
      switch self {
      case .failure: "failures"
      case .error: "errors"
      case .skipped: "skipped"
      }
    }
  }
  let name: String
  let place: SourceLocation?
  /// Nil for a pass.
  let outcome: Outcome?
  let message: String
  let kind: String
  let body: String

  func text(_ suite: String) -> XMLText {
    var attributes = [("name", name), ("classname", suite)]
    if let place { attributes += [("file", place.file), ("line", String(place.line))] }
    var element = XMLText(name: "testcase", attributes: attributes)
    if let outcome {
      var child = XMLText(name: outcome.rawValue, attributes: [("message", message)])
      if outcome != .skipped {
        child.attributes.append(("type", kind))
        child.text = body
      }
      element.children = [child]
    }
    return element
  }
}

private struct JUnitReport {
  let sources: SourceSet

  func suite(_ check: CheckReport) -> JUnitSuite {
    JUnitSuite(
      name: check.title, file: check.file, seconds: check.statistics.wallSeconds,
      cases: check.findings.map { item($0, check) } + check.counts.map(item))
  }

  func suite(_ errors: [Diagnostic]) -> JUnitSuite {
    let cases = errors.map { error in
      JUnitCase(
        name: "\(error.code) \(error.title)",
        place: error.primary.map { sources.location(of: $0.span) }, outcome: .error,
        message: error.title, kind: error.code.description,
        body: renderText(error, sources: sources, color: false))
    }
    return JUnitSuite(name: "specs", file: nil, seconds: 0, cases: cases)
  }

  private func item(_ finding: ReportedFinding, _ check: CheckReport) -> JUnitCase {
    let outcome = outcome(finding.conformity)
    return JUnitCase(
      name: finding.name, place: check.place(of: finding).map { sources.location(of: $0) },
      outcome: outcome,
      message: outcome == .skipped ? "\(finding.fact); no expectation" : finding.sentence,
      kind: finding.builtIn?.rawValue ?? "property",
      body: PlainStory(sources: sources).text(finding, check))
  }

  private func item(_ count: CountComparison) -> JUnitCase {
    JUnitCase(
      name: "expected \(count.name)", place: nil, outcome: outcome(count.conformity),
      message: count.sentence, kind: "count", body: count.sentence)
  }

  private func outcome(_ conformity: Conformity) -> JUnitCase.Outcome? {
    switch conformity {
    case .asExpected: nil
    case .notAsExpected: .failure
    case .undecided: .error
    case .informative: .skipped
    }
  }
}
