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
    for source in 0..<count {
      let degree = next(4)
      for _ in 0..<degree {
        graph.targets.append(Int32(next(count)))
        var label = FairGraph.Label()
        // Constraints are few, so that several transitions serve the same.
        if next(3) == 0 { label.weak = Int32(next(2)) }
        if next(3) == 0 { label.strong = Int32(next(2)) }
        graph.labels.append(label)
      }
      graph.firstEdge.append(graph.targets.count)
      graph.isExpanded.append(source == 0 || next(12) > 0)
      graph.valuations.append(UInt64(next(4)))
    }
    graph.initialCount = 1 + next(2)
    for source in 0..<count where !graph.isExpanded[source] { removeEdges(of: source) }
    formula = makeFormula(depth: 3)
  }

  /// xorshift64* (Vigna 2016).
  private mutating func next(_ bound: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
  }

  private mutating func removeEdges(of source: Int) {
    let range = graph.edges(of: source)
    graph.targets.removeSubrange(range)
    graph.labels.removeSubrange(range)
    for later in source + 1..<graph.firstEdge.count { graph.firstEdge[later] -= range.count }
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
