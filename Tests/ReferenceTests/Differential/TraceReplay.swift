import Semantics

/// Follows a trace of the product in the reference interpreter.
struct TraceReplay {
  let interpreter: Interpreter

  /// Why the trace is none; nil if the reference can do the same.
  func fault(of trace: ProductTrace) -> String? {
    let (initial, failures) = interpreter.initialStates()
    guard let start = trace.initial else {
      return failures.isEmpty ? "the initial values do not fail" : nil
    }
    var states = initial.filter { interpreter.rendered($0) == start }
    if states.isEmpty { return "no initial state is \(start)" }
    for (number, step) in trace.steps.enumerated() {
      let transitions = states.flatMap { interpreter.successors(of: $0) }.filter {
        $0.label.agent == step.actor
      }
      guard let wanted = step.state else {
        let fails = transitions.contains { transition in
          if case .failure(let kind, _) = transition.outcome { kind == step.failure } else { false }
        }
        return fails ? nil : "step \(number + 1), \(step.label), does not fail"
      }
      var next: Set<State> = []
      for case .state(let state) in transitions.map(\.outcome)
      where interpreter.rendered(state) == wanted { next.insert(state) }
      if next.isEmpty { return "step \(number + 1), \(step.label), does not lead to \(wanted)" }
      states = Array(next)
    }
    return nil
  }
}
