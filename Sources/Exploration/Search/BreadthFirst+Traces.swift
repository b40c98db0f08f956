import Symmetry
import Synchronization
import TransitionSystem

/// Shortest paths found again from the levels.
///
/// No state has a link to its parent (that would be 5 bytes a state, and depend on the race that
/// stored it). Instead the levels are walked back: of level d - 1 all states are expanded again,
/// and each state wanted at level d gets the predecessor with the least words. All findings go back
/// together, so the whole costs at most one more search without the visited set, and only as deep
/// as the deepest finding. Deterministic, because nothing but the set of states of a level counts.
extension BreadthFirst where Store: ~Copyable {
  /// Gives every finding, and the first overflow if wanted, its trace.
  func addTraces() {
    progress.phaseNow.store(SearchProgress.Phase.tracing.rawValue, ordering: .relaxed)
    let begin = monotonicNanoseconds()
    var wanted: [(target: SearchTarget?, candidate: FindingCandidate)] = []
    for builtInOrProperty in orderedTargets {
      if let candidate = findings[builtInOrProperty] {
        wanted.append((builtInOrProperty, candidate))
      }
    }
    if options.tracesGrowth, let growth = result.growth {
      wanted.append((nil, FindingCandidate(depth: growth.depth, state: growth.state)))
    }
    if wanted.isEmpty { return }
    watchExpansions(SearchLimits(tracingUntilCancelled: limits))
    let sizes = (0..<levels.count).map { levels.size($0) }
    if let paths = findPaths(wanted.map(\.candidate), sizes) {
      for (index, item) in wanted.enumerated() {
        if limits.tracingIsCancelled { break }
        addTrace(paths[index], item.candidate, item.target)
      }
    }
    result.statistics.traceSeconds = Double(monotonicNanoseconds() - begin) / 1e9
  }

  /// What ends expansions from now on.
  func watchExpansions(_ limits: SearchLimits) {
    for index in 0..<workerCount { workers[index].checks.machine.machine.watch.limits = limits }
  }

  private var orderedTargets: [SearchTarget] {
    compiled.system.properties.indices.map { .property($0) }
      + BuiltIn.allCases.map { .builtIn($0) }
  }

  private func addTrace(_ path: [[UInt64]], _ candidate: FindingCandidate, _ target: SearchTarget?)
  {
    switch compiled.trace(path, candidate, target, symmetry) {
    case .success(let trace):
      if let target { result.add(trace, to: target) } else { result.growth?.trace = trace }
    case .failure(let fault): result.internalFaults.append(fault.description)
    }
  }

  /// For each candidate a path from an initial state to it; nil where cancelled or impossible.
  private func findPaths(_ candidates: [FindingCandidate], _ sizes: [Int]) -> [[[UInt64]]]? {
    var paths = candidates.map { [$0.state] }
    // What a step makes differs from the representative that it was found as.
    let masks = symmetry == nil ? WriteMasks(compiled.system) : nil
    var level = (candidates.map(\.depth).max() ?? 0) - 1
    while level >= 0 {
      guard bringBack(level, sizes: sizes) else { return nil }
      let moving = candidates.indices.filter { candidates[$0].depth > level }
      guard
        let found = findPredecessors(
          of: moving.map { paths[$0][paths[$0].count - 1] }, in: level, masks)
      else { return nil }
      for (number, index) in moving.enumerated() {
        guard let predecessor = found[number] else {
          // Where states were taken for others, another search may go another way.
          if result.omission == nil {
            result.internalFaults.append("a state of depth \(level + 1) has no predecessor")
          }
          return nil
        }
        paths[index].append(predecessor)
      }
      level -= 1
    }
    return paths.map { $0.reversed() }
  }

  /// The least predecessor of each target among the states of a level; nil where cancelled.
  private func findPredecessors(
    of targets: [[UInt64]], in level: Int, _ masks: WriteMasks?
  ) -> [[UInt64]?]? {
    var merged = PredecessorSearch(targets: targets)
    for index in 0..<workerCount { workers[index].predecessors = merged }
    let limits = limits
    sweep(level) { [self] worker in
      func visit(_ mayLead: (UnsafePointer<UInt64>) -> Bool) {
        workers[worker].visitLevel(
          self, isCancelled: { limits.tracingIsCancelled }, where: mayLead
        ) { worker, source, _ in worker.predecessors.look(at: worker.buffer, from: source) }
      }
      if let masks, masks.pays(for: targets.count) {
        masks.withTest(of: targets, visit)
      } else {
        visit { _ in true }
      }
    }
    if limits.tracingIsCancelled { return nil }
    for index in 0..<workerCount { merged.merge(workers[index].predecessors) }
    return merged.predecessors
  }
}
