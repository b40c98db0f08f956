import Columns

/// What one worker of a search notes of the graph: for each state it expanded its successors, in
/// the order in which they were generated, and which atoms are true in it.
///
/// Price: 6 bytes a transition, 6 to 17 a state, in memory that the graph takes over.
/// Threads: the worker's own; read when all are through.
struct GraphLog {
  /// Of a transition: the number of its target (see `number`).
  private(set) var targets: PageColumn<Int32>
  private(set) var actions: PageColumn<UInt16>
  /// Of a state: where its transitions end, behind a 0; the initial states do not count.
  private(set) var ends: PageColumn<UInt32>
  /// Numbers of the states, where there are several workers.
  private(set) var sources: PageColumn<Int32>
  private(set) var isQuiescent: PageColumn<Bool>
  private(set) var atoms: AtomColumn
  /// Successors of no state, in front of all others.
  private(set) var initialCount = 0
  /// Something did not fit, so that there is no graph.
  private(set) var isBroken = false
  private var end: UInt32 = 0
  private let workers: Int

  init?(_ budget: MemoryBudget, workers: Int, atomCount: Int) {
    guard let targets = PageColumn<Int32>(budget), let actions = PageColumn<UInt16>(budget),
      var ends = PageColumn<UInt32>(budget), let sources = PageColumn<Int32>(budget),
      let isQuiescent = PageColumn<Bool>(budget), let atoms = AtomColumn(budget, atomCount),
      ends.makeRoom(1)
    else { return nil }
    ends.append(0)
    self.targets = targets
    self.actions = actions
    self.ends = ends
    self.sources = sources
    self.isQuiescent = isQuiescent
    self.atoms = atoms
    self.workers = workers
  }

  /// The states of worker w are w, w + n, w + 2n, … for n workers; for one, its places.
  @inline(__always)
  private func number(_ id: StateID) -> Int { id.place &* workers &+ id.worker }

  /// Notes the successors that an insertion dealt with.
  @inline(__always)
  mutating func add(
    _ ids: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, count: Int
  ) {
    guard targets.makeRoom(count), self.actions.makeRoom(count) else {
      isBroken = true
      return
    }
    var bits = 0
    for index in 0..<count {
      let number = number(StateID(raw: ids[index]))
      bits |= number | Int(actions[index]) &<< 15
      targets.append(Int32(truncatingIfNeeded: number))
      self.actions.append(UInt16(truncatingIfNeeded: actions[index]))
    }
    if bits > Int(Int32.max) { isBroken = true }
  }

  /// Notes a state whose successors follow those of the state before it.
  @inline(__always)
  mutating func addSource(_ id: StateID, isQuiescent quiescent: Bool) {
    guard isQuiescent.makeRoom(1), workers == 1 || sources.makeRoom(1) else {
      isBroken = true
      return
    }
    isQuiescent.append(quiescent)
    if workers > 1 { sources.append(Int32(truncatingIfNeeded: number(id))) }
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

  /// Notes the atoms of the state that was noted last.
  @inline(__always)
  mutating func addAtoms(_ bits: UInt64, failed: UInt64) {
    if !atoms.append(bits) { isBroken = true }
    atoms.failed |= failed
  }

  /// What was inserted so far are initial states.
  mutating func endInitialStates() { initialCount = targets.count }
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
