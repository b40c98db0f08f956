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
  /// Of the graph that they were checked on first.
  var states: Int?
  /// Whether that lacks dead data, and is the one that the search noted.
  var leavesOutDeadData = false
  var isOfSearch = false
  /// Those that were checked on all states then.
  var onAllStates: [String] = []
  /// Whether there are no others than valences.
  var onlyCount = false
}

/// Properties of executions, on the graph that the search noted or, where that had other reductions
/// than those of dead data or another store, on one of a search of its own.
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
    let system = withWantedExecutions(system)
    let wanted = system.temporalProperties
    var results = ExecutionResults()
    if wanted.isEmpty { return results }
    if let why = Judge.gaveUp(result, request) {
      results.give(.unknown(why), to: wanted)
      return results
    }
    results.isOfSearch = result.graph != nil
    results.onlyCount = wanted.allSatisfy(\.countsStates)
    if !results.onlyCount || !options.leavesOutDeadData {
      var found = result
      if result.graph == nil { found = searchedAgain(system, options) }
      results.states = found.graph?.stateCount
      results.leavesOutDeadData = found.graphSystem != nil
      check(wanted, system, on: found, options, &results)
    }
    let rest = wanted.filter { results.outcomes[$0.name]?.needsAllStates ?? true }
    if rest.isEmpty { return results }
    if results.leavesOutDeadData { results.onAllStates = rest.map(\.name) }
    // The first graph is still there if it is that of the search.
    var plain = options
    plain.clearsDead = false
    plain.slices = false
    if results.isOfSearch {
      plain.memoryMax = max(0, plain.memoryMax - result.statistics.memoryPeak)
    }
    let all = searchedAgain(system, plain)
    results.states = results.states ?? all.graph?.stateCount
    check(rest, system, on: all, plain, &results)
    return results
  }

  /// Checks what the graph of a search can tell; without one nothing is known.
  private func check(
    _ properties: [TemporalProperty], _ system: TransitionSystem, on source: SearchResult,
    _ options: SearchOptions, _ results: inout ExecutionResults
  ) {
    guard let graph = source.graph else {
      let isWhole = [.exhausted, .depthBound].contains(source.stopReason)
      results.give(
        .unknown(isWhole ? "the memory budget ran out" : Judge.end(source, request)),
        to: properties)
      return
    }
    // The search keeps what it has as long as there is its graph.
    let memoryMax = max(0, options.memoryMax - source.statistics.memoryPeak)
    var checks = ExecutionChecks(
      self, system, graph, of: source.graphSystem, memoryMax: memoryMax)
    let names = Set(properties.map(\.name))
    var first = 0
    for property in system.temporalProperties {
      let isTold = source.graphSystem == nil || !property.countsStates
      if names.contains(property.name) && isTold {
        results.outcomes[property.name] = checks.outcome(of: property, first: first) {
          Self.unevaluatedWords(system, property.atoms)
        }
      }
      first += property.atoms.count
    }
    results.add(checks.seconds)
  }

  /// A graph with nothing looked for, without partial-order and symmetry reduction.
  private func searchedAgain(
    _ system: TransitionSystem, _ options: SearchOptions
  ) -> SearchResult {
    var plain = options
    plain.strategy = .breadthFirst
    plain.store = .exact
    plain.partialOrder = false
    plain.symmetricFamilies = []
    plain.fullStatesMax = nil
    plain.properties = []
    plain.builtIns = []
    plain.notesGraph = true
    return explore(
      system, options: plain, progress: SearchProgress(), cancellation: Interruption.flag)
  }
}

extension ExecutionResults {
  fileprivate mutating func give(_ verdict: Verdict, to properties: [TemporalProperty]) {
    for property in properties {
      outcomes[property.name] = ExecutionOutcome(verdict: verdict)
    }
  }

  fileprivate mutating func add(_ times: [LinearPhase: Double]) {
    seconds = LinearPhase.allCases.map { phase in
      let before = seconds.first { $0.phase == phase.rawValue }?.seconds ?? 0
      return (phase.rawValue, before + (times[phase] ?? 0))
    }
  }

  /// What is said beside the reductions of a search of the states that executions were checked on.
  var note: String {
    if outcomes.isEmpty { return "" }
    if onlyCount { return "; valence on all states, for it counts them" }
    guard leavesOutDeadData, let states else {
      return "; executions on all states, for what is left out may be what fairness insists on"
    }
    var words =
      isOfSearch
      ? "; executions on the same states"
      : "; executions on \(states) states without dead data, of which nothing else is left out, "
        + "for it may be what fairness insists on"
    if !onAllStates.isEmpty { words += ", \(onAllStates.joined(separator: ", ")) on all states" }
    return words
  }
}

extension TemporalProperty {
  /// Whether two states that are alike are two.
  fileprivate var countsStates: Bool { if case .valence = kind { true } else { false } }
}

extension SearchOptions {
  fileprivate var leavesOutDeadData: Bool { clearsDead || slices }
}
