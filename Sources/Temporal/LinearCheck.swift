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
  do {
    return try verdict(
      formula, on: graph, workforce, nodesMax: nodesMax, omitting: omitted,
      tellingApart: tellingApart, ended: ended)
  } catch {
    return .unknown(memoryWords)
  }
}

private let memoryWords = "the memory budget ran out"

private func verdict(
  _ formula: LinearFormula, on graph: FairGraph, _ workforce: Workforce, nodesMax: Int,
  omitting omitted: Set<FairnessRule>, tellingApart: (([Int32]) -> FairGraph)?,
  ended: (LinearPhase) -> Void
) throws -> LinearVerdict {
  guard let automaton = BuchiAutomaton(Goal(formula, isTrue: false)) else {
    return .unknown("the formula is too large")
  }
  let product = Product(graph: graph, automaton: automaton, omitting: omitted)
  guard product.nodeCount < min(nodesMax, FairComponents.nodesMax) else {
    return .unknown(memoryWords)
  }
  var core = CoreProduct(of: product, omitting: omitted)
  let reached = ReachedCore(core, workforce)
  var regions = try core.regions(reached, workforce, keepsLoops: !omitted.isEmpty)
  ended(.product)
  if regions.isEmpty { return .holds }
  if let tellingApart {
    // That takes longer than to find out what is reached.
    try reached.find()
    regions = regions.map { $0.filter { reached.contains(Int($0)) } }.filter { !$0.isEmpty }
    let states = regions.flatMap { $0 }.map { Int32(core.product.state(Int($0))) }.sorted()
    let graph = tellingApart(states.withoutRepetitions)
    core = CoreProduct(
      of: Product(graph: graph, automaton: automaton, omitting: omitted), omitting: omitted)
  }
  let search = FairSearch(
    formula: formula, core: core, regions: regions, reached: reached, workforce: workforce,
    omitted: omitted)
  let outcome = try search.settle()
  ended(.components)
  defer { ended(.lasso) }
  switch outcome {
  case .settled(let verdict): return verdict
  case .found(let parts): return try search.drawn(parts)
  }
}

extension CoreProduct {
  /// The nodes on which a fair accepting cycle may lie, in parts that none leaves.
  func regions(
    _ reached: ReachedCore, _ workforce: Workforce, keepsLoops: Bool = false
  ) throws -> [[Int32]] {
    let candidates = isReachedInPart ? reached : nil
    try candidates?.find()
    if !keepsLoops, let regions = try Layers.regions(product, among: candidates, workforce) {
      return regions
    }
    let nodes = try Trimming.nodes(self, among: candidates, workforce, keepsLoops: keepsLoops)
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

  func settle() throws -> Outcome {
    let graph = core.whole.graph
    let draws = !omitted.contains(.draws) && graph.draws.contains { $0 >= 0 }
    if !draws || graph.choosesAfterFlip {
      let usual = try parts(closesDraws: false)
      if usual.foundCount == 0 { return .settled(.holds) }
      return draws
        ? .settled(.unknown("a step chooses after it has flipped")) : .found(usual)
    }
    let closed = try parts(closesDraws: true)
    if closed.foundCount > 0 { return .found(closed) }
    // Without draws there is at least as much to be found as with them.
    if try core.whole.automaton.isLimitDeterministic || parts(closesDraws: false).foundCount == 0 {
      return .settled(.holds)
    }
    return .settled(.unknown("with `flip`, the automaton of this formula must be deterministic"))
  }

  private func parts(closesDraws: Bool) throws -> FairComponents {
    try FairComponents(
      core.product,
      regions: closesDraws
        ? Trimming.closingDraws(
          regions, of: core.product, workforce, keepsLoops: !omitted.isEmpty) : regions,
      closesDraws: closesDraws, workforce, omitting: omitted, isReached: reached.isReached)
  }

  func drawn(_ search: FairComponents) throws -> LinearVerdict {
    guard let lasso = try LassoDrawing(core: core, search: search).lasso() else {
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
