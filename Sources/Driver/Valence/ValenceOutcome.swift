import Columns
import Exploration
import Report
import Valence

extension DecisionGraph {
  /// A graph with what has been decided in each of its states.
  init(_ graph: ReachabilityGraph, decided: [UInt64]) {
    self.init(firstEdge: graph.firstEdge, targets: graph.targets, decided: decided)
  }
}

/// The verdict on `property p: valence of e`: bivalent where some initial state is.
///
/// `restriction` is what a verdict is worth where the graph is not complete. More than one value
/// seen is more than one value; that only one is possible takes the whole graph.
func valenceOutcome(
  _ graph: ReachabilityGraph, decided: [UInt64], _ restriction: Verdict?
) -> ExecutionOutcome {
  let valence = Valence(DecisionGraph(graph, decided: decided))
  let starts = (0..<graph.initialCount).count { valence.isBivalent($0) }
  var verdict = Verdict.bivalent
  if starts == 0 {
    switch restriction {
    case nil: verdict = .univalent
    case .holdsUpTo(let depth): verdict = .univalentUpTo(depth: depth)
    case .some(let other): verdict = other
    }
  }
  let detail = valenceWords(
    starts: starts, of: graph.initialCount, bivalent: valence.bivalentCount,
    of: graph.stateCount, isComplete: restriction == nil)
  return ExecutionOutcome(verdict: verdict, detail: verdict.isOfValence ? detail : nil)
}
