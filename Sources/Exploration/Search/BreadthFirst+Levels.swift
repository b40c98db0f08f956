import Symmetry
import Synchronization
import TransitionSystem

extension BreadthFirst where Store: ~Copyable {
  /// The whole search: initial states, levels, traces.
  func run() -> SearchResult {
    if storeInitialStates() { searchLevels() } else { endTrialAtOnce() }
    gatherCounts()
    if result.stopReason == .depthBound { inspectLast() }
    result.add(findings)
    result.addStore(store.pointee, statesHeld: heldMax, beside: 0)
    if options.tracesFindings { addTraces() }
    result.statistics.memoryPeak = max(result.statistics.memoryPeak, bytesUsed)
    result.addEngine(tier)
    // Only in the copy that is returned: a graph keeps the search.
    var found = result
    if options.notesGraph { found.graph = notedGraph() }
    found.statistics.memoryPeak = result.statistics.memoryPeak
    return found
  }

  // MARK: Initial states

  /// Level 0; false where the search cannot go on from it.
  func storeInitialStates() -> Bool {
    store.pointee.beginLevel(fresh: stageCode.stored(depth: 0))
    let expansion = workers[0].makeInitialStates()
    result.statistics.initialStates = workers[0].buffer.count
    if let interruption = expansion.interruption {
      stop(initial: interruption)
      return false
    }
    workers[0].checks.noteInitialFailures()
    while !workers[0].insert(self, depth: 0) {
      if let reason = pauseToGrow() {
        result.stopReason = reason
        return false
      }
    }
    workers[0].buffer.removeAll()
    workers[0].inserted = 0
    workers[0].log?.endInitialStates()
    levels.close(counts: counts)
    return endLevel()
  }

  private func stop(initial interruption: Interruption) {
    if case .growth(let channel) = interruption {
      result.stopReason = .growthNeeded([channel])
    } else if let reason = limits.stopReason {
      result.stopReason = reason
    } else {
      result.stopReason = .internalFault
      result.internalFaults.append("the machine stopped in the initial program: \(interruption)")
    }
  }

  // MARK: Levels

  private func searchLevels() {
    var depth = 0
    while levels.size(depth) > 0 {
      if let depthMax = options.depthMax, depth >= depthMax {
        result.stopReason = .depthBound
        return
      }
      progress.depthNow.store(depth, ordering: .relaxed)
      progress.frontierCount.store(levels.size(depth), ordering: .relaxed)
      progress.memoryBytes.store(budget.inUse, ordering: .relaxed)
      let stopped = expand(depth)
      levels.close(counts: counts)
      if endsTrial(stopped) { return }
      forgetLevels(upTo: depth)
      choosePace()
      chooseClosure()
      continueTrial()
      let goesOn = endLevel()
      if let stopped { result.stopReason = stopped }
      if !goesOn || stopped != nil { return }
      depth += 1
    }
    result.stopReason = .exhausted
  }

  /// Expands a level, growing as often as it takes; the reason, where that did not go to its end.
  func expand(_ depth: Int) -> StopReason? {
    let size = levels.size(depth)
    if options.partialOrder && !beginReducing(depth) {
      limits.stop(.memory)
      return limits.stopReason
    }
    sweep(depth) { [self] worker in workers[worker].expandLevel(self, depth: depth) }
    while mustPause {
      if let reason = pauseToGrow() { return reason }
      // The cursor goes on where it was.
      runPhase(size: size) { [self] worker in workers[worker].expandLevel(self, depth: depth) }
    }
    return nil
  }

  private func pauseToGrow() -> StopReason? {
    if let reason = limits.stopReason { return reason }
    if grow() { return nil }
    limits.stop(store.pointee.fullReason)
    return limits.stopReason
  }

  /// Takes over what the workers found; false where that ends the search.
  func endLevel() -> Bool {
    var first = CandidateTable(propertyCount: compiled.system.properties.count)
    for index in 0..<workerCount {
      first.merge(workers[index].checks.candidates)
      workers[index].checks.forgetCandidates()
      if let fault = workers[index].fault { result.internalFaults.append(fault) }
      workers[index].fault = nil
    }
    var goesOn = gatherOverflows() && result.internalFaults.isEmpty
    var isAgendaNew = false
    for (index, candidate) in first.entries.enumerated() {
      guard let candidate else { continue }
      let target = first.target(index)
      findings[target] = candidate
      agenda.remove(target)
      isAgendaNew = true
      if goesOn && options.stops(at: target, compiled.system) {
        result.stopReason = .firstFound
        goesOn = false
      }
    }
    for index in 0..<workerCount where isAgendaNew { workers[index].checks.follow(agenda) }
    return goesOn
  }

  /// All channels that overflowed in the level, so that the next representation does not depend on
  /// which worker was first.
  private func gatherOverflows() -> Bool {
    var channels: Set<ChannelID> = []
    var first: FindingCandidate?
    for index in 0..<workerCount {
      channels.formUnion(workers[index].overflows)
      guard let candidate = workers[index].overflow else { continue }
      if first.map({ candidate.precedes($0) }) ?? true { first = candidate }
    }
    if channels.isEmpty { return true }
    // The channels of members that were not told apart have the same room.
    let all = symmetry?.orbit(of: channels) ?? channels
    result.stopReason = .growthNeeded(all.sorted { $0.index < $1.index })
    result.growth = first?.finding
    return false
  }

  // MARK: The last level of a bounded search

  /// Evaluates what reads `quiescent` on the states that the depth bound leaves unexpanded.
  private func inspectLast() {
    if agenda.expanded.isEmpty { return }
    let depth = levels.count - 1
    sweep(depth) { [self] worker in workers[worker].inspectLevel(self, depth: depth) }
    if let reason = limits.stopReason { result.stopReason = reason }
    _ = endLevel()
    for index in 0..<workerCount { result.addFailed(workers[index].checks) }
  }

  // MARK: Counts

  private var bytesUsed: Int {
    if !hasStore { return 0 }
    let held = counts.reduce(0, +) - levels.statesBefore(firstLevelKept)
    return store.pointee.tableBytes + store.pointee.heldStateBytes * held
  }

  private func gatherCounts() {
    let stored = counts
    var omitted = 0.0
    result.states = stored.reduce(0, +)
    heldMax = max(heldMax, result.states - levels.statesBefore(firstLevelKept))
    result.depth = (0..<levels.count).last { levels.size($0) > 0 } ?? 0
    result.statistics.frontierPeak = (0..<levels.count).map { levels.size($0) }.max() ?? 0
    for index in 0..<workerCount {
      result.transitions += workers[index].transitions
      result.statistics.expandedStates += workers[index].expanded
      result.statistics.reducedStates += workers[index].reduced
      result.statistics.boundedChecks += workers[index].boundedChecks
      result.addSymmetry(workers[index].canonicalizer)
      result.statistics.outDegreeMax = max(
        result.statistics.outDegreeMax, workers[index].outDegreeMax)
      result.statistics.probes += workers[index].writer.probes
      result.statistics.tagCollisions += workers[index].writer.tagCollisions
      omitted += workers[index].writer.omitted
      result.addCoverage(workers[index].checks, compiled.system)
    }
    result.omission = store.pointee.omission(expected: omitted)
    let expanded = result.statistics.expandedStates
    result.statistics.outDegreeMean =
      expanded == 0 ? 0 : Double(result.transitions) / Double(expanded)
    progress.stateCount.store(result.states, ordering: .relaxed)
    progress.transitionCount.store(result.transitions, ordering: .relaxed)
  }
}
