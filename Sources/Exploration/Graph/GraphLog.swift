import Columns

/// What one worker of a search notes of the graph: for each state it expanded its successors, in
/// the order in which they were generated, and which atoms are true in it.
///
/// Price: 6 bytes a transition, 6 to 13 a state, in memory that the graph takes over.
/// Threads: the worker's own; read when all are through.
struct GraphLog {
  /// Transitions that lie side by side.
  struct Block {
    /// Transitions of the log before the first one.
    let before: Int
    /// Its place in the pages.
    let first: Int
  }

  /// States that lie side by side with the worker that stored them, in one level.
  struct Run {
    /// The number of the first (see `number`).
    let state: Int32
    /// How many states were noted before it.
    let place: Int32
  }

  /// Of a state: how many transitions were noted up to its last, behind a 0.
  private(set) var ends: PageColumn<UInt32>
  /// Where those are, in order.
  private(set) var blocks: [Block] = []
  /// Which states were noted, where there are several workers.
  private(set) var runs: PageColumn<Run>
  private(set) var isQuiescent: PageColumn<Bool>
  private(set) var atoms: AtomColumn
  /// Something did not fit, so that there is no graph.
  private(set) var isBroken = false
  private let pages: TransitionPages
  /// Where the next transition goes, and where the room for it ends.
  private var next = 0
  private var roomEnd = 0
  private var blockLength = GraphLog.blockLeast
  private var end: UInt32 = 0
  /// Goes on with the run at hand.
  private var expected = -1
  private let workerBits: Int

  /// Small at first, so that a small graph takes little.
  private static let blockLeast = 1 << 8
  private static let blockMost = 1 << 17

  init?(_ budget: MemoryBudget, _ pages: TransitionPages, workers: Int, atomCount: Int) {
    guard var ends = PageColumn<UInt32>(budget), let runs = PageColumn<Run>(budget),
      let isQuiescent = PageColumn<Bool>(budget), let atoms = AtomColumn(budget, atomCount),
      ends.makeRoom(1)
    else { return nil }
    ends.append(0)
    self.pages = pages
    self.ends = ends
    self.runs = runs
    self.isQuiescent = isQuiescent
    self.atoms = atoms
    workerBits = GraphLog.workerBits(workers)
  }

  /// Numbers of states are places, with the worker in so many bits below; for one worker, places.
  static func workerBits(_ workers: Int) -> Int {
    Int.bitWidth - (workers - 1).leadingZeroBitCount
  }

  @inline(__always)
  private func number(_ id: StateID) -> Int { id.place &<< workerBits | id.worker }

  /// Makes room for the successors of all states that were noted since the last ones were added:
  /// those of each lie side by side.
  @inline(__always)
  mutating func makeRoom(_ count: Int) {
    if next &+ count > roomEnd { takeBlock(count) }
  }

  @inline(never)
  private mutating func takeBlock(_ count: Int) {
    let length = max(count, blockLength)
    guard let first = pages.take(length) else {
      isBroken = true
      return
    }
    if blocks.isEmpty || first != roomEnd {
      let before = blocks.last.map { $0.before + next - $0.first } ?? 0
      blocks.append(Block(before: before, first: first))
      next = first
    }
    roomEnd = first + length
    blockLength = min(2 * blockLength, GraphLog.blockMost)
  }

  /// Notes successors that an insertion dealt with.
  @inline(__always)
  mutating func add(
    _ ids: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, count: Int
  ) {
    makeRoom(count)
    if isBroken { return }
    // Safety: there is room, and only the owner writes there.
    let (targets, kinds) = (pages.targets + next, pages.actions + next)
    var bits = 0
    for index in 0..<count {
      let number = number(StateID(raw: ids[index]))
      bits |= number | Int(actions[index]) &<< 15
      targets[index] = Int32(truncatingIfNeeded: number)
      kinds[index] = UInt16(truncatingIfNeeded: actions[index])
    }
    next &+= count
    if bits > Int(Int32.max) { isBroken = true }
  }

  /// What follows is another level.
  mutating func endRun() { expected = -1 }

  /// Notes a state whose successors follow those of the state before it, and how many are kept if
  /// that is known.
  @inline(__always)
  mutating func add(
    _ id: StateID, isQuiescent quiescent: Bool, atoms bits: UInt64, failed: UInt64,
    transitions: Int?
  ) {
    guard isQuiescent.makeRoom(1), workerBits == 0 || goesOn(with: number(id)),
      atoms.count == 0 || atoms.append(bits)
    else {
      isBroken = true
      return
    }
    isQuiescent.append(quiescent)
    atoms.failed |= failed
    if let transitions { endSource(transitions: transitions) }
  }

  /// Begins a run where a state does not go on with the one at hand; false where memory is refused.
  @inline(__always)
  private mutating func goesOn(with number: Int) -> Bool {
    if number != expected {
      guard runs.makeRoom(1) else { return false }
      runs.append(
        Run(
          state: Int32(truncatingIfNeeded: number),
          place: Int32(truncatingIfNeeded: isQuiescent.count)))
    }
    expected = number &+ 1 &<< workerBits
    return true
  }

  /// Notes how many successors are kept of the first state of which that was not noted yet.
  @inline(__always)
  mutating func endSource(transitions: Int) {
    let (next, isTooLarge) = end.addingReportingOverflow(UInt32(truncatingIfNeeded: transitions))
    guard !isTooLarge, ends.makeRoom(1) else {
      isBroken = true
      return
    }
    end = next
    ends.append(next)
  }

  /// Forgets what was inserted so far: initial states, successors of none.
  mutating func endInitialStates() {
    // Nobody else has taken a block yet.
    if blocks.count > 1 || ends.count > 1 { isBroken = true }
    next = blocks.first?.first ?? 0
  }
}

/// The atoms of states, as bits: a byte for each state as long as they fit.
struct AtomColumn {
  private(set) var bytes: PageColumn<UInt8>
  private(set) var words: PageColumn<UInt64>
  let count: Int
  /// Those that could not be evaluated somewhere.
  var failed: UInt64 = 0

  /// The bit of an atom that nothing else needs: atoms are at most so many.
  static let countMax = 62

  init?(_ budget: MemoryBudget, _ count: Int) {
    guard let bytes = PageColumn<UInt8>(budget), let words = PageColumn<UInt64>(budget) else {
      return nil
    }
    self.bytes = bytes
    self.words = words
    self.count = count
  }

  mutating func removeAll(from place: Int) {
    bytes.removeAll(from: place)
    words.removeAll(from: place)
  }

  /// False where memory is refused.
  @inline(__always)
  mutating func append(_ bits: UInt64) -> Bool {
    if count <= 8 {
      guard bytes.makeRoom(1) else { return false }
      bytes.append(UInt8(truncatingIfNeeded: bits))
    } else {
      guard words.makeRoom(1) else { return false }
      words.append(bits)
    }
    return true
  }
}
