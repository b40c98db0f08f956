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

  private let graph: FairGraph
  private let workforce: Workforce
  private var assumptions: [Assumption] = []

  init(
    _ system: TransitionSystem, _ labels: GraphLabels, _ graph: FairGraph, _ workforce: Workforce
  ) {
    self.graph = graph
    self.workforce = workforce
    var places: [String: Int] = [:]
    func place(_ words: String) -> Int {
      if let known = places[words] { return known }
      places[words] = assumptions.count
      assumptions.append(Assumption(words: words))
      return assumptions.count - 1
    }
    for (kind, label) in labels.labels.enumerated() {
      let action = system.actions[labels.actions[kind]]
      if label.weak >= 0 {
        var words = action.label
        if case .segment = action.kind, let agent = action.agent {
          words = "the run of \(system.agents[agent].name)"
        }
        assumptions[place(words)].weak.insert(label.weak)
      }
      if label.strong >= 0 {
        assumptions[place("the delivery: \(action.label)")].strong.insert(label.strong)
      }
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
      if strong.contains(unfair.labels[kind].strong) { unfair.labels[kind].strong = -1 }
    }
    unfair.rest(stateCount: graph.stateCount, workforce)
    if case .holds = check(formula, on: unfair, workforce) { return true }
    return false
  }
}
