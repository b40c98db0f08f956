import Synchronization
import TransitionSystem

extension DepthFirst {
  /// Takes over what was found with the state at hand; false where that ends the search.
  mutating func settle() -> Bool {
    if checks.candidates.isEmpty { return true }
    var agenda = checks.agenda
    var goesOn = true
    for (index, candidate) in checks.candidates.entries.enumerated() {
      guard let candidate else { continue }
      let target = checks.candidates.target(index)
      result[target] = .found(candidate.finding)
      agenda.remove(target)
      if options.tracesFindings, let trace = trace(candidate, target) {
        result.add(trace, to: target)
      }
      if options.stops(at: target, compiled.system) {
        result.stopReason = .firstFound
        goesOn = false
      }
    }
    checks.forgetCandidates()
    checks.follow(agenda)
    if options.stopsWhenAllFound && agenda.isEmpty {
      result.stopReason = .firstFound
      return false
    }
    return goesOn
  }

  /// The trace along the path to a candidate: the state at hand, or one of its successors.
  mutating func trace(_ candidate: FindingCandidate, _ target: SearchTarget?) -> Trace? {
    let begin = monotonicNanoseconds()
    defer { result.statistics.traceSeconds += Double(monotonicNanoseconds() - begin) / 1e9 }
    var states: [[UInt64]] = []
    for depth in 0..<candidate.depth {
      let words = store.arena.words(worker: 0, place: Int(path[depth]))
      states.append(Array(UnsafeBufferPointer(start: words, count: compiled.wordCount)))
    }
    states.append(candidate.state)
    switch compiled.trace(states, candidate, target, symmetry) {
    case .success(let trace): return trace
    case .failure(let fault):
      result.internalFaults.append(fault.description)
      return nil
    }
  }

  /// Counts and coverage at the end.
  mutating func finish() {
    noteTrial()
    result.addSymmetry(canonicalizer)
    result.addCoverage(checks, compiled.system)
    let expanded = result.statistics.expandedStates
    result.statistics.outDegreeMean =
      expanded == 0 ? 0 : Double(result.transitions) / Double(expanded)
    result.statistics.frontierPeak = max(result.statistics.frontierPeak, stack.peak)
    if !isShared {
      result.states = writer.arena.count
      result.statistics.probes = writer.probes
      result.statistics.tagCollisions = writer.tagCollisions
    }
    result.addStore(
      store, statesHeld: store.count, beside: stack.byteCount + path.byteCount + depths.byteCount)
    result.addEngine(tier)
    progress.stateCount.store(result.states, ordering: .relaxed)
    progress.transitionCount.store(result.transitions, ordering: .relaxed)
  }
}
