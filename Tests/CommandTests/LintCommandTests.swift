import Foundation
import Testing

/// `wfcheck lint` as a user calls it.
@Suite struct LintCommandTests {
  private static let clean = """
    workflow Office
    shared var n: 0..3 = 0
    agent A { step up when n < 3 { n += 1 } }
    property full: can n == 3
    """

  @Test func aCleanSpecEndsWithZero() throws {
    let run = try Command.wfcheck(["lint", "-"], input: Self.clean)
    #expect(run.output == "<stdin>: 2 conditions, 0 warnings, 0 notes\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func aWarningEndsWithOneAndQuietLeavesOnlyThat() throws {
    let spec = Self.clean.replacing("n < 3", with: "n < 3 and n > 2")
    for flags in [[], ["--quiet"]] {
      let run = try Command.wfcheck(["lint", "-"] + flags, input: spec)
      #expect(run.output.contains("warning[WF0720]: This can never hold"))
      #expect(run.output.contains("1 warning") == flags.isEmpty)
      #expect(run.status == 1)
    }
  }

  @Test func theWarningsOfACheckComeToo() throws {
    let spec = Self.clean.replacing("agent A {", with: "agent A { var idle: bool = false; ")
    let run = try Command.wfcheck(["lint", "-"], input: spec)
    #expect(run.output.contains("warning[WF0704]"))
    #expect(run.status == 1)
  }

  @Test func notesAreNotFailures() throws {
    let spec = Self.clean.replacing(
      "step up when n < 3 { n += 1 }", with: "step up { choose k in 0..2 where k >= n; n = k + 1 }")
    let run = try Command.wfcheck(["lint", "-"], input: spec)
    #expect(run.output.contains("note[WF0723]"))
    #expect(run.output.hasSuffix("0 warnings, 1 note\n"))
    #expect(run.status == 0)
    #expect(try Command.wfcheck(["lint", "-", "--quiet"], input: spec).output == "")
  }

  @Test func formatsCarryTheFindings() throws {
    let spec = Self.clean.replacing("n < 3", with: "n < 3 and n > 2")
    for format in ["json", "sarif", "github"] {
      let run = try Command.wfcheck(["lint", "-", "--format", format], input: spec)
      #expect(run.output.contains("WF0720"))
      #expect(run.status == 1)
    }
    #expect(try Command.wfcheck(["lint", "-", "--format", "junit"], input: spec).status == 64)
  }

  @Test(arguments: [
    ["lint", "/nowhere.wf"], ["lint", "specs"], ["lint", "-"],
  ])
  func badInputIsSaid(_ arguments: [String]) throws {
    let run = try Command.wfcheck(arguments, input: "workflow W\nagent A {")
    #expect(run.status == 2)
    #expect(!(run.errors + run.output).isEmpty)
  }

  /// A solver that is given no time makes no claim.
  @Test func whatTheSolverGivesUpOnIsCounted() throws {
    let spec = """
      workflow Hard
      shared var a: 2..200000 = 2
      shared var b: 2..200000 = 2
      shared var c: 2..200000 = 2
      agent A { step s when a * a * a + b * b * b == c * c * c { a = 2; b = 2; c = 2 } }
      """
    let run = try Command.wfcheck(["lint", "-", "--timeout", "50ms"], input: spec)
    #expect(run.status == 3)
    #expect(run.output.contains("1 left open (line 5: "))
  }

  /// No parameter of a spec makes its conditions constant by accident only.
  @Test func extremeParametersDoNotMakeWarnings() throws {
    let spec = Self.clean.replacing("workflow Office", with: "workflow Office\nparam N: 0..3 = 0")
      .replacing("n < 3", with: "n < N")
    #expect(try Command.wfcheck(["lint", "-"], input: spec).status == 0)
  }

  @Test func theProjectsSpecsHaveNoWarnings() throws {
    let run = try Command.shell(
      "grep -rl --include='*.wf' '^workflow' specs examples | LC_ALL=C sort | xargs "
        + "\(Command.program.path) lint --quiet")
    #expect(run.status == 0)
    #expect(run.output == "")
  }
}
