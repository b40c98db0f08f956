import Synchronization
import TransitionSystem

/// What several workers met on a depth-first search, for one worker to settle.
///
/// Of a state that was looked for they know that it is reachable; one worker, whose order of states
/// is always the same, finds the first one and the path to it. So reports do not depend on the
/// number of workers. Price: up to one more search, by one worker, where something was found.
struct UnsettledSearch: Sendable {
  let met: CandidateTable
  /// Whether one worker begins again with everything, because counts depend on where a search ends.
  let isWhole: Bool
}

/// Searches depth-first with the workers that the options allow.
func searchDepthFirst(
  _ compiled: CompiledSystem, _ options: SearchOptions, _ progress: SearchProgress,
  _ cancellation: CancellationFlag
) -> SearchResult? {
  let limits = SearchLimits(options, cancellation)
  guard let shared = searchOnce(compiled, options, progress, limits) else { return nil }
  guard let unsettled = shared.unsettled else { return shared.result }
  let began = monotonicNanoseconds()
  progress.phaseNow.store(SearchProgress.Phase.tracing.rawValue, ordering: .relaxed)
  let alone = unsettled.options(options, shared.result)
  let again =
    unsettled.isWhole
    ? SearchLimits(options, cancellation) : SearchLimits(tracingUntilCancelled: limits)
  var result = unsettled.settle(
    shared.result, with: searchOnce(compiled, alone, progress, again)?.result)
  result.statistics.traceSeconds += Double(monotonicNanoseconds() - began) / 1e9
  return result
}

/// One search, whose memory is free again when this returns.
private func searchOnce(
  _ compiled: CompiledSystem, _ options: SearchOptions, _ progress: SearchProgress,
  _ limits: SearchLimits
) -> (result: SearchResult, unsettled: UnsettledSearch?)? {
  guard var search = DepthFirst(compiled, options, progress, limits) else { return nil }
  let result = search.run()
  return (result, search.unsettled)
}

extension UnsettledSearch {
  /// For the search of one worker.
  fileprivate func options(_ options: SearchOptions, _ shared: SearchResult) -> SearchOptions {
    var alone = options
    alone.workers = 1
    if isWhole { return alone }
    alone.trial = nil
    alone.stopAtFirst = false
    alone.stopsWhenAllFound = true
    // One that cannot be evaluated somewhere counts until it is found.
    alone.properties = Set(
      shared.properties.indices.filter {
        met[.property($0)] != nil || shared.propertyFailed[$0] && isOpen(.property($0), shared)
      })
    alone.builtIns = options.builtIns.filter { met[.builtIn($0)] != nil }
    return alone
  }

  private func isOpen(_ target: SearchTarget, _ shared: SearchResult) -> Bool {
    if case .notFound = shared[target] { true } else { false }
  }

  /// Puts together what all met and what one found.
  fileprivate func settle(_ shared: SearchResult, with alone: SearchResult?) -> SearchResult {
    guard let alone, alone.stopReason.isSettled else { return withoutTraces(shared, alone) }
    if isWhole {
      var result = alone
      result.statistics.workers = shared.statistics.workers
      result.statistics.memoryPeak = max(
        alone.statistics.memoryPeak, shared.statistics.memoryPeak)
      return result
    }
    var result = shared
    result.internalFaults += alone.internalFaults
    for (index, candidate) in met.entries.enumerated() {
      guard let candidate else { continue }
      let target = met.target(index)
      result[target] = alone[target]
      // What fails inside a property may come behind the end of the interest in it.
      if alone[target].finding == nil && candidate.property == nil {
        result.internalFaults.append("one worker did not meet what several met: \(target)")
      }
    }
    for index in result.propertyFailed.indices where isOpen(.property(index), shared) {
      result.propertyFailed[index] = alone.propertyFailed[index]
    }
    return result
  }

  /// Where a budget ended the search of one worker: what it found, and of the rest only that it
  /// occurs.
  private func withoutTraces(_ shared: SearchResult, _ alone: SearchResult?) -> SearchResult {
    var result = shared
    for (index, candidate) in met.entries.enumerated() {
      guard let candidate else { continue }
      let target = met.target(index)
      result[target] = .found(alone?[target].finding ?? candidate.finding)
    }
    return result
  }
}

extension StopReason {
  /// Whether the search went as far as it had to.
  fileprivate var isSettled: Bool {
    switch self {
    case .exhausted, .firstFound, .growthNeeded, .internalFault: true
    case .depthBound, .walksDone, .stateLimit, .memory, .storeFull, .time, .cancelled: false
    }
  }
}
