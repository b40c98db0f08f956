import Report

extension ReportedFinding {
  /// A finding without a place or a trace.
  init(
    _ name: String, isBuiltIn: Bool = false, _ verdict: Verdict, _ expectation: Expectation?,
    _ conformity: Conformity
  ) {
    self.init(
      name: name, isBuiltIn: isBuiltIn, verdict: verdict, expectation: expectation,
      conformity: conformity, documentation: nil, span: nil, detail: nil, trace: nil)
  }

  /// One of each verdict.
  static let everyVerdict: [ReportedFinding] = [
    ReportedFinding("safe", .holds, .holds, .asExpected),
    ReportedFinding("safeSoFar", .holdsUpTo(depth: 40), .holds, .asExpected),
    ReportedFinding("tooGood", .holds, .fails, .notAsExpected),
    ReportedFinding("found", .reachable, .holds, .asExpected),
    ReportedFinding("lost", .unreachable, .holds, .notAsExpected),
    ReportedFinding("notYet", .unreachableUpTo(depth: 40), .holds, .undecided),
    ReportedFinding("likely", .notProved(.holds, "why"), .holds, .asExpected),
    ReportedFinding("perhaps", .notProved(.unreachableUpTo(depth: 9), "why"), .holds, .undecided),
    ReportedFinding("open", .unknown("the memory budget ran out"), .holds, .undecided),
    ReportedFinding("noted", .violated, nil, .informative),
    ReportedFinding("deadlock", isBuiltIn: true, .holds, .present, .notAsExpected),
    ReportedFinding("orphan", isBuiltIn: true, .violated, .allowed, .asExpected),
    ReportedFinding("unbounded", isBuiltIn: true, .holds, .absent, .asExpected),
  ]
}
