import TransitionSystem

extension TransitionSystem {
  /// Why partial-order reduction would not preserve fair executions, as half a sentence; nil where
  /// it does.
  public var reducedExecutionsObstacle: String? {
    for property in temporalProperties {
      guard case .linear = property.kind, property.possibilities.isEmpty else {
        return "\(property.name) is about what is possible"
      }
      for atom in property.atoms {
        let reads = AccessSets(atom.predicate, channels: channels)
        if reads.readsQuiescent { return "\(property.name) reads quiescent" }
        if atom.predicate.mayFail { return "\(property.name) may fail to be evaluated" }
      }
    }
    if oracle != nil { return "a solver is asked" }
    if choices.contains(where: { $0.kind == .flip }) {
      return "each state owes the outcomes of its draws"
    }
    if !actions.contains(where: \.isOwed) { return "nothing is owed fairness" }
    return nil
  }
}

extension Predicate {
  fileprivate var mayFail: Bool { result.mayFail || statements.contains(where: \.mayFail) }
}
