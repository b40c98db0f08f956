import Exploration
import TransitionSystem

/// What can still be reached, by state, with what is not known because a graph ends at a bound.
///
/// Complexity: linear in the graph for each `can`. Source: Clarke and Emerson, 1981 (EF as a least
/// fixpoint); Bruns and Godefroid, Model checking partial state spaces, CAV 1999, for the two
/// values.
struct Possibilities {
  /// What is true whatever lies beyond the bound, and what may be.
  struct Values {
    var must: [Bool]
    var may: [Bool]
  }

  private let graph: ReachabilityGraph
  /// Sources of the transitions into state s: `first[s]..<first[s + 1]`.
  private let first: [Int]
  private let sources: [Int32]

  init(_ graph: ReachabilityGraph) {
    self.graph = graph
    var first = [Int](repeating: 0, count: graph.stateCount + 1)
    for target in graph.targets { first[Int(target) + 1] += 1 }
    for state in 0..<graph.stateCount { first[state + 1] += first[state] }
    var next = first
    var sources = [Int32](repeating: 0, count: graph.targets.count)
    for source in 0..<graph.expandedCount {
      for edge in graph.edges(of: source) {
        let target = Int(graph.targets[edge])
        sources[next[target]] = Int32(source)
        next[target] += 1
      }
    }
    self.first = first
    self.sources = sources
  }

  /// `valuations`: by state, atom i as bit i.
  func values(of formula: BranchingFormula, _ valuations: [UInt64]) -> Values {
    switch formula {
    case .atom(let atom):
      let values = valuations.map { $0 >> UInt64(atom) & 1 == 1 }
      return Values(must: values, may: values)
    case .not(let inner):
      let values = values(of: inner, valuations)
      return Values(must: values.may.map { !$0 }, may: values.must.map { !$0 })
    case .and(let a, let b): return both(a, b, valuations) { $0 && $1 }
    case .or(let a, let b): return both(a, b, valuations) { $0 || $1 }
    case .can(let inner):
      var values = values(of: inner, valuations)
      for state in graph.expandedCount..<graph.stateCount { values.may[state] = true }
      return Values(must: reaching(values.must), may: reaching(values.may))
    }
  }

  private func both(
    _ a: BranchingFormula, _ b: BranchingFormula, _ valuations: [UInt64],
    _ join: (Bool, Bool) -> Bool
  ) -> Values {
    let (left, right) = (values(of: a, valuations), values(of: b, valuations))
    return Values(
      must: zip(left.must, right.must).map(join), may: zip(left.may, right.may).map(join))
  }

  /// The states from which one of a set can be reached.
  private func reaching(_ set: [Bool]) -> [Bool] {
    var inside = set
    var open = inside.indices.filter { inside[$0] }
    while let state = open.popLast() {
      for place in first[state]..<first[state + 1] where !inside[Int(sources[place])] {
        inside[Int(sources[place])] = true
        open.append(Int(sources[place]))
      }
    }
    return inside
  }
}
