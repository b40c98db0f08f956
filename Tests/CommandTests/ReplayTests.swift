import Foundation
import Testing

/// `wfcheck replay`: what was recorded happens again, and does not in a spec that was mended.
@Suite struct ReplayTests {
  private static let broken = """
    workflow Counter
    message Go()
    shared var n: 0..3 = 0
    agent A {
      on start { send Go() to B }
      step up when n < 2 { n += 1 }
    }
    agent B { on Go() { n = 3 } }
    property low: always n < 3
    property settled: eventually n == 1
    """

  private func replay(_ report: String, spec: String) throws -> Command {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("wfcheck-replay-\(UUID().uuidString).wf")
    defer { try? FileManager.default.removeItem(at: file) }
    try spec.write(to: file, atomically: false, encoding: .utf8)
    return try Command.wfcheck(["replay", "-", "--spec", file.path], input: report)
  }

  @Test(
    arguments: [
      "specs/agents/merge-gate.wf", "specs/teaching/flp-registers.wf",
      "specs/consensus/two-phase-commit.wf", "specs/consensus/byzantine-generals.wf",
      "specs/classic/philosophers.wf",
    ])
  func everyTraceOfAReportHappensAgain(_ spec: String) throws {
    let report = try Command.wfcheck([spec, "--json"])
    let run = try Command.wfcheck(["replay", "-"], input: report.output)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    let traces = report.output.components(separatedBy: "\"cycleStart\"").count - 1
    #expect(traces > 0)
    #expect(run.output.contains("\(traces) trace"))
  }

  @Test func aMendedSpecLosesTheTrace() throws {
    let report = try Command.wfcheck(["-", "--json"], input: Self.broken).output
    let same = try replay(report, spec: Self.broken)
    #expect(same.status == 0, "\(same.output)")
    #expect(same.output.contains("low: violated again, 2 steps"))
    let mended = Self.broken.replacingOccurrences(of: "n = 3", with: "n = 2")
    let run = try replay(report, spec: mended)
    #expect(run.status == 1)
    #expect(run.output.contains("lost        low: step 2 cannot be taken: B receives Go from A"))
    #expect(run.output.contains("(another outcome)"))
    let weaker = Self.broken.replacingOccurrences(of: "always n < 3", with: "always n <= 3")
    #expect(
      try replay(report, spec: weaker).output.contains("but low is true at their end"))
  }

  /// A changed value anywhere in a trace is noticed.
  @Test func aForgedTraceIsLost() throws {
    let report = try Command.wfcheck(["-", "--json"], input: Self.broken).output
    for forged in [("\"n\": \"3\"", "\"n\": \"2\""), ("B receives Go", "B receives Come")] {
      let text = report.replacingOccurrences(of: forged.0, with: forged.1)
      #expect(text != report, "\(forged.0) is not in the report")
      #expect(try replay(text, spec: Self.broken).status == 1)
    }
  }

  @Test(
    arguments: [
      ("", "is not JSON: line 1: "), ("{\n\"schema\": 1,\n}", "is not JSON: line 3: "),
      ("{}", "is not a report"), (#"{"schema": 2, "checks": []}"#, "is not a report"),
      (#"{"schema": 1, "checks": [{}]}"#, "is not a report"),
      (String(repeating: "[", count: 100_000), "is not JSON: line 1: "),
    ])
  func whatIsNoReportIsSaid(_ text: String, _ words: String) throws {
    let run = try Command.wfcheck(["replay", "-"], input: text)
    #expect(run.status == 2)
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(run.output == "")
  }

  @Test func aMissingReportIsSaid() throws {
    let run = try Command.wfcheck(["replay", "/nowhere/report.json"])
    #expect(run.status == 2)
    #expect(
      run.errors == "wfcheck: cannot read `/nowhere/report.json`: no such file or directory\n")
  }
}
