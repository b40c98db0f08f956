import Columns
import Exploration
import Report
import Temporal
import TransitionSystem
import Valence

extension ValenceAnalysis {
  /// A fair run through bivalent states in which nobody has decided.
  mutating func undecidedRun() -> ValenceReport.UndecidedRun {
    if bivalent.states.isEmpty { return .none }
    let labels = GraphLabels(system, states)
    let graph = undecidedGraph(labels)
    switch lasso(in: graph, labels) {
    case .holds: return .none
    case .unknown(let why): return .notSearched(why)
    case .fault(let words): return .notSearched("internal fault: \(words)")
    case .violated(let found):
      var place = found.initial
      lasso = (found.stem + found.cycle).map { edge in
        let own = edge - graph.edges(of: place).lowerBound
        let state = Int(bivalent.states[place])
        place = Int(graph.targets[edge])
        return states.edges(of: state).lowerBound + own
      }
      guard let all = words(lasso, from: Int(bivalent.states[found.initial])) else {
        return .notSearched("internal fault: a lasso does not replay")
      }
      return .stem(
        Array(all[..<found.stem.count]), cycle: Array(all[found.stem.count...]))
    }
  }

  /// The bivalent states with their transitions; atom 0: nobody has decided.
  ///
  /// Nobody rests: a run in which nothing has to happen is no run of a protocol that acts. Nor can
  /// the one state that stands for all others be stayed in: it has no atom. But what is enabled
  /// stays so by the transitions that lead there.
  private func undecidedGraph(_ labels: GraphLabels) -> FairGraph {
    let (part, count) = (bivalent.transitions, bivalent.states.count)
    let decided = valence.graph.decided
    var graph = FairGraph()
    graph.edgeRanges = part.edgeRanges
    graph.targets = part.targets
    graph.kinds = Column(count: part.targets.count) { kinds in
      var next = kinds
      for state in bivalent.states {
        for edge in states.edges(of: Int(state)) {
          next.initialize(to: states.actions[edge])
          next += 1
        }
      }
    }
    graph.labels = labels.labels
    let isUndecided = bivalent.states.map { decided[Int($0)] == 0 ? 1 : 0 as UInt8 }
    graph.valuations = Valuations(Column(isUndecided + [0]), first: 0, atoms: 1)
    graph.canRest = Column(repeatElement(false, count: count + 1))
    graph.initialCount = bivalent.count(below: states.initialCount)
    return graph
  }

  /// A fair lasso through states in which atom 0 is true.
  ///
  /// Most often there is one near the initial states, so the first levels are looked at before all
  /// are: a lasso there is one of the whole graph.
  private func lasso(in graph: FairGraph, _ labels: GraphLabels) -> LinearVerdict {
    let bivalent = bivalent
    func lasso(_ graph: FairGraph) -> LinearVerdict {
      check(
        neverDecides, on: graph,
        tellingApart: labels.isCoarse
          ? { labels.tellApart(graph, of: bivalent, in: $0) } : nil)
    }
    var countMin = max(1 << 10, 2 * states.initialCount)
    while let count = states.levelStarts.first(where: { $0 >= countMin }), count < states.stateCount
    {
      let own = bivalent.count(below: count)
      if own == bivalent.states.count { break }
      if own > 0 {
        let found = lasso(graph.first(own))
        if case .violated = found { return found }
      }
      countMin = count * 8
    }
    return lasso(graph)
  }
}

extension GraphLabels {
  /// The same graph with the deliveries and draws of some of its states.
  fileprivate func tellApart(
    _ graph: FairGraph, of part: BivalentPart, in places: [Int32]
  ) -> FairGraph {
    let own = places.filter { $0 < part.states.count }
    return tellApart(graph, in: own, keptAs: own.map { part.states[Int($0)] }).graph
  }
}

/// What a lasso violates.
private let neverDecides = LinearFormula.eventually(.not(.atom(0)))

extension BivalentPart {
  /// How many of its states are among the first of the graph.
  fileprivate func count(below bound: Int) -> Int {
    var (low, high) = (0, states.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(states[middle]) < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension FairGraph {
  /// The part with the first states. Transitions to others lead to one more state, without
  /// transitions and without atoms, so that what is enabled stays so.
  fileprivate func first(_ count: Int) -> FairGraph {
    var part = FairGraph()
    part.edgeRanges = edgeRanges.first(count)
    // Those of the bivalent part lie one behind the other.
    let edgeCount = part.edgeRanges.total
    part.targets = Column(targets.first(edgeCount).map { min($0, Int32(count)) })
    part.kinds = kinds
    part.labels = labels
    part.valuations = Valuations((0..<count).map { valuations[$0] } + [0])
    part.canRest = Column(repeatElement(false, count: count + 1))
    part.initialCount = initialCount
    part.choosesAfterFlip = choosesAfterFlip
    return part
  }
}
