import Columns

/// Makes one graph of the logs of several workers, with all of them.
///
/// Transitions stay where they were noted. Their targets get other numbers in place, run by run of
/// a log, in the order of memory; what is known of each state is put where its number says.
///
/// Price: 9 to 17 bytes for each state, beside the logs, mostly in the pages of the visited set,
/// which nobody asks any more.
struct GraphJoin: Sendable {
  /// What one worker noted.
  private struct Log: Sendable {
    let runs: Column<GraphLog.Run>
    let blocks: Column<GraphLog.Block>
    let ends: Column<UInt32>
    let isQuiescent: Column<Bool>
    let atomBytes: Column<UInt8>
    let atomWords: Column<UInt64>

    init(_ log: GraphLog) {
      runs = log.runs.column()
      // One that noted no transitions has a block of none.
      blocks = Column(log.blocks.isEmpty ? [GraphLog.Block(before: 0, first: 0)] : log.blocks)
      ends = log.ends.column()
      isQuiescent = log.isQuiescent.column()
      atomBytes = log.atoms.bytes.column()
      atomWords = log.atoms.words.column()
    }

    /// The states of a run, by their places in the log.
    func places(_ run: Int) -> Range<Int> {
      let end = run + 1 < runs.count ? Int(runs[run + 1].place) : isQuiescent.count
      return Int(runs[run].place)..<end
    }

    /// The last block that begins with some transition or one before it.
    func block(of transition: Int) -> Int {
      var (low, high) = (0, blocks.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if blocks[middle].before <= transition { low = middle } else { high = middle }
      }
      return low
    }
  }

  /// Runs of one log that somebody takes at a time.
  private struct Part: Sendable {
    let log: Int
    let runs: Range<Int>
  }

  private let logs: [Log]
  private let pages: TransitionPages
  private let numbering: StateNumbering
  private let expandedCount: Int
  private let atomCount: Int
  /// By state: where its transitions begin, and where they end.
  private let edgeRanges: PageNumbers<UInt32>
  private let quiescence: PageNumbers<Bool>
  /// One of the two is empty, as in `AtomColumn`.
  private let atomBytes: PageNumbers<UInt8>
  private let atomWords: PageNumbers<UInt64>

  private static let partMax = 4

  /// The first so many states of the numbering have all their transitions in the logs; nil where
  /// memory is refused. `spare`: pages to use first.
  ///
  /// The targets in the pages have other numbers then: the logs are of no use any more.
  init?(
    _ logs: [GraphLog], _ pages: TransitionPages, _ spare: SparePages?,
    _ numbering: StateNumbering, expandedCount: Int, _ team: WorkerTeam
  ) {
    let (states, atomCount) = (numbering.count, logs[0].atoms.count)
    guard let edgeRanges = PageNumbers<UInt32>(count: 2 * expandedCount, in: spare),
      let quiescence = PageNumbers<Bool>(count: expandedCount, in: spare),
      let atomBytes = PageNumbers<UInt8>(
        count: (1...8).contains(atomCount) ? states : 0, in: spare),
      let atomWords = PageNumbers<UInt64>(count: atomCount > 8 ? states : 0, in: spare)
    else { return nil }
    (self.edgeRanges, self.quiescence) = (edgeRanges, quiescence)
    (self.atomBytes, self.atomWords) = (atomBytes, atomWords)
    self.pages = pages
    self.numbering = numbering
    self.expandedCount = expandedCount
    self.atomCount = atomCount
    self.logs = logs.map { Log($0) }
    let (join, parts) = (self, parts)
    team.forEachItem(of: parts.count) { item in
      for run in parts[item].runs { join.place(run, of: join.logs[parts[item].log]) }
    }
  }

  private var parts: [Part] {
    logs.indices.flatMap { log in
      let count = logs[log].runs.count
      return stride(from: 0, to: count, by: GraphJoin.partMax).map {
        Part(log: log, runs: $0..<min($0 + GraphJoin.partMax, count))
      }
    }
  }

  // Safety, here and below: states of a run are some of the numbering, one after the other, each in
  // one run of one log, and those below `expandedCount` have room in all columns.

  private func place(_ run: Int, of log: Log) {
    let state = Int(numbering.number(log.runs[run].state))
    // Of a level that was not expanded to its end.
    if state >= expandedCount { return }
    let places = log.places(run)
    placeTransitions(of: places, from: state, log)
    (quiescence.base + state).update(
      from: log.isQuiescent.base + places.lowerBound, count: places.count)
    if atomCount > 8 {
      (atomWords.base + state).update(
        from: log.atomWords.base + places.lowerBound, count: places.count)
    } else if atomCount > 0 {
      (atomBytes.base + state).update(
        from: log.atomBytes.base + places.lowerBound, count: places.count)
    }
  }

  /// The transitions of each state lie in one block.
  private func placeTransitions(of places: Range<Int>, from state: Int, _ log: Log) {
    let ends = log.ends.base
    var (place, range) = (places.lowerBound, edgeRanges.base + 2 * state)
    var number = log.block(of: Int(ends[place]))
    while place < places.upperBound {
      let block = log.blocks[number]
      number += 1
      let before = number < log.blocks.count ? log.blocks[number].before : Int(UInt32.max)
      let shift = UInt32(truncatingIfNeeded: block.first &- block.before)
      let first = ends[place]
      while place < places.upperBound, Int(ends[place + 1]) <= before {
        (range[0], range[1]) = (ends[place] &+ shift, ends[place + 1] &+ shift)
        range += 2
        place += 1
      }
      renumber(Int(first &+ shift)..<Int(ends[place] &+ shift))
    }
  }

  private func renumber(_ transitions: Range<Int>) {
    let targets = pages.targets
    for transition in transitions { targets[transition] = numbering.number(targets[transition]) }
  }

  // MARK: The columns of the graph

  var ranges: RangeColumn { RangeColumn(pairs: edgeRanges.column(count: 2 * expandedCount)) }
  var isQuiescent: Column<Bool> { quiescence.column(count: expandedCount) }

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
