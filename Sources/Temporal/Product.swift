import Columns

/// The product of a graph and an automaton; node n is state `n / width` with automaton state
/// `n % width`, where the width is the number of automaton states or the next power of two, because
/// divisions would take a third of the time.
///
/// The automaton reads the valuation of the state that is left. Nothing is stored: edges are made
/// when they are asked for.
struct Product: Sendable {
  struct Edge {
    let source: Int
    let target: Int
    let acceptance: UInt64
    /// Transition of the graph; -1 for resting in a state.
    let transition: Int
  }

  let graph: FairGraph
  let automaton: BuchiAutomaton
  /// Transitions of automaton state q: `firstStep[q]..<firstStep[q + 1]`.
  private let steps: [BuchiAutomaton.Transition]
  private let firstStep: [Int]
  /// By automaton state: it lies on a cycle that may be accepting.
  private let isInCore: [Bool]
  private let shift: Int
  /// A rule is left out in tests.
  private let rests: Bool

  init(graph: FairGraph, automaton: BuchiAutomaton, omitting: Set<FairnessRule> = []) {
    self.graph = graph
    self.automaton = automaton
    steps = automaton.transitions.flatMap { $0 }
    firstStep = automaton.transitions.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    isInCore = automaton.statesOnAcceptingCycles
    shift = Int.bitWidth - (automaton.transitions.count - 1).leadingZeroBitCount
    rests = !omitting.contains(.resting)
  }

  @inline(__always)
  var width: Int { 1 << shift }
  var nodeCount: Int { graph.stateCount << shift }

  @inline(__always)
  func state(_ node: Int) -> Int { node >> shift }

  @inline(__always)
  func automatonState(_ node: Int) -> Int { node & (1 << shift - 1) }

  /// The automaton states that an accepting cycle may go through, ascending.
  var core: [Int] { isInCore.indices.filter { isInCore[$0] } }

  /// The transitions of an automaton state.
  @inline(__always)
  func steps(of own: Int) -> ArraySlice<BuchiAutomaton.Transition> {
    steps[firstStep[own]..<firstStep[own + 1]]
  }

  /// Whether every state of the graph is reached together with the first automaton state, because
  /// it may always be kept.
  var keepsFirst: Bool {
    automaton.transitions[0].contains { $0.target == 0 && $0.positive | $0.negative == 0 }
  }

  @inline(__always)
  func mayRest(_ state: Int) -> Bool { rests && graph.canRest[state] }

  /// Calls `body` with every edge of a node, in a fixed order, until it returns false; not with
  /// those to the automaton state `left`.
  @inline(__always)
  func forEachEdge(of node: Int, leaving left: Int = -1, _ body: (Edge) -> Bool) {
    let state = state(node)
    let valuation = graph.valuations[state]
    let own = automatonState(node)
    let edges = graph.edges(of: state)
    for place in firstStep[own]..<firstStep[own + 1] {
      let step = steps[place]
      if step.target == left || !step.matches(valuation) { continue }
      for transition in edges {
        let target = Int(graph.targets[transition]) << shift | step.target
        let edge = Edge(
          source: node, target: target, acceptance: step.acceptance, transition: transition)
        if !body(edge) { return }
      }
      if mayRest(state) {
        let edge = Edge(
          source: node, target: state << shift | step.target, acceptance: step.acceptance,
          transition: -1)
        if !body(edge) { return }
      }
    }
  }

  /// The same one by one, so that a search can stop and go on: at the automaton's transition
  /// `step`, those of the state's transitions from `edge` to `end`, and then perhaps a rest.
  struct Cursor {
    fileprivate var step: Int32
    /// The automaton state that it leads to.
    fileprivate var target: Int32 = 0
    fileprivate var next: UInt32 = 0
    fileprivate var end: UInt32 = 0
    fileprivate(set) var restsNext = false
    /// Behind the transition that was passed last.
    var edge: Int { Int(next) }
  }

  @inline(__always)
  func cursor(at node: Int) -> Cursor {
    Cursor(step: Int32(firstStep[automatonState(node)]) - 1)
  }

  /// The target of the next edge; -1 where there is none.
  @inline(__always)
  func nextTarget(of node: Int, _ cursor: inout Cursor) -> Int {
    if cursor.next < cursor.end {
      cursor.next &+= 1
      return Int(graph.targets[Int(cursor.next) &- 1]) << shift | Int(cursor.target)
    }
    return nextTargetElsewhere(of: node, &cursor)
  }

  private func nextTargetElsewhere(of node: Int, _ cursor: inout Cursor) -> Int {
    let state = state(node)
    if cursor.restsNext {
      cursor.restsNext = false
      return state << shift | Int(cursor.target)
    }
    let (valuation, edges) = (graph.valuations[state], graph.edges(of: state))
    let end = firstStep[automatonState(node) + 1]
    while Int(cursor.step) + 1 < end {
      cursor.step += 1
      let step = steps[Int(cursor.step)]
      if !step.matches(valuation) { continue }
      cursor.target = Int32(step.target)
      cursor.next = UInt32(truncatingIfNeeded: edges.lowerBound)
      cursor.end = UInt32(truncatingIfNeeded: edges.upperBound)
      cursor.restsNext = mayRest(state)
      if !edges.isEmpty || cursor.restsNext { return nextTarget(of: node, &cursor) }
    }
    return -1
  }

  func weak(_ edge: Edge) -> Int32 { edge.transition < 0 ? -1 : graph.weak(edge.transition) }

  func strong(_ edge: Edge) -> Int32 { edge.transition < 0 ? -1 : graph.strong(edge.transition) }
}
