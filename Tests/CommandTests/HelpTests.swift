import Testing

/// What the program says about itself, and to those who hold it wrong.
@Suite struct HelpTests {
  @Test(arguments: [
    "check", "explain", "fmt", "graph", "dump", "refine", "replay", "valence", "teach",
  ])
  func helpOfAVerbFitsAScreen(_ verb: String) throws {
    let run = try Command.wfcheck([verb, "--help"])
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 48, "\(lines.count) lines")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsKnowTheFlags(_ shell: String) throws {
    let run = try Command.wfcheck(["--generate-completion-script", shell])
    #expect(run.status == 0)
    for word in ["max-states", "explain", "graph"] { #expect(run.output.contains(word)) }
  }

  @Test func aQuotedPatternIsTheShellsAffair() throws {
    let run = try Command.wfcheck(["specs/**/*.wf"])
    #expect(run.status == 2)
    #expect(run.errors.contains("the shell expands patterns"))
  }
}
