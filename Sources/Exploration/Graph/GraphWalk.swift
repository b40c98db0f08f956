import Columns

/// Numbers the states of several logs in the order of a breadth-first walk.
struct GraphWalk {
  /// Where the transitions of a state are.
  private struct Entry {
    var first: UInt32 = 0
    var count: UInt32 = 0
    /// -1 for states that were not expanded, or do not count as such.
    var log: Int16 = -1
    /// Place of the state in the log.
    var place: UInt32 = 0
  }

  private let logs: [GraphLog]
  /// By number in the logs.
  private var entries: [Entry]
  private var numbers: [Int32]

  /// The numbers in the logs of the states, in the order of the walk.
  private(set) var queue: [Int32] = []
  private(set) var initialCount = 0
  private(set) var firstEdge: [UInt32] = [0]
  private(set) var targets: [Int32] = []
  private(set) var actions: [UInt16] = []
  private(set) var isQuiescent: [Bool] = []

  var expanded: Int { firstEdge.count - 1 }

  /// `numberMax`: above all numbers.
  init(_ logs: [GraphLog], numberMax: Int) {
    self.logs = logs
    entries = Array(repeating: Entry(), count: numberMax)
    numbers = Array(repeating: -1, count: numberMax)
    for (number, log) in logs.enumerated() {
      let (ends, sources) = (log.ends.column(), log.sources.column())
      for place in 0..<sources.count {
        entries[Int(sources[place])] = Entry(
          first: UInt32(log.initialCount) + ends[place], count: ends[place + 1] - ends[place],
          log: Int16(number), place: UInt32(place))
      }
    }
  }

  /// The states of a worker from a place on count as not expanded.
  mutating func leaveOut(from place: Int, worker: Int) {
    var number = place * logs.count + worker
    while number < entries.count {
      entries[number].log = -1
      number += logs.count
    }
  }

  mutating func run() {
    let transitions = logs.reduce(0) { $0 + $1.targets.count }
    targets.reserveCapacity(transitions)
    actions.reserveCapacity(transitions)
    firstEdge.reserveCapacity(entries.count + 1)
    isQuiescent.reserveCapacity(entries.count)
    queue.reserveCapacity(entries.count)
    let columns = logs.map {
      (targets: $0.targets.column(), actions: $0.actions.column(), rests: $0.isQuiescent.column())
    }
    for (log, column) in zip(logs, columns) {
      for place in 0..<log.initialCount { _ = number(Int(column.targets[place])) }
    }
    initialCount = queue.count
    while expanded < queue.count {
      let entry = entries[Int(queue[expanded])]
      // The states that were not expanded lie deepest.
      if entry.log < 0 { return }
      let log = columns[Int(entry.log)]
      for edge in Int(entry.first)..<Int(entry.first + entry.count) {
        targets.append(number(Int(log.targets[edge])))
        actions.append(log.actions[edge])
      }
      firstEdge.append(UInt32(targets.count))
      isQuiescent.append(log.rests[Int(entry.place)])
    }
  }

  @inline(__always)
  private mutating func number(_ known: Int) -> Int32 {
    if numbers[known] < 0 {
      numbers[known] = Int32(queue.count)
      queue.append(Int32(known))
    }
    return numbers[known]
  }

  /// What the log says of an expanded state.
  func atoms(of number: Int) -> UInt64 {
    let entry = entries[number]
    return logs[Int(entry.log)].atoms[Int(entry.place)]
  }
}
