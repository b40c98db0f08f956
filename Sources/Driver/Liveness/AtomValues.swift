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
  static func values(
    of atoms: [StateProperty], _ system: TransitionSystem, in graph: ReachabilityGraph,
    _ workforce: Workforce
  ) -> [UInt64]? {
    let evaluators = PerWorker<Evaluator?>(workforce, nil)
    let failures = PerWorker(workforce, false)
    let values: [UInt64] = workforce.array(count: graph.stateCount, over: graph.stateCount) {
      worker, states, values in
      let evaluator = evaluators[worker] ?? Evaluator(system, atoms)
      evaluators[worker] = evaluator
      for state in states { values[state] = 0 }
      if !evaluator.atoms.evaluate(states, of: graph, { values[$0] = $1 }) {
        failures[worker] = true
      }
    }
    return failures.all.contains(true) ? nil : values
  }
}
