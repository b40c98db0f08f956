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
}
