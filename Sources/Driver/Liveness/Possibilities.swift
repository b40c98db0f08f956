import Columns
import Exploration
import Temporal
import TransitionSystem
import Valence

/// What can still be reached, by state, with what is not known because a graph ends at a bound.
///
/// Complexity: linear in the graph for each `can`. Source: Clarke and Emerson, 1981 (EF as a least
/// fixpoint); Bruns and Godefroid, Model checking partial state spaces, CAV 1999, for the two
/// values.
struct Possibilities {
  /// By state: what is true whatever lies beyond the bound (bit 0), and what may be (bit 1).
  struct Values {
    fileprivate(set) var bits: [UInt8]
    fileprivate static let must: UInt8 = 1
    fileprivate static let may: UInt8 = 2

    func must(_ state: Int) -> Bool { bits[state] & Values.must != 0 }
    func may(_ state: Int) -> Bool { bits[state] & Values.may != 0 }
    var mustSomewhere: Bool { bits.contains { $0 & Values.must != 0 } }
    var mayEverywhere: Bool { bits.allSatisfy { $0 & Values.may != 0 } }
  }

  private let graph: ReachabilityGraph

  init(_ graph: ReachabilityGraph) { self.graph = graph }

  func values(of formula: BranchingFormula, _ valuations: Valuations) -> Values {
    switch formula {
    case .atom(let atom):
      return Values(
        bits: (0..<valuations.count).map {
          valuations[$0] >> UInt64(atom) & 1 == 0 ? 0 : Values.must | Values.may
        })
    case .not(let inner):
      // What need not be false may be true.
      return Values(
        bits: values(of: inner, valuations).bits.map { bits in
          (bits & Values.may == 0 ? Values.must : 0) | (bits & Values.must == 0 ? Values.may : 0)
        })
    case .and(let a, let b): return both(a, b, valuations, &)
    case .or(let a, let b): return both(a, b, valuations, |)
    case .can(let inner):
      var bits = values(of: inner, valuations).bits
      for state in graph.expandedCount..<graph.stateCount { bits[state] |= Values.may }
      let ahead = ValueSets(bits).ahead(in: Transitions(graph))
      return Values(bits: ahead.map { UInt8(truncatingIfNeeded: $0) })
    }
  }

  private func both(
    _ a: BranchingFormula, _ b: BranchingFormula, _ valuations: Valuations,
    _ join: (UInt8, UInt8) -> UInt8
  ) -> Values {
    Values(
      bits: zip(values(of: a, valuations).bits, values(of: b, valuations).bits).map(join))
  }
}
