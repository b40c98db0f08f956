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

  @Test func refusesWhatCannotBeUndecided() throws {
    for (decision, words) in [
      ("Process.value", "must be optional"), ("Process.none", "it has no variable"),
    ] {
      let run = try Command.wfcheck([
        "valence", "specs/teaching/flp-registers.wf", "--decision", decision,
      ])
      #expect(run.status == 2)
      #expect(run.errors.contains(words))
    }
  }

  @Test func aBoundIsSaid() throws {
    let run = try Command.wfcheck([
      "valence", "specs/teaching/flp-registers.wf", "--decision", "Process.decided",
      "--max-states", "20",
    ])
    #expect(run.status == 3)
    #expect(run.output.contains("at least"))
  }
}
