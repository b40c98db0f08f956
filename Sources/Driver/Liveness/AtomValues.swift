import Columns
import Exploration
import Temporal
import TransitionSystem

/// The state formulas of a property in every state of a graph.
enum AtomValues {
  private final class Evaluator {
    var atoms: AtomEvaluator
    init(_ system: TransitionSystem, _ atoms: [StateProperty]) {
      self.atoms = AtomEvaluator(system, atoms)
    }
  }

  /// By state, atom i as bit i; nil where one cannot be evaluated.
  ///
  /// `first`: where its atoms stand among those that the search noted.
  static func values(
    of property: TemporalProperty, first: Int, _ system: TransitionSystem,
    in graph: ReachabilityGraph, _ workforce: Workforce
  ) -> Valuations? {
    let (noted, count) = (graph.atoms, property.atoms.count)
    if count == 0 || max(noted.bytes.count, noted.words.count) < graph.stateCount {
      return evaluated(property.atoms, system, in: graph, workforce)
    }
    if noted.failed >> UInt64(first) & (1 << UInt64(count) - 1) != 0 { return nil }
    return noted.words.isEmpty
      ? Valuations(noted.bytes, first: first, atoms: count)
      : Valuations(noted.words, first: first, atoms: count)
  }

  private static func evaluated(
    _ atoms: [StateProperty], _ system: TransitionSystem, in graph: ReachabilityGraph,
    _ workforce: Workforce
  ) -> Valuations? {
    let evaluators = PerWorker<Evaluator?>(workforce, nil)
    let failures = PerWorker(workforce, false)
    let values: Column<UInt64> = workforce.column(count: graph.stateCount, over: graph.stateCount) {
      worker, states, values in
      let evaluator = evaluators[worker] ?? Evaluator(system, atoms)
      evaluators[worker] = evaluator
      for state in states { values[state] = 0 }
      if !evaluator.atoms.evaluate(states, of: graph, { values[$0] = $1 }) {
        failures[worker] = true
      }
    }
    return failures.all.contains(true) ? nil : Valuations(values)
  }
}
