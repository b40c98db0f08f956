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
  /// What partial-order reduction left out of these.
  var partialOrder = ReducedExecutions()
  /// Faults of a search of its own.
  var faults: [String] = []

  var areReduced: Bool { leavesOutDeadData || partialOrder.states > 0 }
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
      if result.graph == nil { found = searchedAgain(system, options, &results) }
      results.states = found.graph == nil ? nil : found.states
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
    plain.partialOrder = false
    if results.isOfSearch {
      plain.memoryMax = max(0, plain.memoryMax - result.statistics.memoryPeak)
    }
    let all = searchedAgain(system, plain, &results)
    results.states = results.states ?? (all.graph == nil ? nil : all.states)
    check(rest, system, on: all, plain, &results)
    return results
  }

  /// Checks what the graph of a search can tell; without one nothing is known.
  private func check(
    _ properties: [TemporalProperty], _ system: TransitionSystem, on source: SearchResult,
    _ options: SearchOptions, _ results: inout ExecutionResults
  ) {
    let isWhole = [.exhausted, .depthBound].contains(source.stopReason)
    // What a budget cut has a graph, too, of what there was by then.
    guard isWhole, let graph = source.graph else {
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

  /// A graph with nothing looked for, and only those reductions that executions allow.
  private func searchedAgain(
    _ system: TransitionSystem, _ options: SearchOptions, _ results: inout ExecutionResults
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
    let obstacle = reduceExecutions(&plain, like: options, system)
    let found = explore(
      system, options: plain, progress: SearchProgress(), cancellation: Interruption.flag)
    results.faults += found.internalFaults
    if options.partialOrder {
      results.partialOrder = ReducedExecutions(found.statistics, obstacle: obstacle)
    }
    return found
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
    guard areReduced, let states else {
      let why = partialOrder.whyNone ?? "what is left out may be what fairness insists on"
      return "; executions on all states, for \(why)"
    }
    var words = "; executions on the same states"
    if !isOfSearch {
      let why = partialOrder.whyNone ?? "it may be what fairness insists on"
      words = "; executions on \(states) states" + (leavesOutDeadData ? " without dead data" : "")
      words +=
        partialOrder.states > 0
        ? partialOrder.words : ", of which nothing else is left out, for \(why)"
    }
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
