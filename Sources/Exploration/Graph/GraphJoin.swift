import Columns

/// Makes one graph of the logs of several workers, with all of them.
///
/// Two passes through the logs: the first puts what is known of each state where its number says,
/// the second its transitions, whose places a running sum in between has found. A worker expands
/// states of one chunk after the other, so both read and write in the order of memory almost
/// everywhere; only the numbers of targets are looked up at random, and not far from each other.
///
/// Price: that of the graph, beside the logs.
struct GraphJoin: Sendable {
  /// What one worker noted, initial states aside.
  private struct Log: Sendable {
    let sources: Column<Int32>
    let ends: Column<UInt32>
    let targets: Column<Int32>
    let actions: Column<UInt16>
    let isQuiescent: Column<Bool>
    let atomBytes: Column<UInt8>
    let atomWords: Column<UInt64>

    init(_ log: GraphLog) {
      sources = log.sources.column()
      ends = log.ends.column()
      targets = log.targets.column(from: log.initialCount)
      actions = log.actions.column(from: log.initialCount)
      isQuiescent = log.isQuiescent.column()
      atomBytes = log.atoms.bytes.column()
      atomWords = log.atoms.words.column()
    }
  }

  /// States of one log that somebody takes at a time.
  private struct Part: Sendable {
    let log: Int
    let places: Range<Int>
  }

  private let logs: [Log]
  private let numbering: StateNumbering
  private let expandedCount: Int
  private let atomCount: Int
  /// By state: where its transitions begin; one more for the end.
  private let firstEdges: PageNumbers<UInt32>
  private let quiescence: PageNumbers<Bool>
  /// One of the two is empty, as in `AtomColumn`.
  private let atomBytes: PageNumbers<UInt8>
  private let atomWords: PageNumbers<UInt64>
  private let edgeTargets: PageNumbers<Int32>
  private let edgeActions: PageNumbers<UInt16>

  private static let partMax = 1 << 12

  /// The first so many states of the numbering have all their transitions in the logs; nil where
  /// memory is refused.
  ///
  /// Requires: all logs together have fewer than 2^32 transitions.
  init?(_ logs: [GraphLog], _ numbering: StateNumbering, expandedCount: Int, _ team: WorkerTeam) {
    let edgesMax = logs.reduce(0) { $0 + $1.targets.count }
    let (states, atomCount) = (numbering.count, logs[0].atoms.count)
    guard let firstEdges = PageNumbers<UInt32>(count: expandedCount + 1),
      let quiescence = PageNumbers<Bool>(count: expandedCount),
      let atomBytes = PageNumbers<UInt8>(count: (1...8).contains(atomCount) ? states : 0),
      let atomWords = PageNumbers<UInt64>(count: atomCount > 8 ? states : 0),
      let edgeTargets = PageNumbers<Int32>(count: edgesMax),
      let edgeActions = PageNumbers<UInt16>(count: edgesMax)
    else { return nil }
    (self.firstEdges, self.quiescence) = (firstEdges, quiescence)
    (self.atomBytes, self.atomWords) = (atomBytes, atomWords)
    (self.edgeTargets, self.edgeActions) = (edgeTargets, edgeActions)
    self.numbering = numbering
    self.expandedCount = expandedCount
    self.atomCount = atomCount
    self.logs = logs.map { Log($0) }
    let (join, parts) = (self, parts)
    team.forEachItem(of: parts.count) { join.placeStates(parts[$0]) }
    // Safety: there is one more than there are expanded states; the first is zero.
    for state in 0..<expandedCount { firstEdges.base[state + 1] &+= firstEdges.base[state] }
    team.forEachItem(of: parts.count) { join.placeTransitions(parts[$0]) }
  }

  private var parts: [Part] {
    logs.indices.flatMap { log in
      let count = logs[log].sources.count
      return stride(from: 0, to: count, by: GraphJoin.partMax).map {
        Part(log: log, places: $0..<min($0 + GraphJoin.partMax, count))
      }
    }
  }

  // Safety, here and below: sources of a log are states of the numbering, each in one place of one
  // log, and those below `expandedCount` have room in all columns.

  private func placeStates(_ part: Part) {
    let log = logs[part.log]
    for place in part.places {
      let state = Int(numbering.number(log.sources[place]))
      if state >= expandedCount { continue }
      firstEdges.base[state + 1] = log.ends[place + 1] &- log.ends[place]
      quiescence.base[state] = log.isQuiescent[place]
      if atomCount > 8 {
        atomWords.base[state] = log.atomWords[place]
      } else if atomCount > 0 {
        atomBytes.base[state] = log.atomBytes[place]
      }
    }
  }

  private func placeTransitions(_ part: Part) {
    let log = logs[part.log]
    var place = part.places.lowerBound
    while place < part.places.upperBound {
      let state = Int(numbering.number(log.sources[place]))
      let first = place
      place += 1
      // States of a chunk have numbers one after the other, and so have their transitions.
      while place < part.places.upperBound, state + place - first < expandedCount,
        Int(numbering.number(log.sources[place])) == state + place - first
      {
        place += 1
      }
      // Of a level that was not expanded to its end.
      if state >= expandedCount { continue }
      let source = Int(log.ends[first])
      let edges = Int(firstEdges.base[state])..<Int(firstEdges.base[state + place - first])
      let (targets, actions) = (log.targets.base + source, log.actions.base + source)
      for (offset, edge) in edges.enumerated() {
        edgeTargets.base[edge] = numbering.number(targets[offset])
      }
      (edgeActions.base + edges.lowerBound).update(from: actions, count: edges.count)
    }
  }

  // MARK: The columns of the graph

  var firstEdge: Column<UInt32> { firstEdges.column(count: expandedCount + 1) }
  var targets: Column<Int32> { edgeTargets.column(count: edgeCount) }
  var actions: Column<UInt16> { edgeActions.column(count: edgeCount) }
  var isQuiescent: Column<Bool> { quiescence.column(count: expandedCount) }
  private var edgeCount: Int { Int(firstEdges.base[expandedCount]) }

  /// The atoms of the logs, and `others` of the states that were not expanded.
  func atoms(_ others: (_ state: Int) -> UInt64) -> NotedAtoms {
    var noted = NotedAtoms()
    if atomCount == 0 { return noted }
    for state in expandedCount..<numbering.count {
      let bits = others(state)
      if atomCount > 8 {
        atomWords.base[state] = bits
      } else {
        atomBytes.base[state] = UInt8(truncatingIfNeeded: bits)
      }
    }
    if atomCount > 8 {
      noted.words = atomWords.column(count: numbering.count)
    } else {
      noted.bytes = atomBytes.column(count: numbering.count)
    }
    return noted
  }
}
