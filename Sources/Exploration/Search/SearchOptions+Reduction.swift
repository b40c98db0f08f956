import Reduction
import Symmetry
import TransitionSystem

extension SearchOptions {
  /// Why partial-order reduction would not preserve what is looked for, in words; nil where it
  /// does.
  func partialOrderObstacle(_ system: TransitionSystem) -> String? {
    if case .randomWalk = strategy { return "random walks store no states" }
    if depthMax != nil { return "por goes ways of other lengths than a depth bound counts" }
    if strategy == .breadthFirst && !store.knowsLevels {
      return "por asks which level a state lies in, which the store forgets"
    }
    let wanted = properties ?? Set(system.properties.indices)
    return wanted.contains { system.properties[$0].readsQuiescent }
      ? "a property reads quiescent, which por does not preserve" : nil
  }

  /// Why members cannot be exchanged, in words; nil where they can.
  func symmetryObstacle(_ system: TransitionSystem) -> String? {
    if case .randomWalk = strategy { return "random walks store no states" }
    do {
      _ = try SymmetryPlan(system, families: symmetricFamilies)
      return nil
    } catch { return error.description }
  }

  /// The relations for stubborn sets.
  func stubbornTables(_ system: TransitionSystem) -> StubbornTables {
    StubbornTables(
      system, properties: properties ?? Set(system.properties.indices),
      omitting: omittedConditions,
      executions: preservesExecutions
        ? ExecutionConditions(omitting: omittedExecutionConditions) : nil)
  }

  /// As these options want them, for one worker.
  func stubbornSets(_ system: TransitionSystem) -> StubbornSets {
    StubbornSets(stubbornTables(system), stubborn)
  }

  /// Without what does not preserve what is looked for; why, in the statistics.
  func applicable(to system: TransitionSystem, _ statistics: inout SearchStatistics)
    -> SearchOptions
  {
    var result = self
    if partialOrder, let obstacle = partialOrderObstacle(system) {
      statistics.partialOrderRefusal = obstacle
      result.partialOrder = false
    }
    if !symmetricFamilies.isEmpty, let obstacle = symmetryObstacle(system) {
      statistics.symmetryRefusal = obstacle
      result.symmetricFamilies = []
    }
    return result
  }
}

extension SearchStatistics {
  mutating func notePartialOrder(_ options: SearchOptions) {
    partialOrder = true
    stubborn = options.stubborn == .auto ? .closure : options.stubborn
    checksStubbornSets = options.checksStubbornSets
  }

  /// Takes over why reductions could not be used.
  mutating func addRefusals(_ notes: SearchStatistics) {
    partialOrderRefusal = notes.partialOrderRefusal ?? partialOrderRefusal
    symmetryRefusal = notes.symmetryRefusal ?? symmetryRefusal
  }
}
