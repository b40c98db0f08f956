/// What a JSON report says of the traces of a run: `wfcheck replay` takes them again.
public struct RecordedRun: Sendable {
  public struct Check: Sendable {
    public let file: String
    public let check: String?
    public let parameters: [(name: String, value: String)]
    public let findings: [Finding]
  }

  public struct Finding: Sendable {
    public let name: String
    public let isBuiltIn: Bool
    /// "violated", "reachable".
    public let verdict: String
    public let trace: TraceRecord
  }

  public let checks: [Check]

  /// Nil where the document is no report of this program, or one of a schema it does not know.
  public init?(_ document: JSONValue) {
    guard document["schema"]?.integer == 1, let checks = document["checks"]?.array else {
      return nil
    }
    self.checks = checks.compactMap(Self.check)
    if self.checks.count != checks.count { return nil }
  }

  private static func check(_ value: JSONValue) -> Check? {
    guard let file = value["file"]?.string, let findings = value["findings"]?.array,
      let parameters = value["parameters"]?.members
    else { return nil }
    var recorded: [Finding] = []
    for finding in findings {
      guard let trace = finding["trace"] else { return nil }
      if trace == .null { continue }
      guard let name = finding["name"]?.string, let isBuiltIn = finding["builtIn"]?.bool,
        let verdict = finding["verdict"]?.string, let trace = TraceRecord(trace)
      else { return nil }
      recorded.append(Finding(name: name, isBuiltIn: isBuiltIn, verdict: verdict, trace: trace))
    }
    return Check(
      file: file, check: value["check"]?.string,
      parameters: parameters.compactMap { member in
        member.value.string.map { (member.name, $0) }
      },
      findings: recorded)
  }
}
