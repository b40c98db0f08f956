import Foundation
import Testing

/// `wfcheck refine` as a gate would call it.
@Suite struct RefineTests {
  @Test func theGateStopsAConflict() throws {
    let run = try Command.wfcheck([
      "refine", "examples/merge-gate/prompt.wf", "examples/merge-gate/claims",
    ])
    #expect(run.status == 1)
    #expect(run.output.contains("refine no common program: 1 conflict\n"))
    #expect(run.output.contains("conflict 1, of Backend, Frontend and Growth:"))
    #expect(run.output.contains("examples/merge-gate/claims/growth.wf:4"))
    #expect(run.output.contains("without this the rest agrees:"))
    #expect(run.errors == "")
  }

  @Test func theMendedClaimsPass() throws {
    let run = try Command.wfcheck([
      "refine", "examples/merge-gate/prompt.wf", "examples/merge-gate/mended", "--against",
      "examples/merge-gate/claims",
    ])
    #expect(run.status == 0)
    #expect(run.output.contains("the claims of Backend, Frontend and Growth refine one program"))
    #expect(run.output.contains("  storage = postgres\n"))
    #expect(run.output.contains("no conflict any more"))
  }

  @Test func weightsChooseWhatIsWithdrawn() throws {
    for (agent, others) in [("Backend", "Frontend"), ("Frontend", "Growth")] {
      let run = try Command.wfcheck([
        "refine", "examples/merge-gate/prompt.wf", "examples/merge-gate/claims", "--weight",
        "\(agent)=9", "--weight", "\(others)=9", "--format", "json",
      ])
      let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
      let withdrawn = try #require((document as? [String: Any])?["withdraw"] as? [[String: Any]])
      #expect(withdrawn.count == 1)
      #expect(![agent, others].contains(withdrawn[0]["agent"] as? String))
    }
  }

  @Test func weightsAreOfAgentsThatClaimSomething() throws {
    let run = try Command.wfcheck([
      "refine", "examples/merge-gate/prompt.wf", "examples/merge-gate/claims", "--weight",
      "Bckend=5",
    ])
    #expect(run.status == 2)
    #expect(
      run.errors == "wfcheck: --weight names `Bckend`, who claims nothing; "
        + "did you mean `Backend`?\n")
  }

  @Test func anUnsatisfiablePromptIsShownWithItsRequirements() throws {
    let run = try Command.wfcheck(["refine", "examples/prompts/unsatisfiable.wf"])
    #expect(run.status == 1)
    #expect(run.output.contains("no program satisfies the prompt"))
    #expect(run.output.contains("offline implies local"))
    #expect(!run.output.contains("sync != manual"))
  }

  @Test func whatTheSolverGivesUpOnIsUnknown() throws {
    let spec = """
      prompt Hard "x" {
        decision a: int
        decision b: int
        decision c: int
        require a > 1 and b > 1 and c > 1
        require a * a * a + b * b * b == c * c * c
      }
      """
    let run = try Command.wfcheck(["refine", "-", "--timeout", "200ms"], input: spec)
    #expect(run.status == 3)
    #expect(run.output.contains("unknown"))
    #expect(run.output.contains("nonlinear: `a * a * a + b * b * b == c * c * c`"))
  }

  /// The optimizer would take a minute for the fewest changes from these defaults.
  @Test func theFewestChangesAreNotLookedForAfterTheirTime() throws {
    var random: UInt64 = 5
    let lines = (0..<300).map { _ in
      let names = (0..<3).map { _ -> String in
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return "x\(random >> 33 % 70)"
      }
      return "  require \(names.joined(separator: " + ")) >= 1\n"
    }
    let decisions = (0..<70).map { "  decision x\($0): 0..1 default 0\n" }
    let prompt = "prompt Cover \"x\" {\n\(decisions.joined())\(lines.joined())}\n"
    let started = ContinuousClock.now
    let run = try Command.wfcheck(["refine", "-", "--timeout", "300ms"], input: prompt)
    #expect(run.status == 3)
    #expect(run.output.contains("unknown: which solution changes the fewest defaults"))
    let stopped = try Command.wfcheck(
      ["refine", "-", "--timeout", "60s"], input: prompt, interruptAfter: 1)
    #expect(stopped.status == 130)
    #expect(ContinuousClock.now - started < .seconds(30))
  }

  @Test func claimsAboutWhatNobodyDecidesAreNamed() throws {
    let prompt = """
      prompt App "x" { decision a: 0..9; decision b: 0..9 }
      claims of Ann { decides a; a > 1; b > 1; a + b > 3 }
      """
    let run = try Command.wfcheck(["refine", "-"], input: prompt)
    #expect(run.status == 0)
    #expect(run.output.contains("Ann claims `b > 1`, which nobody decides"))
    #expect(run.output.components(separatedBy: "which nobody decides").count == 2)
  }

  @Test func aConflictIsShownAlsoWhereTheSearchForMoreGivesUp() throws {
    let parts = "a * a * a * b + b * b * c * d * a"
    let rest = "c * c * c * a * b + d * d * d * d == a * b * c and a * b * c * d == 3 * b * b * b"
    let claims = (0..<6).map { "claims of X\($0) { \(parts) == \($0 + 7) and \(rest) + \($0) }\n" }
    let prompt = """
      prompt Deaf "x" { decision a: real; decision b: real; decision c: real; decision d: real }
      \(claims.joined())
      """
    let run = try Command.wfcheck(["refine", "-", "--timeout", "100ms"], input: prompt)
    #expect(run.status == 1)
    #expect(run.output.contains(" or more conflict"))
    #expect(run.output.contains("conflict 1, of X"))
    // After four queries that were left behind the solver is not asked any more.
    #expect(run.output.contains("libz3 did not end\n") || run.output.contains("earlier queries"))
    #expect(run.output.contains(" and 2 more"))
  }

  @Test func aCheckedSpecWithAPromptIsAnsweredToo() throws {
    let spec = """
      workflow Both
      shared var n: 0..1 = 0
      agent A { step up when n == 0 { n = 1 } }
      prompt App "an app" { decision users: 0..9; require users > 3 }
      claims of A { decides users; users < 2 }
      """
    let run = try Command.wfcheck(["-"], input: spec)
    #expect(run.status == 1)
    #expect(run.output.contains("App: the claims refine no common program"))
  }

  @Test(arguments: [["refine", "/nowhere.wf"], ["refine", "examples/merge-gate/claims"]])
  func badInputIsSaid(_ arguments: [String]) throws {
    let run = try Command.wfcheck(arguments)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(!run.errors.isEmpty)
  }
}
