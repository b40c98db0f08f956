import Diagnostics
import Report
import TransitionSystem

/// The merge gate with its counterexample: the branch moves on between approval and merge.
struct MergeGate {
  let builder: SystemBuilder
  let violation: Trace
  let witness: Trace

  static let source = """
    /// A merge must never happen without an approval of that very revision.
    workflow MergeGate
    shared var head: Revision = 0
    agent Coder {
        on start { send Patch(head) to Reviewer }
        step push when head < 1 { head += 1; send Patch(head) to Reviewer }
    }
    agent Reviewer { on Patch(r) { ask good in bool; if good { send Approve(r) to Merger } } }
    agent Merger { on Approve(r) when merged == none { merged = head } }
    property approvedOnly: always (Merger.merged != none implies Merger.merged! in approved)
    property opens: can Merger.merged != none

    """

  init() {
    var b = SystemBuilder("MergeGate", file: "specs/agents/merge-gate.wf", source: Self.source)
    let revision = Shape.integer(lower: 0, upper: 1)
    b.agents(["Coder"])
    b.agents(["Reviewer"])
    b.agents(["Merger"])
    b.variable("head", revision)
    b.variable("Merger.merged", .optional(revision), kind: .agent, agent: 2)
    b.variable("Approvals.approved", .set(revision), kind: .monitor)
    let patches = b.channel(from: 0, to: 1, [("Patch", [revision])])
    let approvals = b.channel(from: 1, to: 2, [("Approve", [revision])])
    let good = b.choice("good", .ask, .bool)
    let start = b.action("Coder starts", agent: 0, .start, at: "on start")
    let push = b.action("Coder: step push", agent: 0, at: "step push")
    let review = b.action(
      "Reviewer receives Patch", agent: 1, .handler, at: "on Patch", takes: patches)
    let merge = b.action(
      "Merger receives Approve", agent: 2, .handler, at: "on Approve", takes: approvals)
    let none: [String: [Int64]] = ["Merger.merged": [-1]]
    let initial = b.state(none)
    let steps = [
      TraceStep(
        start, sends: [(patches, [0, 0])], to: b.state(none, inFlight: [(patches, [[0, 0]])])),
      TraceStep(
        review, takes: [0, 0], [(good, 1)], sends: [(approvals, [0, 0])],
        to: b.state(
          none.merging(["Approvals.approved": [1]]) { $1 }, inFlight: [(approvals, [[0, 0]])])),
      TraceStep(
        push, sends: [(patches, [0, 1])],
        to: b.state(
          none.merging(["Approvals.approved": [1], "head": [1]]) { $1 },
          inFlight: [(approvals, [[0, 0]]), (patches, [[0, 1]])])),
      TraceStep(
        merge, takes: [0, 0],
        to: b.state(
          ["Approvals.approved": [1], "head": [1], "Merger.merged": [1]],
          inFlight: [(patches, [[0, 1]])])),
    ]
    let merged = b.state(["Approvals.approved": [1], "Merger.merged": [0]])
    violation = Trace(initial: initial, steps: steps)
    witness = Trace(
      initial: initial,
      steps: Array(steps.prefix(2)) + [TraceStep(merge, takes: [0, 0], to: merged)])
    builder = b
  }

  func approvedOnly(_ expectation: Expectation?, _ conformity: Conformity) -> ReportedFinding {
    ReportedFinding(
      name: "approvedOnly", isBuiltIn: false, verdict: .violated, expectation: expectation,
      conformity: conformity, documentation: "Only what was approved is merged.",
      span: builder.span("property approvedOnly"), detail: nil, trace: violation)
  }

  var opens: ReportedFinding {
    ReportedFinding(
      name: "opens", isBuiltIn: false, verdict: .reachable, expectation: .holds,
      conformity: .asExpected, documentation: nil, span: builder.span("property opens"),
      detail: nil, trace: witness)
  }

  func check(
    _ name: String?, findings: [ReportedFinding], counts: [CountComparison] = [],
    remarks: [Diagnostic] = []
  ) -> CheckReport {
    CheckReport(
      workflow: "MergeGate", file: "specs/agents/merge-gate.wf", check: name,
      parameters: [("Revisions", "2"), ("Mended", "false")], system: builder.system,
      findings: findings, counts: counts, remarks: remarks, statistics: .fixture)
  }
}

extension ReportedStatistics {
  static var fixture: ReportedStatistics {
    var s = ReportedStatistics()
    s.states = 1_027
    s.transitions = 2_036
    s.depth = 5
    s.isExhaustive = true
    s.end = "all reachable states"
    s.outDegreeMean = 1.5
    s.outDegreeMax = 4
    s.wallSeconds = 0.25
    s.processorSeconds = 0.25
    s.memoryPeak = 3 << 20
    s.bytesPerState = 24.5
    s.bitsPerState = 17
    s.store = "exact (packed arena, 8-byte slots)"
    s.search = "breadth-first"
    return s
  }
}
