import TransitionSystem

/// The budgets of a graph.
public struct GraphLimits: Sendable {
  public var statesMax = Int.max
  /// States of depth below this are expanded.
  public var depthMax = Int.max
  /// Bytes of the graph and its table.
  public var memoryMax = Int.max
  /// In nanoseconds of CLOCK_MONOTONIC.
  public var deadline = UInt64.max
  public init() {}
}

/// Builds the graph of a system breadth first, on one thread.
public func reachabilityGraph(
  _ system: TransitionSystem, limits: GraphLimits, cancellation: CancellationFlag
) -> ReachabilityGraph {
  var builder = GraphBuilder(CompiledSystem(system))
  return builder.run(limits, cancellation)
}

/// States in an array, found again by an open-addressing table of their numbers.
private struct GraphBuilder: ~Copyable {
  var machine: Machine
  var buffer: SuccessorBuffer
  var graph: ReachabilityGraph
  var hashes: [UInt64] = []
  /// Numbers of states, -1 where free; the size is a power of two, at most half full.
  var table = [Int32](repeating: -1, count: 1 << 12)

  init(_ compiled: CompiledSystem) {
    machine = Machine(compiled)
    buffer = SuccessorBuffer(wordCount: compiled.wordCount, capacity: 256)
    graph = ReachabilityGraph(wordCount: compiled.wordCount)
  }

  mutating func run(_ limits: GraphLimits, _ cancellation: CancellationFlag) -> ReachabilityGraph {
    if let interruption = machine.initialStates(into: &buffer).interruption {
      return stopped(interruption)
    }
    for index in 0..<buffer.count { _ = number(index) }
    graph.initialCount = graph.stateCount
    var next = 0
    var (depth, levelEnd) = (0, graph.stateCount)
    while next < graph.stateCount {
      if next == levelEnd { (depth, levelEnd) = (depth + 1, graph.stateCount) }
      if depth >= limits.depthMax { return ended(.depthMax) }
      if graph.stateCount > min(limits.statesMax, Int(Int32.max) - 1) { return ended(.statesMax) }
      if next & 1023 == 0, let reason = reasonToStop(limits, cancellation) { return ended(reason) }
      if let interruption = expand(next) { return stopped(interruption) }
      graph.firstEdge.append(graph.targets.count)
      next += 1
    }
    return graph
  }

  private func reasonToStop(
    _ limits: GraphLimits, _ cancellation: CancellationFlag
  ) -> ReachabilityGraph.End? {
    if cancellation.isCancelled { return .cancelled }
    let bytes = graph.byteCount + 8 * hashes.capacity + 4 * table.capacity
    if bytes > limits.memoryMax { return .memory }
    return limits.deadline != .max && monotonicNanoseconds() >= limits.deadline ? .time : nil
  }

  private mutating func expand(_ state: Int) -> Interruption? {
    buffer.removeAll()
    // A state without words still needs an address.
    let source = graph.wordCount == 0 ? [0] : graph.state(state)
    let hash = hashes[state]
    let expansion = source.withUnsafeBufferPointer { words -> Expansion in
      // Safety: the array is not empty and outlives the expansion, which does not keep the pointer.
      guard let base = words.baseAddress else { return Expansion(interruption: .malformed) }
      return machine.expand(base, hash: hash, into: &buffer)
    }
    if let interruption = expansion.interruption { return interruption }
    graph.isQuiescent.append(!expansion.enabled)
    for index in 0..<buffer.count {
      graph.targets.append(number(index))
      graph.actions.append(buffer.actions[index])
    }
    return nil
  }

  /// The number of a state in the buffer; a new one when it is new.
  private mutating func number(_ index: Int) -> Int32 {
    let width = graph.wordCount
    let hash = buffer.hashes[index]
    let words = UnsafeBufferPointer(start: buffer.state(index), count: width)
    var place = Int(truncatingIfNeeded: hash) & (table.count - 1)
    while table[place] >= 0 {
      let known = Int(table[place])
      if hashes[known] == hash,
        graph.words[known * width..<(known + 1) * width].elementsEqual(words)
      {
        return table[place]
      }
      place = (place + 1) & (table.count - 1)
    }
    let new = Int32(graph.stateCount)
    table[place] = new
    graph.words.append(contentsOf: words)
    hashes.append(hash)
    graph.stateCount += 1
    if graph.stateCount * 2 > table.count { growTable() }
    return new
  }

  private mutating func growTable() {
    var larger = [Int32](repeating: -1, count: table.count * 2)
    for (state, hash) in hashes.enumerated() {
      var place = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[place] >= 0 { place = (place + 1) & (larger.count - 1) }
      larger[place] = Int32(state)
    }
    table = larger
  }

  private mutating func stopped(_ interruption: Interruption) -> ReachabilityGraph {
    if case .growth(let channel) = interruption { return ended(.growth([channel])) }
    return ended(.fault("the machine stopped: \(interruption)"))
  }

  private mutating func ended(_ end: ReachabilityGraph.End) -> ReachabilityGraph {
    // The transitions of a state that was interrupted amid its expansion do not count.
    let whole = graph.firstEdge[graph.firstEdge.count - 1]
    graph.targets.removeSubrange(whole...)
    graph.actions.removeSubrange(whole...)
    graph.end = end
    return graph
  }
}
