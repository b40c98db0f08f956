import Foundation
import Testing

/// What the README shows is what a reader sees.
@Suite struct ReadmeTests {
  private func text() throws -> String {
    try String(contentsOf: Command.root.appendingPathComponent("README.md"), encoding: .utf8)
  }

  /// Without the line of seconds and bytes and that of the workers, which depend on the machine.
  private func stable(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("bytes/state") && !$0.contains(" worker") }
  }

  @Test func theOutputOfTheFirstSpecIsReal() throws {
    let readme = try text()
    let prompt = "$ ./wfcheck docs/gate.wf\n"
    let start = try #require(readme.range(of: prompt)?.upperBound)
    let end = try #require(readme.range(of: "```", range: start..<readme.endIndex)?.lowerBound)
    let run = try Command.wfcheck(["docs/gate.wf"])
    #expect(run.status == 1)
    #expect(stable(run.output) == stable(String(readme[start..<end])))
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
