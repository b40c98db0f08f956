import TransitionSystem

/// What is known about a formula of linear time.
public enum LinearVerdict: Sendable {
  /// Every fair execution of the graph satisfies it.
  case holds
  /// A fair execution does not.
  case violated(Lasso)
  /// Why it cannot be decided, as half a sentence.
  case unknown(String)
  /// A fault of this program.
  case fault(String)
}

/// Searches a graph for a fair execution that does not satisfy a formula.
///
/// Executions that end in a state without all its transitions are left out: in a graph that is not
/// complete, `holds` speaks of the others only. Deterministic, whatever the workforce.
public func check(
  _ formula: LinearFormula, on graph: FairGraph, _ workforce: Workforce = .alone,
  nodesMax: Int = .max, omitting omitted: Set<FairnessRule> = []
) -> LinearVerdict {
  guard let automaton = BuchiAutomaton(Goal(formula, isTrue: false)) else {
    return .unknown("the formula is too large")
  }
  let product = Product(graph: graph, automaton: automaton, omitting: omitted)
  guard product.nodeCount <= min(nodesMax, Int(Int32.max)) else {
    return .unknown("the memory budget ran out")
  }
  let nodes = ReachedNodes(product, workforce).core
  let usual = FairComponents(
    product, nodes: nodes, closesDraws: false, workforce, omitting: omitted)
  if usual.foundCount == 0 { return .holds }
  func drawn(_ search: FairComponents) -> LinearVerdict {
    guard let lasso = LassoDrawing(product: product, search: search).lasso() else {
      return .fault("a fair component without a lasso")
    }
    // What a mutant finds need not be a counterexample.
    if omitted.isEmpty, let fault = WordCheck(graph: graph, lasso: lasso).fault(formula) {
      return .fault(fault)
    }
    return .violated(lasso)
  }
  if graph.draws.allSatisfy({ $0 < 0 }) { return drawn(usual) }
  if graph.choosesAfterFlip { return .unknown("a step chooses after it has flipped") }
  let closed = FairComponents(
    product, nodes: nodes, closesDraws: true, workforce, omitting: omitted)
  if closed.foundCount > 0 { return drawn(closed) }
  return automaton.isLimitDeterministic
    ? .holds : .unknown("with `flip`, the automaton of this formula must be deterministic")
}
