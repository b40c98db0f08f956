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
/// complete, `holds` speaks of the others only. Deterministic.
public func check(
  _ formula: LinearFormula, on graph: FairGraph, nodesMax: Int = 1 << 30
) -> LinearVerdict {
  guard let automaton = BuchiAutomaton(Goal(formula, isTrue: false)) else {
    return .unknown("the formula is too large")
  }
  let product = Product(graph: graph, automaton: automaton)
  guard product.nodeCount <= nodesMax else { return .unknown("the memory budget ran out") }
  let reached = product.reachable()
  let usual = FairComponents(product, nodes: reached.order, closesDraws: false)
  if usual.found.isEmpty { return .holds }
  guard graph.labels.contains(where: { $0.draw >= 0 }) else {
    return drawn(LassoDrawing(product, usual), reached, formula)
  }
  if graph.choosesAfterFlip { return .unknown("a step chooses after it has flipped") }
  let closed = FairComponents(product, nodes: reached.order, closesDraws: true)
  if !closed.found.isEmpty { return drawn(LassoDrawing(product, closed), reached, formula) }
  return automaton.isLimitDeterministic
    ? .holds : .unknown("with `flip`, the automaton of this formula must be deterministic")
}

private func drawn(
  _ drawing: LassoDrawing, _ reached: ReachedNodes, _ formula: LinearFormula
) -> LinearVerdict {
  guard let lasso = drawing.lasso(reached) else {
    return .fault("a fair component without a lasso")
  }
  if let fault = WordCheck(graph: drawing.product.graph, lasso: lasso).fault(formula) {
    return .fault(fault)
  }
  return .violated(lasso)
}
