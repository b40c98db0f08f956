import Reduction
import TransitionSystem

/// Which states lead, by transitions that were kept, to one that was expanded fully.
///
/// Written at the expansion of a state, by whoever expands it, and read in later levels only, so
/// that nobody sees half a level. A byte for each state, because workers write side by side.
///
/// Threads: between levels one; within a level each state has one writer, and nobody reads what is
/// written in it.
struct SettledStates: ~Copyable {
  /// The states of one worker of the visited set.
  private struct Row {
    var bytes: UnsafeMutablePointer<UInt8>
    var capacity: Int
    /// The places of the level that is being expanded.
    var level: Range<Int>
    /// The place of the first byte.
    var first: Int
  }

  private let rows: UnsafeMutablePointer<Row>
  private let workers: Int
  private let budget: MemoryBudget
  /// Whether only the states of the level are remembered; the store has stages for all others.
  private let keepsLevel: Bool
  /// For tests: whether all states of earlier levels are taken for settled, and those of the level
  /// for states ahead.
  private let trustsAll: Bool
  let mixesLevels: Bool

  init(
    workers: Int, budget: MemoryBudget, keepsLevel: Bool, omitting omitted: Set<Condition> = []
  ) {
    self.workers = workers
    self.budget = budget
    self.keepsLevel = keepsLevel
    trustsAll = omitted.contains(.settling)
    mixesLevels = omitted.contains(.levels)
    rows = .allocate(capacity: workers)
    for worker in 0..<workers {
      (rows + worker).initialize(
        to: Row(bytes: .allocate(capacity: 1), capacity: 1, level: 0..<0, first: 0))
    }
  }

  deinit {
    for worker in 0..<workers {
      budget.release(rows[worker].capacity - 1)
      rows[worker].bytes.deallocate()
    }
    rows.deallocate()
  }

  /// To be called before a level is expanded, which settles all of its states where that is known;
  /// false where memory is refused.
  func begin(_ depth: Int, of levels: LevelTable, areSettled: Bool = false) -> Bool {
    for worker in 0..<workers {
      let level = levels.range(level: depth, worker: worker)
      let first = keepsLevel ? level.lowerBound : 0
      let count = level.upperBound - first
      if count > rows[worker].capacity && !grow(worker, to: count) { return false }
      rows[worker].level = level
      rows[worker].first = first
      (rows[worker].bytes + level.lowerBound - first).update(
        repeating: areSettled ? 1 : 0, count: level.count)
    }
    return true
  }

  private func grow(_ worker: Int, to count: Int) -> Bool {
    let old = rows[worker]
    let capacity = max(4096, count + count / 2)
    guard budget.reserve(capacity - old.capacity) else { return false }
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    let used = old.level.upperBound - old.first
    bytes.initialize(from: old.bytes, count: used)
    (bytes + used).initialize(repeating: 0, count: capacity - used)
    old.bytes.deallocate()
    rows[worker].bytes = bytes
    rows[worker].capacity = capacity
    return true
  }

  /// Notes that a state of the level leads to a full expansion.
  @inline(__always)
  func settle(_ worker: Int, _ place: Int) {
    rows[worker].bytes[place &- rows[worker].first] = 1
  }

  /// Whether a state of the level that was expanded was settled.
  @inline(__always)
  func wasSettled(_ worker: Int, _ place: Int) -> Bool {
    rows[worker].bytes[place &- rows[worker].first] == 1 || trustsAll
  }

  /// Where a stored state stands.
  ///
  /// Requires: all levels are remembered.
  @inline(__always)
  func standing(_ id: StateID) -> Standing {
    let level = rows[id.worker].level
    if id.place >= level.lowerBound {
      return id.place >= level.upperBound || mixesLevels ? .ahead : .behind
    }
    return wasSettled(id.worker, id.place) ? .settled : .behind
  }
}
