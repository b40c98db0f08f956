import Columns
import Reduction
import TransitionSystem

extension BreadthFirst: StateKeeper where Store: ~Copyable {
  func words(_ number: Int) -> UnsafePointer<UInt64> {
    let bits = GraphLog.workerBits(workerCount)
    return UnsafePointer(
      store.pointee.words(worker: number & (1 &<< bits &- 1), place: number &>> bits, reader: 0))
  }

  func forEach(
    from number: Int, _ states: Range<Int>,
    _ body: (_ state: Int, _ words: UnsafePointer<UInt64>) -> Void
  ) {
    let bits = GraphLog.workerBits(workerCount)
    let (worker, first) = (number & (1 &<< bits &- 1), number &>> bits)
    let offset = states.lowerBound - first
    store.pointee.forEachState(
      worker: worker, places: first..<first + states.count, reader: 0
    ) { body($0 &+ offset, $1) }
  }
}

/// The graph of a search that noted it.
///
/// What one worker noted is the graph, without a copy; what several did becomes one where it lies
/// (`GraphJoin`). Which numbers states get inside a level then differs from run to run.
extension BreadthFirst where Store: ~Copyable {
  /// Nil where nothing was noted, or not all, or memory is short.
  func notedGraph() -> ReachabilityGraph? {
    guard let pages = transitionPages else { return nil }
    var logs: [GraphLog] = []
    for index in 0..<workerCount {
      guard let log = workers[index].log, !log.isBroken else { return nil }
      logs.append(log)
    }
    // Of a level that was not expanded to its end nothing counts.
    let isWhole = result.stopReason == .exhausted || result.stopReason == .depthBound
    let expandedLevels = isWhole ? levels.count - 1 : levels.count - 2
    if expandedLevels < 0 { return nil }
    var graph =
      workerCount == 1
      ? graph(logs[0], pages, expandedLevels) : graph(logs, pages, expandedLevels)
    if result.stopReason != .exhausted { graph?.stopReason = result.stopReason }
    // Where nothing is left out there is nothing to put back, and perhaps no state.
    if options.preservesExecutions, result.statistics.reducedStates > 0,
      !options.omittedExecutionConditions.contains(.sink)
    {
      graph = graph?.withSink(compiled, budget)
    }
    result.statistics.memoryPeak = max(result.statistics.memoryPeak, budget.inUse)
    return graph
  }

  private func graph(
    _ log: GraphLog, _ pages: TransitionPages, _ expandedLevels: Int
  ) -> ReachabilityGraph? {
    let expanded = levels.statesBefore(expandedLevels)
    let states = levels.statesBefore(expandedLevels + 1)
    var atoms = log.atoms
    guard noteAtoms(of: expanded..<states, &atoms) else { return nil }
    // One worker's blocks lie one behind the other.
    let ends = log.ends.column().first(expanded + 1)
    return ReachabilityGraph(
      wordCount: compiled.wordCount, levelStarts: levels.firstStates(expandedLevels + 1),
      edgeRanges: RangeColumn(bounds: ends), targets: pages.targetColumn.first(Int(ends[expanded])),
      actions: pages.actionColumn.first(Int(ends[expanded])),
      isQuiescent: log.isQuiescent.column().first(expanded), atoms: NotedAtoms(atoms),
      keeper: self, numbering: nil)
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

  private func graph(
    _ logs: [GraphLog], _ pages: TransitionPages, _ expandedLevels: Int
  ) -> ReachabilityGraph? {
    let bytes = (8 + 1 + 8) * result.states
    guard budget.reserve(bytes) else { return nil }
    defer { budget.release(bytes) }
    let expanded = levels.statesBefore(expandedLevels)
    let numbering = StateNumbering(levels, levelCount: expandedLevels + 1)
    // Nothing is inserted any more.
    let spare = store.pointee.takeTable()
    guard let join = GraphJoin(logs, pages, spare, numbering, expandedCount: expanded, team)
    else { return nil }
    var failed = logs.reduce(0) { $0 | $1.atoms.failed }
    var atoms = join.atoms { state in
      workers[0].checks.atoms(
        words(numbering.known(state)), count: logs[0].atoms.count, quiescent: false, &failed)
    }
    atoms.failed = failed
    return ReachabilityGraph(
      wordCount: compiled.wordCount, levelStarts: levels.firstStates(expandedLevels + 1),
      edgeRanges: join.ranges, targets: pages.targetColumn, actions: pages.actionColumn,
      isQuiescent: join.isQuiescent, atoms: atoms, keeper: self, numbering: numbering)
  }
}

extension NotedAtoms {
  fileprivate init(_ column: AtomColumn) {
    bytes = column.bytes.column()
    words = column.words.column()
    failed = column.failed
  }
}
