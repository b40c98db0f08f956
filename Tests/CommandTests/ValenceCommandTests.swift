import Foundation
import Testing

/// Valence of specs whose numbers are known (Fischer, Lynch and Paterson, 1985; register pair).
@Suite struct ValenceCommandTests {
  private func report(_ spec: String, _ check: String) throws -> [String: Any] {
    let run = try Command.wfcheck([
      "valence", "specs/teaching/\(spec).wf", "--decision", "Process.decided", "--check", check,
      "--format", "json",
    ])
    #expect(run.status == 0)
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    return try #require(document as? [String: Any])
  }

  @Test func registerPairNeedNeverDecide() throws {
    let report = try report("flp-registers", "differentInputs")
    #expect(report["states"] as? Int == 37)
    #expect(report["transitions"] as? Int == 52)
    #expect(report["bivalent"] as? Int == 15)
    #expect(report["pairs"] as? Int == 30)
    #expect(report["kept"] as? Int == 30)
    let run = report["undecidedRun"] as? [String: Any]
    #expect((run?["cycle"] as? [String])?.count == 8)
    let equal = try self.report("flp-registers", "equalInputs")
    #expect(equal["states"] as? Int == 9)
    #expect(equal["bivalent"] as? Int == 0)
  }

  @Test func waitingForTwoHasBivalentStarts() throws {
    let report = try report("flp-wait-for-two", "faultFree")
    let initial = report["initial"] as? [[String: Any]]
    #expect(initial?.count == 8)
    #expect(initial?.count { $0["values"] as? String == "{0, 1}" } == 3)
    let all = try self.report("flp-wait-for-all", "faultFree")
    #expect(all["bivalent"] as? Int == 0)
  }

  /// After all votes, what the coordinator does next decides, and nobody else can.
  @Test func whoDecidesIsNamed() throws {
    let run = try Command.wfcheck([
      "valence", "specs/consensus/two-phase-commit.wf", "--check", "coordinatorCrash", "--decision",
      "{c in bool where some p in Participant: p.state == (if c then committed else aborted)}",
      "--format", "json",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(report?["critical"] as? Int == 2)
    #expect((report?["wayToCritical"] as? [String])?.count == 4)
    let decisions = report?["decisions"] as? [[String: Any]] ?? []
    #expect(decisions.allSatisfy { $0["agent"] as? String == "Coordinator" })
    #expect(
      Set(decisions.compactMap { $0["values"] as? String }) == ["{true}", "{false}", "no decision"])
  }

  /// Who comes first decides, from the beginning on; of states that were not looked for nothing is
  /// said.
  @Test func anInitialStateMayBeCritical() throws {
    let race = """
      workflow Race
      shared var winner: P? = none
      agent P[2] { step grab when winner == none { winner = self } }
      """
    let run = try Command.wfcheck(["valence", "-", "--decision", "winner"], input: race)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.contains("  one is an initial state, and there\n    P[0] step grab (winner: none"))
    let bounded = try Command.wfcheck(
      ["valence", "-", "--decision", "winner", "--depth", "0"], input: race)
    #expect(bounded.output.contains("the only one: no decision seen\n"), "\(bounded.output)")
  }

  @Test func refusesWhatCannotBeUndecided() throws {
    for (decision, words) in [
      ("Process.value", "WF0425"), ("Process.none", "WF0203"), ("Process.nobody", "WF0"),
      ("none", "WF0"), ("1 +", "WF0"), ("n.decided\nproperty p: always true", "one expression"),
    ] {
      let run = try Command.wfcheck([
        "valence", "specs/teaching/flp-registers.wf", "--decision", decision,
      ])
      #expect(run.status == 2, "\(decision)")
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }

  /// Every way to say what is decided means the same here.
  @Test(arguments: [
    "n.decided", "Process.decided", "whoever.decided",
    "{v in Bit where some p in Process: p.decided == v}",
  ]) func takesAnyExpression(_ decision: String) throws {
    let run = try Command.wfcheck([
      "valence", "specs/teaching/flp-registers.wf", "--decision", decision,
    ])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("15 bivalent states"))
    #expect(run.output.contains("30 of 30 times"))
    #expect(run.output.contains("then for ever, 8 steps"))
  }

  @Test func takesThePropertyOfTheSpec() throws {
    let run = try Command.wfcheck(["valence", "specs/teaching/flp-registers.wf"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("valence of n.decided"))
    let none = try Command.wfcheck(["valence", "specs/consensus/paxos.wf"])
    #expect(none.status == 2 && none.errors.contains("name a decision"))
    let both = try Command.wfcheck([
      "valence", "specs/teaching/flp-registers.wf", "--decision", "n.decided", "--property", "open",
    ])
    #expect(both.status == 64)
  }

  @Test func aBoundIsSaid() throws {
    for (flags, status) in [(["--max-states", "20"], 3), (["--depth", "6"], 0)] {
      let run = try Command.wfcheck(["valence", "specs/teaching/flp-registers.wf"] + flags)
      #expect(run.status == status)
      #expect(run.output.contains("At least"))
      #expect(run.output.contains("critical states need every state"))
      #expect(!run.output.contains("still possible"))
    }
  }

  /// What is left out may only add decisions: nothing is said of two states that seem to differ.
  @Test func aBoundClaimsNoDifference() throws {
    let run = try Command.wfcheck([
      "valence", "specs/teaching/flp-wait-for-two.wf", "--depth", "4", "--format", "json",
    ])
    #expect(run.output.contains("\"differing\": null"))
    #expect(run.output.contains("\"exhaustive\": false"))
  }

  @Test func aPropertyIsJudged() throws {
    func verdict(_ flags: [String]) throws -> Command {
      try Command.wfcheck(["specs/teaching/flp-registers.wf", "--property", "open"] + flags)
    }
    let open = try verdict(["--check", "differentInputs"])
    #expect(open.status == 0)
    #expect(open.output.contains("bivalent    open  as expected, 1 of 1 initial state, 15 of 37"))
    let settled = try verdict(["--check", "equalInputs"])
    #expect(settled.status == 0)
    #expect(settled.output.contains("univalent"))
    // One step shows nobody deciding at all.
    let bounded = try verdict(["--check", "differentInputs", "--depth", "1"])
    #expect(bounded.status == 1)
    #expect(bounded.output.contains("univalent up to depth 1"))
    // A second value is a second value, however little of the rest was seen.
    let deep = try verdict(["--check", "differentInputs", "--depth", "2"])
    #expect(deep.status == 0)
    #expect(deep.output.contains("at least 1 of 1 initial state"))
  }
}
