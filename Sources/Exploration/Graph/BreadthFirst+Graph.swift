import Columns
import TransitionSystem

extension BreadthFirst: StateKeeper where Store: ~Copyable {
  func words(_ number: Int) -> UnsafePointer<UInt64> {
    UnsafePointer(
      store.pointee.words(
        worker: number % workerCount, place: number / workerCount, reader: 0))
  }
}

/// The graph of a search that noted it.
///
/// What one worker noted is the graph, without a copy. Of several, identities depend on which was
/// first, so states are numbered anew: by a breadth-first walk through what was noted, in the order
/// in which successors are generated. That is the order in which one worker would have met them.
extension BreadthFirst where Store: ~Copyable {
  /// Nil where nothing was noted, or not all, or memory is short.
  func notedGraph() -> ReachabilityGraph? {
    var logs: [GraphLog] = []
    for index in 0..<workerCount {
      guard let log = workers[index].log, !log.isBroken else { return nil }
      logs.append(log)
    }
    // Of a level that was not expanded to its end nothing counts.
    let isWhole = result.stopReason == .exhausted || result.stopReason == .depthBound
    let levelMax = isWhole ? levels.count : levels.count - 2
    if levelMax < 0 { return nil }
    var graph = workerCount == 1 ? graph(logs[0], levelMax) : graph(logs, levelMax)
    if result.stopReason != .exhausted { graph?.stopReason = result.stopReason }
    result.statistics.memoryPeak = max(result.statistics.memoryPeak, budget.inUse)
    return graph
  }

  private func graph(_ log: GraphLog, _ levelMax: Int) -> ReachabilityGraph? {
    let expanded = min(log.isQuiescent.count, levels.statesBefore(min(levelMax, levels.count)))
    let states = levels.statesBefore(min(levelMax + 1, levels.count))
    var atoms = log.atoms
    guard noteAtoms(of: expanded..<states, &atoms) else { return nil }
    let ends = log.ends.column().first(expanded + 1)
    let first = log.initialCount
    return ReachabilityGraph(
      wordCount: compiled.wordCount, stateCount: states, initialCount: levels.size(0),
      firstEdge: ends, targets: log.targets.column(from: first).first(Int(ends[expanded])),
      actions: log.actions.column(from: first).first(Int(ends[expanded])),
      isQuiescent: log.isQuiescent.column().first(expanded), atoms: NotedAtoms(atoms),
      keeper: self, places: [])
  }

  /// Adds the atoms of states that were not expanded; false where memory is refused.
  private func noteAtoms(of states: Range<Int>, _ atoms: inout AtomColumn) -> Bool {
    if atoms.count == 0 { return true }
    // What was noted of a level that does not count.
    atoms.removeAll(from: states.lowerBound)
    for number in states {
      let bits = workers[0].checks.atoms(
        words(number), count: atoms.count, quiescent: false, &atoms.failed)
      if !atoms.append(bits) { return false }
    }
    return true
  }

  private func graph(_ logs: [GraphLog], _ levelMax: Int) -> ReachabilityGraph? {
    let transitions = logs.reduce(0) { $0 + $1.targets.count }
    let bytes = 6 * transitions + (16 + 4 + 4 + 4 + 1 + 8) * result.states
    guard result.states < Int(Int32.max), budget.reserve(bytes) else { return nil }
    defer { budget.release(bytes) }
    var walk = GraphWalk(logs, numberMax: (counts.max() ?? 0) * workerCount)
    for index in 0..<workerCount {
      walk.leaveOut(
        from: levels.start(of: min(levelMax, levels.count), worker: index), worker: index)
    }
    walk.run()
    // Not in the memory of a log, which is read meanwhile.
    guard var atoms = AtomColumn(budget, logs[0].atoms.count) else { return nil }
    if atoms.count > 0 {
      guard walk.addAtoms(to: &atoms) else { return nil }
      for number in walk.places[walk.expandedCount...] {
        let bits = workers[0].checks.atoms(
          words(Int(number)), count: atoms.count, quiescent: false, &atoms.failed)
        if !atoms.append(bits) { return nil }
      }
    }
    return ReachabilityGraph(
      wordCount: compiled.wordCount, stateCount: walk.stateCount,
      initialCount: walk.initialCount, firstEdge: walk.firstEdge, targets: walk.targets,
      actions: walk.actions, isQuiescent: walk.isQuiescent, atoms: NotedAtoms(atoms), keeper: self,
      places: walk.places)
  }
}

extension NotedAtoms {
  fileprivate init(_ column: AtomColumn) {
    bytes = column.bytes.column()
    words = column.words.column()
    failed = column.failed
  }
}
