import Columns
import Exploration
import Report
import Temporal
import TransitionSystem
import Valence

/// The valence of one system, from its graph to the words of a report.
struct ValenceAnalysis: ~Copyable {
  let system: TransitionSystem
  let states: ReachabilityGraph
  /// The values of the decision.
  private let values: [String]
  let valence: Valence
  let bivalent: BivalentPart
  private var recorder: TransitionRecorder
  private let events: TransitionEvents
  /// Transitions of the run that never decides.
  var lasso: [Int] = []

  init(
    _ system: TransitionSystem, _ states: ReachabilityGraph, _ decision: TemporalProperty
  ) throws(ValenceVerb.End) {
    guard case .valence(let values) = decision.kind else {
      throw ValenceVerb.End("internal fault: not a decision", .internalFault)
    }
    guard
      let decided = AtomValues.values(of: decision, first: 0, system, in: states, .alone)
    else {
      throw ValenceVerb.End("the decision cannot be evaluated in some state", .notAsExpected)
    }
    let valence = Valence(DecisionGraph(states, decided: decided, values: values.count))
    let bivalent = valence.bivalentPart
    self.system = system
    self.states = states
    self.values = values
    self.valence = valence
    self.bivalent = bivalent
    recorder = TransitionRecorder(system)
    events = TransitionEvents(system, states, from: bivalent.states)
  }

  /// `{0, 1}`; "no decision" for the empty set.
  private func text(_ set: UInt64) -> String {
    let names = values.indices.filter { set >> UInt64($0) & 1 == 1 }.map { values[$0] }
    return names.isEmpty ? ValenceReport.noDecision : "{\(names.joined(separator: ", "))}"
  }

  mutating func fill(_ report: inout ValenceReport) {
    report.states = states.stateCount
    report.transitions = states.transitionCount
    report.counts = valence.possible.counts.sorted { $0.key < $1.key }
      .map { (text($0.key), $0.value) }
    report.bivalent = bivalent.states.count
    let found = bivalent.extensions(events: events.events)
    (report.pairs, report.kept) = (found.pairs, found.kept)
    fillInitial(&report)
    fillCritical(&report)
    report.undecided = undecidedRun()
  }

  // MARK: Steps in words

  private mutating func step(_ state: Int, _ edge: Int) -> TraceStep? {
    recorder.step(from: states.state(state), place: states.place(of: edge, from: state))
  }

  /// "Process[0] receives Value(1) from Process[1]".
  private mutating func words(_ edge: Int, from state: Int) -> String {
    guard let step = step(state, edge) else { return "a step" }
    return stepWords(step, from: states.state(state), in: system)
  }

  /// The words of transitions that follow each other; nil where they do not lead where the graph
  /// says, which would be a fault of this program.
  mutating func words(_ edges: [Int], from state: Int) -> [String]? {
    var all: [String] = []
    var state = state
    for edge in edges {
      let target = Int(states.targets[edge])
      guard let step = step(state, edge), step.state == states.state(target) else { return nil }
      all.append(stepWords(step, from: states.state(state), in: system))
      state = target
    }
    return all
  }

  // MARK: Initial states

  private func fillInitial(_ report: inout ValenceReport) {
    let all = (0..<states.initialCount).map { states.state($0) }
    let inputs = inputs(all)
    let texts = all.map { state in inputs.map { system.text(of: $0, in: state) } }
    let order = laidOut(texts)
    report.initial = order.map { state in
      let words = zip(inputs, texts[state]).map { "\($0.name) = \($1)" }.joined(separator: ", ")
      return (words, text(valence.possible[state]))
    }
    // What has been seen from two states can only differ for want of states where it is not all.
    if !states.isComplete { return }
    for second in order.indices.dropFirst() {
      let first = order[..<second].indices.last { first in
        differences(texts[order[first]], texts[order[second]]) == 1
          && valence.possible[order[first]] != valence.possible[order[second]]
      }
      guard let first else { continue }
      report.differing = (first, second)
      return
    }
  }

  /// The variables that initial states differ in, without those that only repeat another one.
  private func inputs(_ states: [[UInt64]]) -> [VariableInfo] {
    var partitions: Set<[Int]> = []
    return system.variables.filter { variable in
      let texts = states.map { system.text(of: variable, in: $0) }
      var firsts: [String: Int] = [:]
      for (index, text) in texts.enumerated() where firsts[text] == nil { firsts[text] = index }
      return firsts.count > 1 && partitions.insert(texts.map { firsts[$0] ?? 0 }).inserted
    }
  }

  // MARK: Critical states

  private mutating func fillCritical(_ report: inout ValenceReport) {
    // A state whose successors seem univalent for want of states is not critical.
    let critical = states.isComplete ? bivalent.criticalStates : []
    report.criticalCount = critical.count
    if critical.isEmpty { return }
    var isCritical = [Bool](repeating: false, count: states.stateCount)
    for state in critical { isCritical[state] = true }
    guard let way = states.shortestWay(where: { isCritical[$0] }) else { return }
    report.wayToCritical = words(way.transitions, from: way.initial) ?? []
    for edge in states.edges(of: way.state) {
      let values = text(valence.possible[Int(states.targets[edge])])
      report.deciders.append((event: words(edge, from: way.state), values: values))
    }
    countDeciders(critical, &report)
  }

  /// In how many critical states an agent decides by a rule, and on what.
  private func countDeciders(_ critical: [Int], _ report: inout ValenceReport) {
    struct Decider: Hashable {
      let action: UInt16
      let values: UInt64
    }
    var counts: [Decider: Int] = [:]
    for state in critical {
      let own = Set(
        states.edges(of: state).map { edge in
          Decider(
            action: states.actions[edge],
            values: valence.possible[Int(states.targets[edge])])
        })
      for decider in own { counts[decider, default: 0] += 1 }
    }
    report.decisions = counts.sorted {
      ($1.value, $0.key.action, $0.key.values) < ($0.value, $1.key.action, $1.key.values)
    }.map { decider, count in
      let action = system.actions[Int(decider.action)]
      return (
        agent: action.agent.map { system.agents[$0].name } ?? "the network",
        event: action.label, values: text(decider.values), states: count
      )
    }
  }
}
