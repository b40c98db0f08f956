import Columns

/// Numbers the states of several logs in the order of a breadth-first walk.
///
/// Plain memory throughout: this is done for each transition of a search by one thread.
struct GraphWalk {
  /// Where the transitions of a state are.
  private struct Entry: BitwiseCopyable, Sendable {
    var first: UInt32 = 0
    var count: UInt32 = 0
    /// -1 for states that were not expanded, or do not count as such.
    var log: Int32 = -1
    /// Place of the state in the log.
    var place: UInt32 = 0
  }

  private let logs: [GraphLog]
  private let entryCount: Int
  /// By number in the logs.
  private let entries: KeptNumbers<Entry>
  private let numbers: KeptNumbers<Int32>
  private let queue: KeptNumbers<Int32>
  private let firstEdges: KeptNumbers<UInt32>
  private let edgeTargets: KeptNumbers<Int32>
  private let edgeActions: KeptNumbers<UInt16>
  private let quiescence: KeptNumbers<Bool>

  private(set) var stateCount = 0
  private(set) var initialCount = 0
  private(set) var expandedCount = 0
  private var edgeCount = 0

  /// The numbers in the logs of the states, in the order of the walk.
  var places: Column<Int32> { queue.column(count: stateCount) }
  var firstEdge: Column<UInt32> { firstEdges.column(count: expandedCount + 1) }
  var targets: Column<Int32> { edgeTargets.column(count: edgeCount) }
  var actions: Column<UInt16> { edgeActions.column(count: edgeCount) }
  var isQuiescent: Column<Bool> { quiescence.column(count: expandedCount) }

  /// `numberMax`: above all numbers.
  init(_ logs: [GraphLog], numberMax: Int) {
    self.logs = logs
    entryCount = numberMax
    entries = KeptNumbers(count: numberMax)
    numbers = KeptNumbers(count: numberMax)
    queue = KeptNumbers(count: numberMax)
    firstEdges = KeptNumbers(count: numberMax + 1)
    quiescence = KeptNumbers(count: numberMax)
    let transitions = logs.reduce(0) { $0 + $1.targets.count }
    edgeTargets = KeptNumbers(count: transitions)
    edgeActions = KeptNumbers(count: transitions)
    entries.base.initialize(repeating: Entry(), count: numberMax)
    numbers.base.initialize(repeating: -1, count: numberMax)
    firstEdges.base[0] = 0
    for (number, log) in logs.enumerated() {
      let (ends, sources) = (log.ends.column(), log.sources.column())
      for place in 0..<sources.count {
        // Safety: numbers of states lie below `numberMax`.
        entries.base[Int(sources[place])] = Entry(
          first: UInt32(log.initialCount) + ends[place], count: ends[place + 1] - ends[place],
          log: Int32(number), place: UInt32(place))
      }
    }
  }

  /// The states of a worker from a place on count as not expanded.
  func leaveOut(from place: Int, worker: Int) {
    for number in stride(from: place * logs.count + worker, to: entryCount, by: logs.count) {
      entries.base[number].log = -1
    }
  }

  mutating func run() {
    for log in logs {
      let targets = log.targets.column()
      for place in 0..<log.initialCount { _ = number(targets[place], &stateCount) }
    }
    initialCount = stateCount
    let columns = logs.map {
      (targets: $0.targets.column(), actions: $0.actions.column(), rests: $0.isQuiescent.column())
    }
    var (states, expanded, edges) = (stateCount, 0, 0)
    while expanded < states {
      // Safety: what is written has room for all states and transitions of the logs.
      let entry = entries.base[Int(queue.base[expanded])]
      // The states that were not expanded lie deepest.
      if entry.log < 0 { break }
      let targets = columns[Int(entry.log)].targets.base + Int(entry.first)
      let actions = columns[Int(entry.log)].actions.base + Int(entry.first)
      for edge in 0..<Int(entry.count) {
        edgeTargets.base[edges + edge] = number(targets[edge], &states)
        edgeActions.base[edges + edge] = actions[edge]
      }
      edges += Int(entry.count)
      quiescence.base[expanded] = columns[Int(entry.log)].rests[Int(entry.place)]
      expanded += 1
      firstEdges.base[expanded] = UInt32(edges)
    }
    (stateCount, expandedCount, edgeCount) = (states, expanded, edges)
  }

  @inline(__always)
  private func number(_ known: Int32, _ count: inout Int) -> Int32 {
    // Safety: numbers of states lie below `numberMax`, and each is queued once.
    let place = numbers.base + Int(known)
    if place.pointee < 0 {
      place.pointee = Int32(truncatingIfNeeded: count)
      queue.base[count] = known
      count &+= 1
    }
    return place.pointee
  }

  /// Adds what the logs say of the expanded states; false where memory is refused.
  func addAtoms(to atoms: inout AtomColumn) -> Bool {
    let columns = logs.map { (bytes: $0.atoms.bytes.column(), words: $0.atoms.words.column()) }
    for state in 0..<expandedCount {
      let entry = entries.base[Int(queue.base[state])]
      let log = Int(entry.log)
      let bits =
        atoms.count <= 8
        ? UInt64(columns[log].bytes[Int(entry.place)]) : columns[log].words[Int(entry.place)]
      if !atoms.append(bits) { return false }
    }
    for log in logs { atoms.failed |= log.atoms.failed }
    return true
  }
}
