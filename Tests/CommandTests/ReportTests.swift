import Foundation
import Testing

/// Reports as files and on standard output.
@Suite struct CommandReportTests {
  @Test func jsonIsOneDocument() throws {
    let run = try Command.wfcheck(["specs/agents/merge-gate.wf", "--json"])
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let checks = (document as? [String: Any])?["checks"] as? [[String: Any]]
    #expect(checks?.count == 3)
  }

  @Test func theReportDoesNotDependOnWorkersOrSearch() throws {
    func report(_ flags: [String]) throws -> String {
      let run = try Command.wfcheck(["specs/consensus/two-phase-commit.wf", "--no-stats"] + flags)
      #expect(run.status == 0)
      return run.output
    }
    let one = try report(["--workers", "1"])
    for workers in ["2", "3", "8"] { #expect(try report(["--workers", workers]) == one) }
  }

  /// Large enough for several workers to share the search.
  @Test func depthFirstReportsDoNotDependOnWorkers() throws {
    let flags = ["specs/bench/ring.wf", "--check", "anySize", "--set", "N=8", "--search", "dfs"]
    func report(_ more: [String]) throws -> String {
      let run = try Command.wfcheck(flags + ["--reduce", "none"] + more)
      #expect(run.status == 0)
      return run.output
    }
    let one = try report(["--no-stats", "--workers", "1"])
    for workers in ["2", "3", "8"] {
      #expect(try report(["--no-stats", "--workers", workers]) == one)
    }
    let extent = try report(["--workers", "2"]).split(separator: "\n").filter {
      $0.hasSuffix("– all reachable states")
    }
    #expect(extent == ["  119 908 states, 603 958 transitions – all reachable states"])
  }

  @Test(arguments: ["bench/ring", "bench/two-phase", "consensus/byzantine-generals"])
  func theReportDoesNotDependOnTheEngine(_ spec: String) throws {
    let reports = try ["vm", "native", "auto"].map { engine in
      let run = try Command.wfcheck(["specs/\(spec).wf", "--no-stats", "--engine", engine])
      #expect(run.status == 0)
      return run.output
    }
    #expect(reports[1] == reports[0])
    #expect(reports[2] == reports[0])
  }

  @Test func severalFormatsGoToFiles() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let json = "\(folder)/wfcheck-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: json) }
    let run = try Command.wfcheck(
      ["specs/classic/peterson.wf", "--format", "text,json", "--output", json])
    #expect(run.status == 0)
    #expect(run.output.contains("exclusion"))
    #expect(FileManager.default.contents(atPath: json)?.isEmpty == false)
    let two = try Command.wfcheck(["specs/classic/peterson.wf", "--format", "text,json"])
    #expect(two.status == 64)
  }

  @Test func growingChannelsGrowAndEndlessOnesAreNamed() throws {
    let spec = """
      workflow Flood
      message Ping()
      agent Sender { step flood { send Ping() to Sink } }
      agent Sink { on Ping() { } }
      """
    let run = try Command.wfcheck(["-"], input: spec)
    #expect(run.status == 1)
    #expect(run.output.contains("unbounded"))
  }
}
