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

  /// The parser of checks, which comes first, has neither.
  @Test(arguments: ["--version", "--help"])
  func theProgramsOwnFlagsComeAnywhere(_ flag: String) throws {
    for arguments in [[flag], ["specs/classic/peterson.wf", flag], [flag, "--quiet"]] {
      let run = try Command.wfcheck(arguments)
      #expect(run.status == 0, "\(arguments)")
      let isVersion = run.output.first?.isNumber == true
      #expect(flag == "--version" ? isVersion : run.output.contains("USAGE:"), "\(arguments)")
    }
  }

  @Test func aVerbIsOneInTheFirstPlaceOnly() throws {
    #expect(try Command.wfcheck(["explain", "WF0203"]).status == 0)
    let run = try Command.wfcheck(["--quiet", "explain", "WF0203"])
    #expect(run.status == 2)
    #expect(run.errors.contains("explain"))
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
