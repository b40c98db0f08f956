import Exploration
import Report
import Temporal
import TransitionSystem

/// What became of the properties of executions.
struct ExecutionResults {
  /// By name, those that the check wants to know about.
  var outcomes: [String: ExecutionOutcome] = [:]
  /// Elapsed seconds of the phases of linear time.
  var seconds: [(phase: String, seconds: Double)] = []
}

/// Properties of executions, on the graph that the search noted or, where that had reductions or
/// another store, on one of a search of its own.
extension CheckRun {
  func wantsExecutions(_ system: TransitionSystem) -> Bool {
    system.temporalProperties.contains { isSelected($0.name) }
  }

  /// The system with those properties of executions only that the check wants to know about: a
  /// search evaluates their atoms.
  func withWantedExecutions(_ system: TransitionSystem) -> TransitionSystem {
    var system = system
    system.temporalProperties = system.temporalProperties.filter { isSelected($0.name) }
    return system
  }

  /// By name, those that the check wants to know about.
  func executions(
    _ system: TransitionSystem, _ result: SearchResult, _ options: SearchOptions
  ) -> ExecutionResults {
    let wanted = system.temporalProperties.filter { isSelected($0.name) }
    if wanted.isEmpty { return ExecutionResults() }
    func all(_ verdict: Verdict) -> ExecutionResults {
      ExecutionResults(
        outcomes: Dictionary(
          wanted.map { ($0.name, ExecutionOutcome(verdict: verdict)) },
          uniquingKeysWith: { first, _ in first }))
    }
    if let why = Judge.gaveUp(result, request) { return all(.unknown(why)) }
    let source = result.graph == nil ? searchedAgain(system, options) : result
    guard let graph = source.graph else {
      let isWhole = [.exhausted, .depthBound].contains(source.stopReason)
      return all(.unknown(isWhole ? "the memory budget ran out" : Judge.end(source, request)))
    }
    // The search keeps what it has as long as there is its graph.
    let memoryMax = max(0, options.memoryMax - source.statistics.memoryPeak)
    var checks = ExecutionChecks(self, system, graph, memoryMax: memoryMax)
    var outcomes: [String: ExecutionOutcome] = [:]
    var first = 0
    for property in wanted {
      outcomes[property.name] = checks.outcome(of: property, first: first) {
        Self.unevaluatedWords(system, property.atoms)
      }
      first += property.atoms.count
    }
    return ExecutionResults(
      outcomes: outcomes,
      seconds: LinearPhase.allCases.map { ($0.rawValue, checks.seconds[$0] ?? 0) })
  }

  /// The whole graph, with nothing looked for.
  private func searchedAgain(
    _ system: TransitionSystem, _ options: SearchOptions
  ) -> SearchResult {
    var plain = options
    plain.strategy = .breadthFirst
    plain.store = .exact
    plain.partialOrder = false
    plain.symmetricFamilies = []
    plain.clearsDead = false
    plain.slices = false
    plain.properties = []
    plain.builtIns = []
    plain.notesGraph = true
    return explore(
      withWantedExecutions(system), options: plain, progress: SearchProgress(),
      cancellation: Interruption.flag)
  }

  /// What is said beside the reductions of a search that are of no use for executions.
  var executionsNote: String {
    "; executions on all states, for what is left out may be what fairness insists on"
  }
}
