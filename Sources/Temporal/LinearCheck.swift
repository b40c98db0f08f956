import Columns
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

/// What a check of a formula goes through.
public enum LinearPhase: String, Sendable, CaseIterable {
  /// Which nodes of the product may lie on a cycle.
  case product
  case components
  case lasso
}

/// Searches a graph for a fair execution that does not satisfy a formula.
///
/// Executions that end in a state without all its transitions are left out: in a graph that is not
/// complete, `holds` speaks of the others only. Deterministic, whatever the workforce.
///
/// `tellingApart`: where deliveries or draws of the graph are not told apart yet, gives the graph
/// with those of some states, ascending. Most formulas that hold do so without.
/// `ended` is called as each phase ends.
public func check(
  _ formula: LinearFormula, on graph: FairGraph, _ workforce: Workforce = .alone,
  nodesMax: Int = .max, omitting omitted: Set<FairnessRule> = [],
  tellingApart: (([Int32]) -> FairGraph)? = nil, ended: (LinearPhase) -> Void = { _ in }
) -> LinearVerdict {
  guard let automaton = BuchiAutomaton(Goal(formula, isTrue: false)) else {
    return .unknown("the formula is too large")
  }
  let product = Product(graph: graph, automaton: automaton, omitting: omitted)
  guard product.nodeCount < min(nodesMax, FairComponents.nodesMax) else {
    return .unknown("the memory budget ran out")
  }
  var core = CoreProduct(of: product, omitting: omitted)
  let reached = ReachedCore(core, workforce)
  var regions = core.regions(reached, workforce, keepsLoops: !omitted.isEmpty)
  ended(.product)
  if regions.isEmpty { return .holds }
  if let tellingApart {
    // That takes longer than to find out what is reached.
    reached.find()
    regions = regions.map { $0.filter { reached.contains(Int($0)) } }.filter { !$0.isEmpty }
    let states = regions.flatMap { $0 }.map { Int32(core.product.state(Int($0))) }.sorted()
    let graph = tellingApart(states.withoutRepetitions)
    core = CoreProduct(
      of: Product(graph: graph, automaton: automaton, omitting: omitted), omitting: omitted)
  }
  let search = FairSearch(
    formula: formula, core: core, regions: regions, reached: reached, workforce: workforce,
    omitted: omitted)
  let outcome = search.parts
  ended(.components)
  defer { ended(.lasso) }
  return switch outcome {
  case .settled(let verdict): verdict
  case .found(let parts): search.drawn(parts)
  }
}

extension CoreProduct {
  /// The nodes on which a fair accepting cycle may lie, in parts that none leaves.
  func regions(
    _ reached: ReachedCore, _ workforce: Workforce, keepsLoops: Bool = false
  ) -> [[Int32]] {
    let candidates = isEnteredRarely ? reached : nil
    candidates?.find()
    if !keepsLoops, let regions = Layers.regions(product, among: candidates, workforce) {
      return regions
    }
    let nodes = Trimming.nodes(self, among: candidates, workforce, keepsLoops: keepsLoops)
    return nodes.isEmpty ? [] : [nodes]
  }
}

extension [Int32] {
  /// Of an ascending list.
  fileprivate var withoutRepetitions: [Int32] {
    reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}

/// The search for fair parts among the nodes that are left, and what it proves.
private struct FairSearch {
  let formula: LinearFormula
  let core: CoreProduct
  let regions: [[Int32]]
  let reached: ReachedCore
  let workforce: Workforce
  let omitted: Set<FairnessRule>

  enum Outcome {
    case settled(LinearVerdict)
    /// There is a lasso to draw.
    case found(FairComponents)
  }

  var parts: Outcome {
    let usual = parts(closesDraws: false)
    if usual.foundCount == 0 { return .settled(.holds) }
    let product = core.whole
    if omitted.contains(.draws) || product.graph.draws.allSatisfy({ $0 < 0 }) {
      return .found(usual)
    }
    if product.graph.choosesAfterFlip {
      return .settled(.unknown("a step chooses after it has flipped"))
    }
    let closed = parts(closesDraws: true)
    if closed.foundCount > 0 { return .found(closed) }
    return .settled(
      product.automaton.isLimitDeterministic
        ? .holds : .unknown("with `flip`, the automaton of this formula must be deterministic"))
  }

  private func parts(closesDraws: Bool) -> FairComponents {
    FairComponents(
      core.product, regions: regions, closesDraws: closesDraws, workforce, omitting: omitted,
      isReached: reached.contains)
  }

  func drawn(_ search: FairComponents) -> LinearVerdict {
    guard let lasso = LassoDrawing(core: core, search: search).lasso() else {
      return .fault("a fair component without a lasso")
    }
    // What a mutant finds need not be a counterexample.
    let check = WordCheck(graph: core.whole.graph, lasso: lasso)
    if omitted.isEmpty, let fault = check.fault(formula) {
      return .fault(fault)
    }
    return .violated(lasso)
  }
}
