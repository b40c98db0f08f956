import Columns
import Exploration
import Report
import Temporal
import Valence

extension Transitions {
  init(_ graph: ReachabilityGraph) {
    self.init(
      edgeRanges: graph.edgeRanges, targets: graph.targets, stateCount: graph.stateCount)
  }
}

extension DecisionGraph {
  /// A graph with what has been decided in each of its states.
  ///
  /// `values`: how many decisions there are.
  init(_ graph: ReachabilityGraph, decided: Valuations, values: Int) {
    let states = 0..<decided.count
    self.init(
      edgeRanges: graph.edgeRanges, targets: graph.targets,
      decided: values <= 8
        ? ValueSets(states.map { UInt8(truncatingIfNeeded: decided[$0]) })
        : ValueSets(decided.all))
  }
}

/// The verdict on `property p: valence of e`: bivalent where some initial state is.
///
/// `restriction` is what a verdict is worth where the graph is not complete. More than one value
/// seen is more than one value; that only one is possible takes the whole graph.
func valenceOutcome(
  _ graph: ReachabilityGraph, decided: Valuations, values: Int, _ restriction: Verdict?
) -> ExecutionOutcome {
  let valence = Valence(DecisionGraph(graph, decided: decided, values: values))
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
