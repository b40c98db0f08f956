/// What one worker of a search notes of the graph: for each state it expanded the identities of its
/// successors, in the order in which they were generated.
///
/// Price: 8 bytes a transition and 8 a state, in blocks that never move.
/// Threads: the worker's own; read when all are through.
final class GraphLog {
  /// Of a transition: identity (40 bits) and action (24).
  let successors: WordList
  /// Of a state: number of its transitions (23 bits), quiescent (1), identity (40).
  let sources: WordList
  /// Something did not fit, so that there is no graph.
  private(set) var isBroken = false

  static let actionBits: UInt64 = 24
  private static let transitionsMax = 1 << 23 - 1

  init(_ budget: MemoryBudget) {
    successors = WordList(budget)
    sources = WordList(budget)
  }

  /// Notes the successors that an insertion dealt with.
  func add(
    _ ids: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, count: Int
  ) {
    for index in 0..<count {
      let action = UInt64(truncatingIfNeeded: actions[index]) & (1 << GraphLog.actionBits - 1)
      if !successors.append(ids[index] << GraphLog.actionBits | action) { isBroken = true }
    }
  }

  /// Notes a state whose successors follow those of the state before it.
  func addSource(_ id: StateID, transitions: Int, isQuiescent: Bool) {
    if transitions > GraphLog.transitionsMax { isBroken = true }
    let entry =
      UInt64(truncatingIfNeeded: transitions) << (StateID.bits + 1)
      | (isQuiescent ? 1 : 0) << StateID.bits | id.raw
    if !sources.append(entry) { isBroken = true }
  }
}

/// Words in blocks that do not move.
final class WordList {
  private(set) var count = 0
  private var blocks: [UnsafeMutablePointer<UInt64>] = []
  private var next: UnsafeMutablePointer<UInt64>?
  private var room = 0
  private let budget: MemoryBudget

  private static let blockShift = 16

  init(_ budget: MemoryBudget) { self.budget = budget }

  deinit {
    for block in blocks { block.deallocate() }
    budget.release(byteCount)
  }

  var byteCount: Int { blocks.count * 8 << WordList.blockShift }

  /// False where memory is refused.
  @inline(__always)
  func append(_ word: UInt64) -> Bool {
    if room == 0 && !grow() { return false }
    // Safety: `grow` made room behind the last word.
    next.unsafelyUnwrapped.pointee = word
    next = next.unsafelyUnwrapped + 1
    room &-= 1
    count &+= 1
    return true
  }

  @inline(never)
  private func grow() -> Bool {
    guard budget.reserve(8 << WordList.blockShift) else { return false }
    let block = UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << WordList.blockShift)
    blocks.append(block)
    next = block
    room = 1 << WordList.blockShift
    return true
  }

  @inline(__always)
  subscript(index: Int) -> UInt64 {
    assert(index >= 0 && index < count)
    return blocks[index >> WordList.blockShift][index & (1 << WordList.blockShift - 1)]
  }
}
