import Exploration
import Reduction
import TransitionSystem

/// What partial-order reduction left out of a graph for executions.
struct ReducedExecutions {
  /// Of which something is left out.
  var states = 0
  /// Why nothing is, although that was asked for, as half a sentence.
  var whyNone: String?
  private var checksSets = false

  init() {}

  init(_ measured: SearchStatistics, obstacle: String?) {
    states = measured.reducedStates
    checksSets = measured.checksStubbornSets
    whyNone = obstacle ?? (states == 0 ? "all are needed" : nil)
  }

  var words: String {
    ", \(states) of them in part by por" + (checksSets ? ", each set checked" : "")
  }
}

/// Formulas of linear time with `--reduce por`: on a graph of their own, which lacks what no fair
/// execution needs (`Analysis.executionRows`).
extension CheckRun {
  /// Asks a search whose graph is for executions to leave out what they do not need, if `search`
  /// does; why not, as half a sentence.
  ///
  /// `system`: with those properties of executions only that are wanted.
  func reduceExecutions(
    _ options: inout SearchOptions, like search: SearchOptions, _ system: TransitionSystem
  ) -> String? {
    if !search.partialOrder || request.reductions == .automatic { return nil }
    if let obstacle = obstacle(system, search) { return obstacle }
    options.partialOrder = true
    options.preservesExecutions = true
    options.omittedExecutionConditions = omittedExecutionConditions
    if options.stubborn == .deletion { options.stubborn = .closure }
    return nil
  }

  /// Why that is not possible; nil where it is.
  private func obstacle(_ system: TransitionSystem, _ options: SearchOptions) -> String? {
    if options.strategy != .breadthFirst { return "only levels tell which cycles there are" }
    if options.depthMax != nil { return "por goes ways of other lengths than --depth counts" }
    if request.explainsFairness { return "to leave out steps needs all fairness there is" }
    return system.reducedExecutionsObstacle
  }
}
