import CPrefetch
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
  /// By kind: the weak constraint that transitions serve as a bit, if it is one of the first 64.
  private let weakBits: Column<UInt64>
  /// A rule is left out in tests.
  private let rests: Bool
  /// Whether the edges of a node that has any are those of its state, besides rests: there is one
  /// automaton state with one transition.
  let isPlain: Bool
  /// The first transition of the first automaton state: the only one, where the product is plain.
  private let firstTransition: BuchiAutomaton.Transition?

  init(graph: FairGraph, automaton: BuchiAutomaton, omitting: Set<FairnessRule> = []) {
    self.graph = graph
    self.automaton = automaton
    steps = automaton.transitions.flatMap { $0 }
    firstStep = automaton.transitions.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    isInCore = automaton.statesOnAcceptingCycles
    shift = Int.bitWidth - max(0, automaton.transitions.count - 1).leadingZeroBitCount
    rests = !omitting.contains(.resting)
    weakBits = Column(
      graph.labels.map { (0..<64).contains($0.weak) ? 1 << UInt64($0.weak) : 0 })
    isPlain = automaton.transitions.count == 1 && automaton.transitions[0].count == 1
    firstTransition = steps.first
  }

  @inline(__always)
  var width: Int { 1 << shift }
  var nodeCount: Int { graph.stateCount << shift }

  @inline(__always)
  func state(_ node: Int) -> Int { node &>> shift }

  @inline(__always)
  func automatonState(_ node: Int) -> Int { node & (1 &<< shift &- 1) }

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
        let target = Int(graph.targets[transition]) &<< shift | step.target
        let edge = Edge(
          source: node, target: target, acceptance: step.acceptance, transition: transition)
        if !body(edge) { return }
      }
      if mayRest(state) {
        let edge = Edge(
          source: node, target: state &<< shift | step.target, acceptance: step.acceptance,
          transition: -1)
        if !body(edge) { return }
      }
    }
  }

  /// Calls `body` with the target of every edge of a node, the weak constraint that it serves as a
  /// bit, and its acceptance sets, until it returns false.
  ///
  /// In a plain product an edge is two numbers of the graph: a pass through it takes a third less
  /// than one through edges.
  @inline(__always)
  func forEachTarget(
    of node: Int, _ body: (_ target: Int, _ weak: UInt64, _ acceptance: UInt64) -> Bool
  ) {
    guard isPlain, let step = firstTransition else {
      forEachEdge(of: node) { body($0.target, weakBit($0), $0.acceptance) }
      return
    }
    if !step.matches(graph.valuations[node]) { return }
    let (targets, kinds, bits) = (graph.targets.base, graph.kinds.base, weakBits.base)
    for transition in graph.edges(of: node) {
      if !body(Int(targets[transition]), bits[Int(kinds[transition])], step.acceptance) { return }
    }
    if mayRest(node) { _ = body(node, 0, step.acceptance) }
  }

  /// Whether each outcome of a draw has an edge from a node to where one is inside: who draws again
  /// and again leaves by each of the others.
  ///
  /// Complexity: linear in the edges of the node, of which few draw.
  @inline(__always)
  func isClosed(_ draw: Int32, at node: Int, _ isInside: (_ target: Int) -> Bool) -> Bool {
    graph.edges(of: state(node)).allSatisfy {
      graph.draw($0) != draw || hasEdge(of: node, by: $0, isInside)
    }
  }

  /// Whether a transition leads from a node to where one is inside.
  @inline(__always)
  func hasEdge(of node: Int, by transition: Int, _ isInside: (_ target: Int) -> Bool) -> Bool {
    let valuation = graph.valuations[state(node)]
    let target = Int(graph.targets[transition]) &<< shift
    let own = automatonState(node)
    return (firstStep[own]..<firstStep[own + 1]).contains {
      steps[$0].matches(valuation) && isInside(target | steps[$0].target)
    }
  }

  /// Asks for what says where the edges of a node are, and then for the edges themselves.
  @inline(__always)
  func prefetchRange(of node: Int) { cprefetch(graph.edgeRanges.address(of: state(node))) }

  @inline(__always)
  func prefetchEdges(of node: Int) {
    cprefetch(graph.targets.base + graph.edges(of: state(node)).lowerBound)
  }

  @inline(__always)
  func weakBit(_ edge: Edge) -> UInt64 {
    edge.transition < 0 ? 0 : weakBits[Int(graph.kinds[edge.transition])]
  }

  func weak(_ edge: Edge) -> Int32 { edge.transition < 0 ? -1 : graph.weak(edge.transition) }

  func strong(_ edge: Edge) -> Int32 { edge.transition < 0 ? -1 : graph.strong(edge.transition) }
}
