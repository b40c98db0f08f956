import Semantics
import TransitionSystem

/// Judges a counterexample of the program under test: can the reference follow it, and is a lasso
/// fair and against the formula?
struct LassoJudge {
  let reference: Reference
  let spec: TypedSpec
  let system: TransitionSystem
  private let numbers: [RenderedState: Int]

  init(reference: Reference, spec: TypedSpec, system: TransitionSystem) {
    self.reference = reference
    self.spec = spec
    self.system = system
    numbers = Dictionary(
      reference.graph.states.enumerated().map { (reference.interpreter.rendered($1), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether what a reader sees of a state tells it apart from all others.
  var tellsStatesApart: Bool { numbers.count == reference.graph.states.count }

  func fault(of trace: Trace) -> String? {
    let words = ProductAdapter(spec: spec).rendered(trace, system)
    if let fault = TraceReplay(interpreter: reference.interpreter).fault(of: words) { return fault }
    guard let start = trace.cycleStart, tellsStatesApart else { return nil }
    return lassoFault(words, start)
  }

  private func lassoFault(_ trace: ProductTrace, _ start: Int) -> String? {
    let rendered = ([trace.initial] + trace.steps.map(\.state)).compactMap { $0 }
    var states = rendered.compactMap { numbers[$0] }
    guard states.count == trace.steps.count + 1 else { return "a state is not reachable" }
    var steps = trace.steps.enumerated().map { number, _ in
      reference.graph.edges[states[number]].filter { $0.target == states[number + 1] }
    }
    // A cycle without steps rests in its last state.
    if start == steps.count {
      guard reference.graph.mayRest(states[start]) else { return "rests where something is owed" }
      states.append(states[start])
      steps.append([])
    }
    if states[states.count - 1] != states[start] { return "the cycle is not closed" }
    let word = NaiveWord(graph: reference.graph, states: states, cycleStart: start, steps: steps)
    if !word.isFair { return "the cycle is not fair" }
    return word.value(reference.formula, reference.untils) ? "the formula holds on it" : nil
  }
}
