import Diagnostics
import Report
import Testing

@Suite struct TextReportTests {
  private func text(
    _ report: CheckReport, _ sources: SourceSet, _ change: (inout TextOptions) -> Void = { _ in }
  ) -> String {
    var options = TextOptions()
    change(&options)
    return TextReport(options: options, sources: sources).text(report)
  }

  private let gate = MergeGate()
  private let election = Election()

  private func gateText(_ change: (inout TextOptions) -> Void = { _ in }) -> String {
    let remark = Diagnostic(
      780, .warning, "The rule `Reviewer: on Patch(r)` never fires in any reachable state.",
      at: Label(gate.builder.span("on Patch"), "never enabled"))
    let counts = [
      CountComparison(name: "states", expected: 1_027, found: 1_027, notCompared: nil),
      CountComparison(name: "transitions", expected: 2_000, found: 2_036, notCompared: nil),
    ]
    let report = gate.check(
      "broken", findings: [gate.approvedOnly(.fails, .asExpected), gate.opens], counts: counts,
      remarks: [remark])
    return text(report, gate.builder.sources, change)
  }

  @Test func showsWhatHappensStepByStep() throws {
    try expectSnapshot(gateText(), "gate.txt")
  }

  @Test func fullTraceShowsEveryVariableAndMessage() throws {
    try expectSnapshot(gateText { $0.trace = .full }, "gate-full.txt")
  }

  @Test func chartHasAColumnForEachAgent() throws {
    try expectSnapshot(gateText { $0.trace = .chart }, "gate-chart.txt")
  }

  @Test func quietShowsVerdictsOnly() throws {
    try expectSnapshot(
      gateText {
        $0.quiet = true
        $0.statistics = false
      }, "gate-quiet.txt")
  }

  @Test func coloursMarkWhoActs() throws {
    try expectSnapshot(gateText { $0.color = true }, "gate-color.txt")
  }

  @Test func verboseStatisticsAddTheLayout() throws {
    let report = gate.check("mended", findings: [gate.opens])
    try expectSnapshot(
      text(report, gate.builder.sources) { $0.verbose = true }, "gate-verbose.txt")
  }

  @Test func quietSaysNothingWhereAllIsAsExpected() {
    let report = gate.check("mended", findings: [gate.opens])
    #expect(text(report, gate.builder.sources) { $0.quiet = true } == "")
  }

  private var everything: CheckReport {
    election.check([election.overflow, election.unsettled, election.deadlock])
  }

  @Test func faultsFailuresAndCyclesAreMarked() throws {
    try expectSnapshot(text(everything, election.builder.sources), "election.txt")
  }

  @Test func chartDrawsFaultsLoopsAndWideMessages() throws {
    try expectSnapshot(
      text(everything, election.builder.sources) { $0.trace = .chart }, "election-chart.txt")
  }

  @Test(arguments: [TraceStyle.diff, .full])
  func linesStayWithinAHundredColumns(_ style: TraceStyle) {
    let texts = [
      gateText { $0.trace = style },
      text(everything, election.builder.sources) { $0.trace = style },
    ]
    for line in texts.joined().split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  @Test func chartsStayWithinAHundredAndTwentyColumns() {
    let chart = text(everything, election.builder.sources) { $0.trace = .chart }
    for line in chart.split(separator: "\n") { #expect(line.count <= 120, "\(line)") }
  }

  @Test func everyVerdictAndExpectationHasItsWords() throws {
    let report = text(gate.check(nil, findings: ReportedFinding.everyVerdict), gate.builder.sources)
    {
      $0.statistics = false
    }
    try expectSnapshot(report, "verdicts.txt")
  }

  @Test func summaryCountsChecksAndSpecs() {
    let good = gate.check("mended", findings: [gate.opens])
    let bad = gate.check("broken", findings: [gate.approvedOnly(.holds, .notAsExpected)])
    let report = TextReport(options: TextOptions(), sources: gate.builder.sources)
    func summary(_ checks: [CheckReport]) -> String {
      report.summary(
        RunReport(
          version: "0", sources: gate.builder.sources, checks: checks, diagnostics: []))
    }
    #expect(summary([good, good]) == "2 checks in 1 spec: all as expected")
    #expect(summary([good, bad]) == "2 checks in 1 spec: 1 not as expected")
  }
}
