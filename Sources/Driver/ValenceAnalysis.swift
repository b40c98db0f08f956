import Exploration
import Report
import TransitionSystem
import Valence

/// The valence of one system, from its graph to the words of a report.
struct ValenceAnalysis: ~Copyable {
  private let system: TransitionSystem
  private let states: ReachabilityGraph
  private let decision: DecisionVariable
  private let valence: Valence
  private var recorder: TransitionRecorder
  /// By transition: its event, -1 where it is a fault's or an environment's.
  private var events: [Int32] = []
  private var fairness: [EventFairness] = []

  init(
    _ system: TransitionSystem, _ states: ReachabilityGraph, decision name: String, file: String
  ) throws(ValenceVerb.End) {
    var decision: DecisionVariable
    switch DecisionVariable.named(name, in: system) {
    case .failure(let error): throw ValenceVerb.End("`\(file)`: \(error.words)")
    case .success(let found): decision = found
    }
    var decided: [UInt64] = []
    decided.reserveCapacity(states.stateCount)
    for state in 0..<states.stateCount {
      guard let set = decision.decided(states.state(state), system) else {
        throw ValenceVerb.End("`\(name)` takes more than 64 values")
      }
      decided.append(set)
    }
    let edges = (0...states.stateCount).map { state in
      state <= states.expandedCount ? states.firstEdge[state] : states.targets.count
    }
    self.system = system
    self.states = states
    self.decision = decision
    valence = Valence(DecisionGraph(firstEdge: edges, targets: states.targets, decided: decided))
    recorder = TransitionRecorder(system)
    nameEvents()
  }

  /// An event is an agent's next step of one kind, or its receipt of one message; how its choices
  /// turn out does not matter. Only transitions from bivalent states get one.
  private mutating func nameEvents() {
    struct Key: Hashable {
      let action: Int32
      let received: [Int64]
    }
    var numbers: [Key: Int32] = [:]
    events = Array(repeating: -1, count: states.targets.count)
    for state in 0..<states.stateCount where valence.isBivalent(state) {
      for edge in states.edges(of: state) {
        let action = system.actions[Int(states.actions[edge])]
        if action.isFault || action.isEnvironment || action.agent == nil { continue }
        let received = action.trigger == nil ? nil : step(state, edge)?.received
        let key = Key(action: states.actions[edge], received: received ?? [])
        if numbers[key] == nil {
          numbers[key] = Int32(fairness.count)
          fairness.append(
            action.fairness == .strong ? .strong : action.fairness == .weak ? .weak : .none)
        }
        events[edge] = numbers[key] ?? -1
      }
    }
  }

  private mutating func step(_ state: Int, _ edge: Int) -> TraceStep? {
    recorder.step(from: states.state(state), place: edge - states.firstEdge[state])
  }

  /// "Process[0] receives Value(1) from Process[1]".
  private mutating func words(_ edge: Int) -> String {
    // The source is the last state whose edges begin at or before this one.
    var low = 0
    var high = states.expandedCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if states.firstEdge[middle] <= edge { low = middle } else { high = middle }
    }
    guard let step = step(low, edge) else { return "a step" }
    return stepWords(step, from: states.state(low), in: system)
  }

  mutating func fill(_ report: inout ValenceReport) {
    report.states = states.stateCount
    report.transitions = states.targets.count
    report.isExhaustive = states.isComplete
    var counts: [UInt64: Int] = [:]
    for set in valence.possible { counts[set, default: 0] += 1 }
    report.counts = counts.sorted { $0.key < $1.key }
      .map { (decision.text($0.key), $0.value) }
    report.bivalent = valence.possible.count { $0.nonzeroBitCount > 1 }
    (report.pairs, report.kept) = valence.extensions(events: events)
    fillInitial(&report)
    fillCritical(&report)
    report.undecided = undecidedRun()
  }

  private func fillInitial(_ report: inout ValenceReport) {
    let all = (0..<states.initialCount).map { states.state($0) }
    let inputs = inputs(all)
    let texts = all.map { state in inputs.map { system.text(of: $0, in: state) } }
    let order = laidOut(texts)
    report.initial = order.map { state in
      let words = zip(inputs, texts[state]).map { "\($0.name) = \($1)" }.joined(separator: ", ")
      return (words, decision.text(valence.possible[state]))
    }
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

  private mutating func fillCritical(_ report: inout ValenceReport) {
    let critical = states.isComplete ? valence.criticalStates : []
    report.criticalCount = critical.count
    guard let first = critical.first else { return }
    for edge in states.edges(of: first) {
      let agent = system.actions[Int(states.actions[edge])].agent
      report.deciders.append(
        (
          agent: agent.map { system.agents[$0].name } ?? "the network", event: words(edge),
          values: decision.text(valence.possible[Int(states.targets[edge])])
        ))
    }
  }

  private mutating func undecidedRun() -> ValenceReport.UndecidedRun {
    if system.choices.contains(where: { $0.kind == .flip }) {
      return .notSearched("the spec flips coins, and a coin may not fall the same way for ever")
    }
    if !states.isComplete { return .notSearched("not all states were explored") }
    switch valence.undecidedLasso(
      initialCount: states.initialCount, events: events, fairness: fairness)
    {
    case .none: return .none
    case .notDrawn(let count): return .notDrawn(states: count)
    case .found(let lasso):
      var stem: [String] = []
      for edge in lasso.stem { stem.append(words(edge)) }
      var cycle: [String] = []
      for edge in lasso.cycle { cycle.append(words(edge)) }
      return .stem(stem, cycle: cycle)
    }
  }
}
