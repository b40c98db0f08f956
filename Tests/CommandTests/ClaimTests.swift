import Foundation
import Testing

/// Protocols whose agents commit to claims, as a user checks them.
@Suite struct ClaimTests {
  @Test func aClashIsShownWithItsClauses() throws {
    let run = try Command.wfcheck(["specs/prompts/any-order.wf", "--check", "anyOrder"])
    #expect(run.status == 0)
    #expect(run.output.contains("          commits thousandsOfUsers >= 5\n"))
    #expect(run.output.contains("these cannot all hold:"))
    #expect(run.output.contains("requires api == graphql and thousandsOfUsers > 1 implies"))
    for agent in ["Backend commits storage in", "Frontend commits api ==", "Operations commits"] {
      #expect(run.output.contains(agent))
    }
    #expect(run.output.contains("specs/prompts/any-order.wf:19)"))
  }

  @Test func reportsCountSolverCalls() throws {
    let run = try Command.wfcheck(["specs/prompts/coordinated.wf", "--json"])
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let checks = try #require((document as? [String: Any])?["checks"] as? [[String: Any]])
    for check in checks {
      let statistics = try #require(check["statistics"] as? [String: Any])
      let calls = try #require(statistics["solverCalls"] as? Int)
      #expect((1..<100).contains(calls))
      #expect(try #require(statistics["claimQuestions"] as? Int) > calls)
    }
  }

  @Test func reportsHaveTheConflict() throws {
    let run = try Command.wfcheck(["specs/prompts/any-order.wf", "--json"])
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let checks = (document as? [String: Any])?["checks"] as? [[String: Any]]
    let findings = try #require(checks?.first?["findings"] as? [[String: Any]])
    let finding = try #require(findings.first { $0["name"] as? String == "oneProgram" })
    let conflict = try #require(finding["conflict"] as? [[String: Any]])
    let agents = conflict.map { $0["agent"] as? String ?? "the prompt" }
    #expect(agents == ["the prompt", "Backend", "Frontend", "Operations"])
  }

  @Test(arguments: ["--reduce por", "--reduce symmetry", "--reduce por,symmetry", "--engine vm"])
  func reductionsChangeNoVerdict(_ flags: String) throws {
    let flags = flags.split(separator: " ").map(String.init)
    for spec in ["prompts/any-order", "prompts/coordinated", "bench/claims"] {
      let run = try Command.wfcheck(["specs/\(spec).wf", "--quiet"] + flags)
      #expect(run.status == 0, "\(spec) \(run.output)")
    }
  }

  @Test func whatTheSolverGivesUpOnIsUnknown() throws {
    let run = try Command.wfcheck(
      ["-"],
      input: """
        workflow Hard
        prompt Cubes "three cubes" {
          decision a: int
          decision b: int
          decision c: int
          require a > 1 and b > 1 and c > 1
        }
        agent Ann { run { commit a * a * a + b * b * b == c * c * c } }
        property oneProgram: always coherent
        property sometimes: eventually determined(a)
        """)
    #expect(run.status == 3)
    let words = "the solver gave up on `a * a * a + b * b * b == c * c * c`"
    #expect(run.output.contains("unknown     oneProgram"))
    #expect(run.output.contains("unknown     sometimes"))
    #expect(run.output.contains(words))
  }

  @Test func claimsKnowTheParametersOfACheck() throws {
    let spec = """
      workflow Sized
      param N: 1..9 = 3
      prompt App "an app" { decision users: int; require users < N }
      agent Ann { run { commit users >= 5 } }
      property fits: always coherent
      check small { expect fits fails }
      check large { N = 9; expect fits }
      """
    #expect(try Command.wfcheck(["-", "--quiet"], input: spec).status == 0)
    #expect(try Command.wfcheck(["-", "--quiet", "--set", "N=8"], input: spec).status == 1)
  }

  @Test func mistakesInClaimsAreShownBeforeTheSearch() throws {
    let spec = """
      workflow Wrong
      enum Storage { sqlite, files }
      enum Disk { fast, slow }
      prompt App "an app" { decision storage: Storage }
      agent Ann { var d: Disk = fast; step go { d = slow; commit storage == d } }
      property fits: always coherent
      """
    let run = try Command.wfcheck(["-"], input: spec)
    #expect(run.status == 2)
    #expect(run.errors.contains("WF0907"))
    #expect(run.errors.contains("this is Disk"))
  }
}
