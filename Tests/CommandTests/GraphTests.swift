import Foundation
import Testing

/// `wfcheck graph`, against the search, which shares nothing with it but the machine.
@Suite struct GraphTests {
  /// States that no edge but a failing one leaves out, so that both count the same.
  @Test(
    arguments: [
      ("docs/gate.wf", nil), ("specs/classic/alternating-bit.wf", nil),
      ("specs/consensus/chang-roberts.wf", nil), ("specs/teaching/flp-registers.wf", nil),
      ("specs/agents/resume-replay.wf", nil),
    ] as [(String, String?)])
  func countsWhatTheSearchCounts(_ spec: String, _ check: String?) throws {
    let report = try Command.wfcheck([spec, "--json"])
    let document = try JSONSerialization.jsonObject(with: Data(report.output.utf8))
    let checks = try #require((document as? [String: Any])?["checks"] as? [[String: Any]])
    let statistics = try #require(checks.first?["statistics"] as? [String: Any])
    let graph = try Command.wfcheck(["graph", spec, "--max-states", "5000"])
    #expect(graph.status == 0)
    #expect(graph.errors == "")
    let lines = graph.output.split(separator: "\n")
    #expect(
      lines.count { $0.hasPrefix("  s") && !$0.contains(" -> ") }
        == statistics["states"] as? Int)
    #expect(
      lines.count { $0.hasPrefix("  s") && $0.contains(" -> s") }
        == statistics["transitions"] as? Int)
  }

  @Test func aCutIsSaidInTheGraphAndBesideIt() throws {
    let run = try Command.wfcheck(["graph", "docs/gate.wf", "--max-states", "5"])
    #expect(run.status == 0)
    #expect(run.output.contains("label=\"cut: 5 states; 3 of them, dashed, go on\""))
    #expect(run.errors.contains("the graph is cut at 5 states"))
    let shallow = try Command.wfcheck(["graph", "docs/gate.wf", "--depth", "0"])
    #expect(shallow.output.contains("cut: 1 states; 1 of them"))
    #expect(!shallow.output.contains("->"))
  }

  @Test func violationsAndFailingStepsAreMarked() throws {
    let gate = try Command.wfcheck(["graph", "docs/gate.wf"])
    #expect(gate.output.contains(": approvedOnly is false"))
    let spec = """
      workflow Failing
      shared var n: 0..2 = 0
      agent A { step up { n += 1 } }
      """
    let run = try Command.wfcheck(["graph", "-"], input: spec)
    #expect(run.status == 0)
    #expect(run.output.contains("s2 -> f"))
    #expect(run.output.contains("label=\"fails\\l"))
  }

  @Test func unboundedChannelsAreCutToo() throws {
    let spec = """
      workflow Flood
      message Ping()
      agent Sender { step flood { send Ping() to Sink } }
      agent Sink { on Ping() { } }
      """
    let run = try Command.wfcheck(["graph", "-", "--max-states", "20"], input: spec)
    #expect(run.status == 0)
    #expect(run.output.contains("cut: 20 states"))
  }

  @Test(arguments: [["--max-states", "0"], ["--depth", "-1"], ["--set", "N"]])
  func wrongFlagsEndWith64(_ flags: [String]) throws {
    #expect(try Command.wfcheck(["graph", "docs/gate.wf"] + flags).status == 64)
  }
}
