/// The part of a product that an accepting cycle may lie in, as a product of its own: the graph
/// with the core of the automaton alone. Mostly that is one automaton state, so that a node is a
/// state.
///
/// Invariant: states and nodes are in the same order in both.
struct CoreProduct: Sendable {
  let whole: Product
  let product: Product
  /// By number in the core, its automaton state.
  let states: [Int]
  /// By automaton state: its number in the core, -1 for none.
  private let numbers: [Int]

  init(of whole: Product, omitting: Set<FairnessRule> = []) {
    self.whole = whole
    let core = whole.core
    states = core
    product = Product(
      graph: whole.graph, automaton: BuchiAutomaton(whole.automaton, only: core),
      omitting: omitting)
    numbers = whole.automaton.transitions.indices.map { core.firstIndex(of: $0) ?? -1 }
  }

  /// The node that a node of the whole is; nil where it is none.
  func node(_ node: Int) -> Int? {
    let number = numbers[whole.automatonState(node)]
    return number < 0 ? nil : whole.state(node) * product.width + number
  }

  /// The node of the whole that a node is.
  @inline(__always)
  func wholeNode(_ node: Int) -> Int {
    product.state(node) * whole.width + states[product.automatonState(node)]
  }

  /// Whether many nodes may be out of reach, as far as one can tell without following edges: not
  /// every automaton state is met with every state, or there are few states in which the core may
  /// be entered.
  var isReachedInPart: Bool {
    if states.count > 1 { return true }
    if !whole.keepsFirst || states.contains(0) { return false }
    let steps = whole.steps(of: 0).filter { $0.target != 0 }
    // A part of many states tells: this decides what is found out first, not what is found.
    let step = whole.graph.stateCount >> 16 + 1
    var left = whole.graph.stateCount / step / 16
    for state in stride(from: 0, to: whole.graph.stateCount, by: step) {
      let valuation = whole.graph.valuations[state]
      if steps.contains(where: { $0.matches(valuation) }) { left -= 1 }
      if left < 0 { return false }
    }
    return true
  }
}

/// Which nodes of a core can be reached: found out when it is asked first.
///
/// A strongly connected part is reached as a whole or not at all, so that mostly nobody asks.
/// Threads: one.
final class ReachedCore: @unchecked Sendable {
  private let core: CoreProduct
  private let workforce: Workforce
  private var marks: NodeMarks?

  init(_ core: CoreProduct, _ workforce: Workforce) {
    self.core = core
    self.workforce = workforce
  }

  func find() throws {
    if marks == nil { marks = try ReachedNodes(core.whole, workforce).marks }
  }

  /// True for all before `find`. Threads: any.
  func contains(_ node: Int) -> Bool { marks?[core.wholeNode(node)] != 0 }

  /// Finds out first.
  func isReached(_ node: Int) throws -> Bool {
    try find()
    return contains(node)
  }
}
