import Columns
import TransitionSystem

@testable import Temporal

/// A small graph with random fairness, and a random formula over two atoms.
struct RandomProblem {
  var graph = FairGraph()
  var formula = LinearFormula.constant(true)
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let count = 2 + next(3)
    // The last state may be one that was not expanded.
    let expanded = next(4) == 0 ? count - 1 : count
    var drawn = RandomStates()
    for source in 0..<count {
      if source < expanded { drawn.edges.append(makeEdges(count)) }
      drawn.valuations.append(UInt64(next(4)))
    }
    graph.initialCount = 1 + next(2)
    drawn.keepReached(from: graph.initialCount)
    drawn.fill(&graph)
    graph.canRest = Column((0..<graph.stateCount).map { graph.mayRest(in: $0) })
    formula = makeFormula(depth: 3)
  }

  /// xorshift64* (Vigna 2016).
  private mutating func next(_ bound: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
  }

  private mutating func makeEdges(_ count: Int) -> [RandomStates.Edge] {
    (0..<next(4)).map { _ in
      let target = Int32(next(count))
      // Constraints are few, so that several transitions serve the same.
      return RandomStates.Edge(
        target: target, weak: next(3) == 0 ? Int32(next(2)) : -1,
        strong: next(3) == 0 ? Int32(next(2)) : -1)
    }
  }

  private mutating func makeFormula(depth: Int) -> LinearFormula {
    if depth == 0 { return .atom(next(2)) }
    switch next(8) {
    case 0: return .atom(next(2))
    case 1: return .not(makeFormula(depth: depth - 1))
    case 2: return .and(makeFormula(depth: depth - 1), makeFormula(depth: depth - 1))
    case 3: return .or(makeFormula(depth: depth - 1), makeFormula(depth: depth - 1))
    case 4: return .eventually(makeFormula(depth: depth - 1))
    case 5: return .always(makeFormula(depth: depth - 1))
    case 6: return .until(makeFormula(depth: depth - 1), makeFormula(depth: depth - 1))
    default:
      return .always(
        .implies(makeFormula(depth: depth - 1), .eventually(makeFormula(depth: depth - 1))))
    }
  }
}

extension RandomProblem {
  /// The graph with its states, the initial ones and those that were not expanded aside, and its
  /// strong constraints in the opposite order.
  func renumbered() -> FairGraph {
    var other = graph
    let moved = graph.initialCount..<max(graph.initialCount, graph.expandedCount)
    func number(_ state: Int) -> Int {
      moved.contains(state) ? moved.lowerBound + moved.upperBound - 1 - state : state
    }
    let states = (0..<graph.stateCount).map { number($0) }
    let edges = states.flatMap { Array(graph.edges(of: $0)) }
    other.edgeRanges = RangeColumn(
      bounds: states.prefix(graph.expandedCount).reduce(into: [UInt32(0)]) {
        $0.append($0[$0.count - 1] + UInt32(graph.edges(of: $1).count))
      })
    other.targets = Column(edges.map { Int32(number(Int(graph.targets[$0]))) })
    other.kinds = Column(edges.map { graph.kinds[$0] })
    other.deliveries = Column(
      edges.map { graph.deliveries[$0] < 0 ? -1 : 1 - graph.deliveries[$0] })
    other.valuations = Valuations(states.map { graph.valuations[$0] })
    other.canRest = Column(states.map { graph.canRest[$0] })
    return other
  }
}

/// The states of a problem while they are drawn.
private struct RandomStates {
  struct Edge {
    var target: Int32
    let weak: Int32
    let strong: Int32
  }

  /// Of states that are expanded.
  var edges: [[Edge]] = []
  var valuations: [UInt64] = []

  /// The states of a graph can all be reached.
  mutating func keepReached(from initialCount: Int) {
    var isReached = Array(repeating: false, count: valuations.count)
    var open = Array(0..<initialCount)
    while let state = open.popLast() {
      if isReached[state] { continue }
      isReached[state] = true
      if state < edges.count { open += edges[state].map { Int($0.target) } }
    }
    let kept = isReached.indices.filter { isReached[$0] }
    valuations = kept.map { valuations[$0] }
    edges = kept.filter { $0 < edges.count }.map { state in
      edges[state].map { edge in
        Edge(
          target: Int32(kept.firstIndex(of: Int(edge.target)) ?? 0), weak: edge.weak,
          strong: edge.strong)
      }
    }
  }

  /// Each transition gets a kind of its own.
  func fill(_ graph: inout FairGraph) {
    let all = edges.flatMap { $0 }
    graph.edgeRanges = RangeColumn(
      bounds: edges.reduce(into: [UInt32(0)]) { $0.append($0[$0.count - 1] + UInt32($1.count)) })
    graph.targets = Column(all.map(\.target))
    graph.kinds = Column(0..<UInt16(all.count))
    graph.labels = all.map { FairGraph.Label(weak: $0.weak, isDelivery: $0.strong >= 0) }
    graph.deliveries = Column(all.map(\.strong))
    graph.valuations = Valuations(valuations)
  }
}
