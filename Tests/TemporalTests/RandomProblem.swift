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
    for source in 0..<count {
      if source < expanded { makeEdges(count) }
      graph.valuations.append(UInt64(next(4)))
    }
    graph.initialCount = 1 + next(2)
    keepReached()
    graph.canRest = (0..<graph.stateCount).map { graph.mayRest(in: $0) }
    formula = makeFormula(depth: 3)
  }

  /// xorshift64* (Vigna 2016).
  private mutating func next(_ bound: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
  }

  private mutating func makeEdges(_ count: Int) {
    for _ in 0..<next(4) {
      graph.targets.append(Int32(next(count)))
      // Constraints are few, so that several transitions serve the same.
      let label = FairGraph.Label(
        weak: next(3) == 0 ? Int32(next(2)) : -1, strong: next(3) == 0 ? Int32(next(2)) : -1)
      graph.kinds.append(Int32(graph.labels.count))
      graph.labels.append(label)
    }
    graph.firstEdge.append(graph.targets.count)
  }

  /// The states of a graph can all be reached.
  private mutating func keepReached() {
    var isReached = Array(repeating: false, count: graph.stateCount)
    var open = Array(0..<graph.initialCount)
    while let state = open.popLast() {
      if isReached[state] { continue }
      isReached[state] = true
      open += graph.edges(of: state).map { Int(graph.targets[$0]) }
    }
    let kept = isReached.indices.filter { isReached[$0] }
    let old = graph
    (graph.firstEdge, graph.targets, graph.kinds) = ([0], [], [])
    graph.valuations = kept.map { old.valuations[$0] }
    for state in kept where state < old.expandedCount {
      for edge in old.edges(of: state) {
        graph.targets.append(Int32(kept.firstIndex(of: Int(old.targets[edge])) ?? 0))
        graph.kinds.append(old.kinds[edge])
      }
      graph.firstEdge.append(graph.targets.count)
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
