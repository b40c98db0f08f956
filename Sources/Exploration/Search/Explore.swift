import DeadData
import Synchronization
import TransitionSystem

/// Explores the reachable states of `system`.
///
/// Deterministic: counts, outcomes and traces do not depend on `options.workers`, except where a
/// budget (states, memory, time, cancellation) ends the search inside a level.
public func explore(
  _ system: TransitionSystem, options: SearchOptions, progress: SearchProgress,
  cancellation: CancellationFlag
) -> SearchResult {
  let wall = monotonicNanoseconds()
  let processor = processorNanoseconds()
  var searched = system
  if !options.notesGraph { searched.temporalProperties = [] }
  let compiled = CompiledSystem(searched, affected: AffectedProperties(searched))
  var notes = SearchStatistics()
  let phases = Phases(options: options.applicable(to: system, &notes)) {
    progress.transitionCount.store(0, ordering: .relaxed)
    return searchLiveData(compiled, $0, progress, cancellation)
  }
  var result = phases.run() ?? refused(system, options)
  result.statistics.addRefusals(notes)
  result.statistics.wallSeconds = Double(monotonicNanoseconds() - wall) / 1e9
  result.statistics.processorSeconds = Double(processorNanoseconds() - processor) / 1e9
  progress.phaseNow.store(SearchProgress.Phase.finished.rawValue, ordering: .relaxed)
  return result
}

/// Searches without dead data, if that is wanted; what is found is of the system itself. Nil where
/// memory is refused, or there is none although the options need some.
private func searchLiveData(
  _ compiled: CompiledSystem, _ options: SearchOptions, _ progress: SearchProgress,
  _ cancellation: CancellationFlag
) -> SearchResult? {
  guard let data = DeadData(compiled.system, options) else {
    return options.needsDeadData ? nil : search(compiled, options, progress, cancellation)
  }
  let reduced = CompiledSystem(data.system, affected: AffectedProperties(data.system))
  guard var result = search(reduced, options, progress, cancellation) else { return nil }
  result.statistics.slicedVariables = data.slicedVariables
  result.statistics.clearedVariables = data.clearedVariables
  if result.graph != nil { result.graphSystem = data.system }
  result.lift(from: reduced, to: compiled)
  return result
}

private func search(
  _ compiled: CompiledSystem, _ options: SearchOptions, _ progress: SearchProgress,
  _ cancellation: CancellationFlag
) -> SearchResult? {
  switch options.strategy {
  case .breadthFirst:
    return searchBreadthFirst(compiled, options, progress, cancellation)
  case .depthFirst:
    return searchDepthFirst(compiled, options, progress, cancellation)
  case .randomWalk(let count):
    return RandomWalks(compiled, options, progress, cancellation, count: count).run()
  }
}

private func refused(_ system: TransitionSystem, _ options: SearchOptions) -> SearchResult {
  var refused = SearchResult(system, options, Agenda(system, options))
  refused.stopReason = .memory
  return refused
}

/// One engine for each store; exact ones go by the number of bits of a state. Stubborn sets ask the
/// store where a state stands, for which quotients have bits to spare. A graph is made of
/// identities, which those have that keep whole states.
private func searchBreadthFirst(
  _ compiled: CompiledSystem, _ options: SearchOptions, _ progress: SearchProgress,
  _ cancellation: CancellationFlag
) -> SearchResult? {
  let needsStates =
    options.keepsWholeStates || options.preservesExecutions
    || options.notesGraph && !options.partialOrder
  let hasQuotients = options.mayHaveQuotients(compiled.system.layout)
  let isShort = compiled.wordCount == 1 || hasQuotients
  switch options.store {
  case .exact where options.notesGraph && !options.partialOrder && isShort:
    return BreadthFirst<NumberedStore>(compiled, options, progress, cancellation)?.run()
  case .exact where !needsStates && hasQuotients:
    return BreadthFirst<KeyStore<QuotientTable>>(compiled, options, progress, cancellation)?.run()
  case .exact where compiled.wordCount > 1 || needsStates || options.partialOrder:
    return BreadthFirst<ExactStore>(compiled, options, progress, cancellation)?.run()
  case .compact where compiled.wordCount > 0:
    return BreadthFirst<CompactStore>(compiled, options, progress, cancellation)?.run()
  case .fingerprint where options.partialOrder:
    return BreadthFirst<KeyStore<QuotientTable>>(compiled, options, progress, cancellation)?.run()
  case .exact, .compact, .fingerprint, .fingerprint128:
    return BreadthFirst<KeyStore<KeyTable>>(compiled, options, progress, cancellation)?.run()
  case .bitstate:
    return BreadthFirst<BitStore>(compiled, options, progress, cancellation)?.run()
  }
}

extension SearchOptions {
  /// Whether states fit slots of 8 bytes as quotients, with what the search must know of each.
  fileprivate func mayHaveQuotients(_ layout: StateLayout) -> Bool {
    if partialOrder && layout.wordCount == 1 { return true }
    guard let quotient = StateQuotient(layout, memoryMax: memoryMax) else { return false }
    return !partialOrder || quotient.mayHaveStages(memoryMax: memoryMax)
  }
}
