import Diagnostics
import Report
import TransitionSystem

/// A system with everything a trace can hold: a family, faults of every kind, messages to oneself
/// and messages wider than the gap between columns, maps and records, a failing step, a cycle.
struct Election {
  private(set) var builder: SystemBuilder
  let failing: Trace
  let lasso: Trace
  let bidMax: FailureID

  static let source = """
    workflow Election
    message Nomination(candidate: Node, justification: Reason)
    agent Node[3] { step campaign when round < 3 { round += 1; send Nomination(self) to Node } }
    environment Administrator { step tick { send Tick() to Administrator } }
    faults { crash up to 1 of Node; lose up to 1 messages; duplicate messages }
    property settled: eventually leader != none

    """

  private static let phase = Shape.enumeration(name: "Phase", cases: ["idle", "campaigning"])
  private static let life = Shape.enumeration(name: "Life", cases: ["live", "crashed"])
  private static let reason = Shape.enumeration(
    name: "Reason", cases: ["seniority", "experienceWithDistributedSystems"])

  init() {
    var b = SystemBuilder("Election", file: "election.wf", source: Self.source)
    b.agents(["Node[0]", "Node[1]", "Node[2]"], family: "Node")
    b.agents(["Administrator"], isEnvironment: true)
    let node = Shape.agent(first: 0, count: 3)
    for index in 0..<3 {
      b.variable("Node[\(index)].phase", Self.phase, kind: .agent, agent: index)
      b.variable("Node[\(index)] is", Self.life, kind: .lifecycle, agent: index)
    }
    b.variable("leader", .optional(node))
    b.variable("votes", .map(key: node, value: .integer(lower: 0, upper: 3)))
    b.variable(
      "bid", .record(name: "Bid", fields: [("round", .integer(lower: 0, upper: 9)), ("by", node)]))
    let nominate = ["Nomination", "Tick"].map { name in
      (name: name, fields: name == "Tick" ? [] : [node, Self.reason])
    }
    let far = b.channel(from: 0, to: 2, nominate)
    let near = b.channel(from: 0, to: 1, nominate)
    let own = b.channel(from: 3, to: 3, [("Tick", [])])
    let back = b.channel(from: 2, to: 0, nominate)
    let campaign = b.action("Node[0]: step campaign", agent: 0, at: "step campaign")
    let tick = b.action("Administrator: step tick", agent: 3, at: "step tick")
    let receive = b.action(
      "Node[2] receives Nomination", agent: 2, .handler, at: "agent Node", takes: far)
    let lose = b.action(
      "the network loses a message", agent: nil, .fault(.lose), at: "lose up", takes: near)
    let copy = b.action(
      "the network duplicates", agent: nil, .fault(.duplicate), at: "duplicate", takes: far)
    let crash = b.action("Node[1] crashes", agent: 1, .fault(.crash), at: "crash up")
    bidMax = b.failure(.evaluation, "the value 4 is outside 0..3", at: "round += 1")
    var values: [String: [Int64]] = ["leader": [-1], "bid": [0, 2]]
    let initial = b.state(values)
    let news: [Int64] = [0, 0, 1]
    var steps: [TraceStep] = []
    values["Node[0].phase"] = [1]
    values["bid"] = [1, 0]
    steps.append(
      TraceStep(campaign, sends: [(near, news), (far, news)], to: b.state(values)))
    steps.append(TraceStep(tick, sends: [(own, [0])], to: b.state(values)))
    steps.append(TraceStep(copy, takes: news, to: b.state(values)))
    steps.append(TraceStep(lose, takes: news, to: b.state(values)))
    values["Node[1] is"] = [1]
    steps.append(TraceStep(crash, to: b.state(values)))
    values["votes"] = [0, 0, 2]
    values["leader"] = [2]
    steps.append(
      TraceStep(receive, takes: news, sends: [(back, [1])], to: b.state(values)))
    lasso = Trace(initial: initial, steps: steps, cycleStart: 4)
    failing = Trace(
      initial: initial, steps: steps + [TraceStep(campaign, to: nil, fails: bidMax)])
    builder = b
  }

  var overflow: ReportedFinding {
    ReportedFinding(
      name: "evaluation", isBuiltIn: true, verdict: .violated, expectation: .absent,
      conformity: .notAsExpected, documentation: nil, span: builder.span("round += 1"),
      detail: "the value 4 is outside 0..3", trace: failing)
  }

  var unsettled: ReportedFinding {
    ReportedFinding(
      name: "settled", isBuiltIn: false, verdict: .violated, expectation: .holds,
      conformity: .notAsExpected, documentation: nil, span: builder.span("property settled"),
      detail: nil, trace: lasso)
  }

  var deadlock: ReportedFinding {
    let steps = Array(failing.steps.prefix(1))
    let state = builder.state(
      ["leader": [-1]], inFlight: [(ChannelID(0), [[0, 1, 0]])])
    let last = TraceStep(
      action: steps[0].action, received: nil, choices: [], sent: [], state: state, failure: nil)
    return ReportedFinding(
      name: "deadlock", isBuiltIn: true, verdict: .violated, expectation: .absent,
      conformity: .notAsExpected, documentation: nil, span: nil, detail: nil,
      trace: Trace(initial: failing.initial, steps: [last]))
  }

  func check(_ findings: [ReportedFinding]) -> CheckReport {
    CheckReport(
      workflow: "Election", file: "election.wf", check: nil, parameters: [],
      system: builder.system, findings: findings, counts: [], remarks: [], statistics: .fixture)
  }
}
