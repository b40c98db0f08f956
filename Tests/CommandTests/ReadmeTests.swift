import Foundation
import Testing

/// What the README shows is what a reader sees.
@Suite struct ReadmeTests {
  private func text() throws -> String {
    try String(contentsOf: Command.root.appendingPathComponent("README.md"), encoding: .utf8)
  }

  @Test func theSpecShownIsTheOneInTheFile() throws {
    let spec = try String(
      contentsOf: Command.root.appendingPathComponent("docs/gate.wf"), encoding: .utf8)
    let readme = try text()
    let lines = spec.split(separator: "\n").filter { !$0.hasPrefix("//") }
    #expect(readme.contains(lines.joined(separator: "\n")))
  }

  @Test(arguments: [
    ["--depth", "40"], ["--trace", "chart"], ["--simulate", "1000"], ["--json"],
  ])
  func everyFlagShownIsOne(_ flags: [String]) throws {
    let run = try Command.wfcheck(["docs/gate.wf"] + flags)
    #expect(run.status == 1 && run.errors.isEmpty)
  }

  @Test func explainsTheCodeShown() throws {
    let run = try Command.wfcheck(["explain", "WF0411"])
    #expect(run.status == 0 && run.output.hasPrefix("WF0411: "))
  }
}
