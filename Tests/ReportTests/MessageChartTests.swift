import Diagnostics
import Report
import Testing
import TransitionSystem

@Suite struct MessageChartTests {
  /// Agents in a ring, each of which passes a token on to the next.
  private func ring(_ count: Int) -> (report: CheckReport, sources: SourceSet) {
    var b = SystemBuilder("Ring", file: "ring.wf", source: "workflow Ring\nagent Process {}\n")
    b.agents((0..<count).map { "Process[\($0)]" }, family: "Process")
    b.variable("token", .integer(lower: 0, upper: 62))
    let steps = (0..<count).map { index in
      let channel = b.channel(from: index, to: (index + 1) % count, [("Token", [])])
      let action = b.action("Process[\(index)]: step pass", agent: index, at: "agent Process")
      return (action, channel, Int64(index + 1))
    }
    let trace = Trace(
      initial: b.state(),
      steps: steps.map { action, channel, token in
        TraceStep(action, sends: [(channel, [0])], to: b.state(["token": [token]]))
      })
    let finding = ReportedFinding(
      name: "home", isBuiltIn: false, verdict: .reachable, expectation: .holds,
      conformity: .asExpected, documentation: nil, span: nil, detail: nil, trace: trace)
    let report = CheckReport(
      workflow: "Ring", file: "ring.wf", check: nil, parameters: [], system: b.system,
      findings: [finding], counts: [], remarks: [], statistics: .fixture)
    return (report, b.sources)
  }

  /// Full names, short names with a legend, and none at all where agents are too many.
  @Test(arguments: [4, 7, 12, 30]) func narrowsAsAgentsBecomeMore(_ count: Int) throws {
    let (report, sources) = ring(count)
    var options = TextOptions()
    options.trace = .chart
    options.statistics = false
    let text = TextReport(options: options, sources: sources).text(report)
    for line in text.split(separator: "\n") { #expect(line.count <= 120, "\(line)") }
    try expectSnapshot(text, "ring-\(count).txt")
  }
}
