import Foundation
import Testing

/// `--reduce dead` and `--reduce slice`, from the command line to the words of the report.
@Suite struct DeadDataCommandTests {
  /// Coder's log is read by nobody, its draft by nobody once it is sent.
  private let spec = """
    workflow Drafts
    message Draft(text: 0..3)
    agent Coder {
        var log: set of 0..3 = {}
        var last: 0..3 = 0
        run {
            choose draft in 0..3
            last = draft
            log = log union {draft}
            yield
            send Draft(draft) to Reviewer
            yield
            yield
        }
    }
    agent Reviewer {
        var got: 0..3 = 0
        on Draft(text) { got = text }
    }
    property low: always Reviewer.got <= 2
    check one { expect low fails; expect 19 states }
    """

  @Test func namesWhatIsLeftOut() throws {
    let run = try Command.wfcheck(["-", "--reduce", "dead,slice"], input: spec)
    #expect(run.status == 0)
    #expect(run.output.contains("dead (Coder.draft); slice (sliced away: Coder.log, Coder.last)"))
    #expect(run.output.contains("states not compared (variables were sliced away)"))
    let dead = try Command.wfcheck(["-", "--reduce", "dead"], input: spec)
    #expect(dead.output.contains("states not compared (dead values were cleared)"))
  }

  @Test func comparesCountsWhereNothingIsDead() throws {
    let run = try Command.wfcheck(["specs/bench/filter-lock.wf", "--reduce", "dead,slice"])
    #expect(run.status == 0)
    #expect(run.output.contains("none (no variable is ever dead)"))
    #expect(run.output.contains("2 415 states  as expected"))
  }

  /// What only a property of executions reads is dead for the search, and not for the property.
  @Test func executionsSeeEverything() throws {
    let spec = """
      workflow Lamp
      agent Lamp {
          var left: 0..1 = 0
          var seen: 0..1 = 0
          step go { seen = left; left = 1 - left }
      }
      property again: always eventually Lamp.seen == 1
      property stuck: eventually always Lamp.seen == 1
      check both { expect again; expect stuck fails }
      """
    for reductions in ["none", "dead", "slice", "dead,slice"] {
      let run = try Command.wfcheck(["-", "--reduce", reductions], input: spec)
      #expect(run.status == 0, "\(reductions): \(run.output)")
    }
  }

  /// The real values of everything, also of what was sliced away.
  @Test(arguments: ["dead", "slice", "dead,slice", "dead,slice,symmetry"])
  func tracesAreReal(_ reductions: String) throws {
    func story(_ flags: [String]) throws -> String {
      let run = try Command.wfcheck(["-", "--no-stats", "--trace", "full"] + flags, input: spec)
      return run.output.replacing(/[^\n]* states [^\n]*\n/, with: "")
    }
    let full = try story(["--reduce", "none"])
    #expect(full.contains("last"))
    #expect(try story(["--reduce", reductions]) == full)
  }
}
