import Columns
import Temporal
import TransitionSystem

/// Which fairness a formula needs to hold: each assumption is dropped by itself, and the formula
/// checked again.
struct FairnessNeeds {
  private struct Assumption {
    let words: String
    var weak: Set<Int32> = []
    var strong: Set<Int32> = []
  }

  /// With all deliveries told apart.
  private let graph: FairGraph
  private let workforce: Workforce
  private var assumptions: [Assumption] = []

  init(_ labels: GraphLabels, _ coarse: FairGraph, _ workforce: Workforce) {
    let (graph, deliveries) = labels.tellApart(
      coarse, in: Array(0..<Int32(coarse.expandedCount)))
    let system = labels.system
    self.graph = graph
    self.workforce = workforce
    var places: [String: Int] = [:]
    func place(_ words: String) -> Int {
      if let known = places[words] { return known }
      places[words] = assumptions.count
      assumptions.append(Assumption(words: words))
      return assumptions.count - 1
    }
    for (action, label) in zip(system.actions, labels.labels) where label.weak >= 0 {
      var words = action.label
      if case .segment = action.kind, let agent = action.agent {
        words = "the run of \(system.agents[agent].name)"
      }
      assumptions[place(words)].weak.insert(label.weak)
    }
    // In the order of the actions: deliveries are numbered in that of the states.
    for (strong, action) in deliveries.enumerated().sorted(by: { $0.element < $1.element }) {
      assumptions[place("the delivery: \(system.actions[action].label)")].strong
        .insert(Int32(strong))
    }
  }

  /// Requires: the formula holds.
  func sentences(_ formula: LinearFormula) -> [String] {
    if holds(formula, without: assumptions) { return ["holds without any fairness"] }
    let needed = assumptions.filter { !holds(formula, without: [$0]) }
    if needed.isEmpty {
      return ["needs fairness, but no single assumption: any one of them may be missing"]
    }
    return needed.map { "needs the fairness of \($0.words)" }
  }

  private func holds(_ formula: LinearFormula, without dropped: [Assumption]) -> Bool {
    let weak = dropped.reduce(into: Set<Int32>()) { $0.formUnion($1.weak) }
    let strong = dropped.reduce(into: Set<Int32>()) { $0.formUnion($1.strong) }
    var unfair = graph
    for kind in unfair.labels.indices {
      if weak.contains(unfair.labels[kind].weak) { unfair.labels[kind].weak = -1 }
    }
    if !strong.isEmpty {
      unfair.deliveries = Column(unfair.deliveries.map { strong.contains($0) ? -1 : $0 })
    }
    unfair.rest(stateCount: graph.stateCount, workforce)
    if case .holds = check(formula, on: unfair, workforce) { return true }
    return false
  }
}
