/// The graph of a search that noted it.
///
/// Identities depend on which worker was first, so the states are numbered anew: by a breadth-first
/// walk through what was noted, in the order in which successors are generated. That is the order
/// in which one worker would have met them.
extension BreadthFirst where Store: ~Copyable {
  /// Nil where nothing was noted, or not all, or memory is short.
  func notedGraph() -> ReachabilityGraph? {
    let logs = (0..<workerCount).compactMap { workers[$0].log }
    guard logs.count == workerCount, !logs.contains(where: \.isBroken) else { return nil }
    let transitions = logs.reduce(0) { $0 + $1.successors.count }
    let bytes = 8 * transitions + (8 * compiled.wordCount + 28) * result.states
    guard result.states < Int(Int32.max), budget.reserve(bytes) else { return nil }
    defer { budget.release(bytes) }
    result.statistics.memoryPeak = max(result.statistics.memoryPeak, budget.inUse)
    let walk = GraphWalk(logs, counts: counts, initialCount: result.statistics.initialStates)
    var graph = walk.graph(wordCount: compiled.wordCount) { worker, place in
      UnsafePointer(store.pointee.words(worker: worker, place: place, reader: 0))
    }
    if result.stopReason == .depthBound { graph.end = .depthMax }
    return graph
  }
}

/// Numbers the states of logs in the order of a breadth-first walk.
private final class GraphWalk {
  private let logs: [GraphLog]
  private let initialCount: Int
  /// By worker: the states of those before it.
  private var offsets = [0]
  /// By state, in the order of identities: where its transitions are, and how many; minus one for
  /// those that were not expanded.
  private let starts: UnsafeMutablePointer<Int>
  private let sizes: UnsafeMutablePointer<Int32>
  private let isQuiescent: UnsafeMutablePointer<Bool>
  private let logOf: UnsafeMutablePointer<UInt8>
  /// By state: its number, -1 before it is met.
  private let numbers: UnsafeMutablePointer<Int32>

  init(_ logs: [GraphLog], counts: [Int], initialCount: Int) {
    self.logs = logs
    self.initialCount = initialCount
    for count in counts { offsets.append(offsets[offsets.count - 1] + count) }
    let states = max(1, offsets[counts.count])
    starts = .allocate(capacity: states)
    sizes = .allocate(capacity: states)
    isQuiescent = .allocate(capacity: states)
    logOf = .allocate(capacity: states)
    numbers = .allocate(capacity: states)
    starts.initialize(repeating: 0, count: states)
    sizes.initialize(repeating: -1, count: states)
    isQuiescent.initialize(repeating: false, count: states)
    logOf.initialize(repeating: 0, count: states)
    numbers.initialize(repeating: -1, count: states)
    for (number, log) in logs.enumerated() { index(log, UInt8(number)) }
  }

  deinit {
    starts.deallocate()
    sizes.deallocate()
    isQuiescent.deallocate()
    logOf.deallocate()
    numbers.deallocate()
  }

  private func index(_ log: GraphLog, _ number: UInt8) {
    // The initial states are the first that worker 0 inserted.
    var next = number == 0 ? initialCount : 0
    for place in 0..<log.sources.count {
      let entry = log.sources[place]
      let state = state(entry & (1 << StateID.bits - 1))
      let size = Int(entry >> (StateID.bits + 1))
      starts[state] = next
      sizes[state] = Int32(size)
      isQuiescent[state] = entry >> StateID.bits & 1 == 1
      logOf[state] = number
      next += size
    }
  }

  @inline(__always)
  private func state(_ id: UInt64) -> Int { offsets[Int(id >> 32)] + Int(id & 0xFFFF_FFFF) }

  func graph(
    wordCount: Int, words: (_ worker: Int, _ place: Int) -> UnsafePointer<UInt64>
  ) -> ReachabilityGraph {
    let stateCount = offsets[offsets.count - 1]
    var graph = ReachabilityGraph(wordCount: wordCount)
    let transitions = logs.reduce(-initialCount) { $0 + $1.successors.count }
    graph.targets.reserveCapacity(transitions)
    graph.actions.reserveCapacity(transitions)
    graph.firstEdge.reserveCapacity(stateCount + 1)
    graph.isQuiescent.reserveCapacity(stateCount)
    var queue: [Int32] = []
    queue.reserveCapacity(stateCount)
    for place in 0..<initialCount { _ = number(logs[0].successors[place], &queue) }
    graph.initialCount = queue.count
    while graph.expandedCount < queue.count {
      let state = Int(queue[graph.expandedCount])
      // The states of the last level of a bounded search have the greatest numbers.
      if sizes[state] < 0 { break }
      let (log, start) = (logs[Int(logOf[state])].successors, starts[state])
      for place in start..<start + Int(sizes[state]) {
        let entry = log[place]
        graph.targets.append(number(entry, &queue))
        graph.actions.append(Int32(entry & (1 << GraphLog.actionBits - 1)))
      }
      graph.firstEdge.append(graph.targets.count)
      graph.isQuiescent.append(isQuiescent[state])
    }
    graph.stateCount = queue.count
    graph.words.reserveCapacity(queue.count * wordCount)
    for state in queue.lazy.map({ Int($0) }) {
      var worker = offsets.count - 2
      while offsets[worker] > state { worker -= 1 }
      let source = words(worker, state - offsets[worker])
      for word in 0..<wordCount { graph.words.append(source[word]) }
    }
    return graph
  }

  @inline(__always)
  private func number(_ entry: UInt64, _ queue: inout [Int32]) -> Int32 {
    let state = state(entry >> GraphLog.actionBits)
    if numbers[state] < 0 {
      numbers[state] = Int32(queue.count)
      queue.append(Int32(state))
    }
    return numbers[state]
  }
}
