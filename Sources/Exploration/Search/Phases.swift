import Reduction
import TransitionSystem

/// A search in full, and behind `fullStatesMax` states one with reductions, from the beginning.
///
/// What the first one found is not looked for by the second: its traces are the shortest, and
/// fewer properties see fewer steps.
struct Phases {
  let options: SearchOptions
  let search: @Sendable (SearchOptions) -> SearchResult?

  /// Nil where memory is refused.
  func run() -> SearchResult? {
    guard let statesMax = options.fullStatesMax, statesMax < options.statesMax ?? .max,
      options.partialOrder || !options.symmetricFamilies.isEmpty || options.leavesOutDeadData
    else { return search(options) }
    guard let full = search(trial(statesMax)) else { return nil }
    guard full.stopReason == .stateLimit, let trial = full.statistics.trial else { return full }
    var rest = options
    rest.partialOrder = options.partialOrder && trial.partialOrderRefusal == nil
    rest.clearsDead = options.clearsDead && trial.deadDataIsWorthIt
    rest.slices = options.slices && trial.deadDataIsWorthIt
    if options.stubborn == .auto { rest.stubborn = choice(after: trial) }
    rest.properties = Set(
      full.properties.indices.filter {
        options.properties?.contains($0) ?? true && full.properties[$0].finding == nil
      })
    rest.builtIns = options.builtIns.filter { full[.builtIn($0)].finding == nil }
    guard var reduced = search(rest) else { return nil }
    reduced.add(trial: full)
    reduced.statistics.partialOrderRefusal =
      options.partialOrder ? trial.partialOrderRefusal : nil
    return reduced
  }

  /// The trial saw late levels only. A breadth-first search finds out itself, from the beginning,
  /// whether `local` is as good.
  private func choice(after trial: FullTrial) -> StubbornChoice {
    options.strategy == .breadthFirst && trial.stubborn == .local ? .auto : trial.stubborn
  }

  private func trial(_ statesMax: Int) -> SearchOptions {
    var trial = options
    trial.trial = TrialPlan(
      statesMax: statesMax, statesMaxAfter: options.statesMax, partialOrder: options.partialOrder,
      symmetry: !options.symmetricFamilies.isEmpty,
      statesWithoutDeadData: options.leavesOutDeadData ? statesWithoutDeadData : nil)
    trial.statesMax = statesMax
    trial.partialOrder = false
    trial.symmetricFamilies = []
    trial.clearsDead = false
    trial.slices = false
    return trial
  }

  /// The states of at most a depth, as a search counts them that looks for nothing but leaves out
  /// the same.
  private var statesWithoutDeadData: @Sendable (Int) -> Int? {
    { [options, search] depth in
      var bounded = options
      bounded.depthMax = depth
      bounded.fullStatesMax = nil
      bounded.partialOrder = false
      bounded.symmetricFamilies = []
      bounded.builtIns = []
      bounded.stopTargets = []
      bounded.stopAtFirst = false
      bounded.tracesFindings = false
      bounded.notesGraph = false
      bounded.engine = .vm
      bounded.needsDeadData = true
      guard let result = search(bounded), result.statistics.leavesOutDeadData,
        [.exhausted, .depthBound].contains(result.stopReason)
      else { return nil }
      return result.states
    }
  }
}

extension SearchOptions {
  fileprivate var leavesOutDeadData: Bool { clearsDead || slices }
}

extension SearchStatistics {
  fileprivate var leavesOutDeadData: Bool {
    !clearedVariables.isEmpty || !slicedVariables.isEmpty
  }
}

extension SearchResult {
  /// Takes over what a trial found.
  fileprivate mutating func add(trial: SearchResult) {
    let properties = properties.indices.map { SearchTarget.property($0) }
    for target in properties + BuiltIn.allCases.map({ .builtIn($0) })
    where trial[target].finding != nil { self[target] = trial[target] }
    for index in propertyFailed.indices where trial.propertyFailed[index] {
      propertyFailed[index] = true
    }
    internalFaults = trial.internalFaults + internalFaults
    statistics.trial = trial.statistics.trial
    statistics.traceSeconds += trial.statistics.traceSeconds
    statistics.memoryPeak = max(statistics.memoryPeak, trial.statistics.memoryPeak)
  }
}
