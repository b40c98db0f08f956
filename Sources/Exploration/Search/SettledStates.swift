import Reduction
import TransitionSystem

/// Which states lead, by transitions that were kept, to one that was expanded fully: all but those
/// that are said to be unsettled.
///
/// Written at the expansion of a state, by whoever expands it, and read in later levels only, so
/// that nobody sees half a level. A byte for each state, its stage, because workers write side by
/// side; none where the store has stages of its own.
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
  }

  private let rows: UnsafeMutablePointer<Row>
  /// Of the level that is being expanded; in memory, so that nobody checks for exclusive access.
  private let stages: UnsafeMutablePointer<LevelStages>
  private let workers: Int
  private let budget: MemoryBudget
  /// Whether states are remembered here.
  private let remembers: Bool
  /// Whether only states of the next level lead on, so that no other may be taken for one.
  private let wantsNext: Bool
  /// For tests: whether all states of earlier levels are taken for settled.
  let trustsAll: Bool

  init(
    workers: Int, budget: MemoryBudget, remembers: Bool, wantsNext: Bool = false,
    trustsAll: Bool = false
  ) {
    self.workers = workers
    self.budget = budget
    self.remembers = remembers
    self.wantsNext = wantsNext
    self.trustsAll = trustsAll
    stages = .allocate(capacity: 1)
    rows = .allocate(capacity: workers)
    for worker in 0..<workers {
      (rows + worker).initialize(
        to: Row(bytes: .allocate(capacity: 1), capacity: 1, level: 0..<0))
    }
  }

  deinit {
    for worker in 0..<workers {
      budget.release(rows[worker].capacity - 1)
      rows[worker].bytes.deallocate()
    }
    rows.deallocate()
    stages.deallocate()
  }

  /// To be called before a level is expanded; false where memory is refused.
  func begin(_ depth: Int, of levels: LevelTable, _ stages: LevelStages) -> Bool {
    self.stages.initialize(to: stages)
    if !remembers { return true }
    let stage = UInt8(truncatingIfNeeded: stages.current.bits)
    for worker in 0..<workers {
      let level = levels.range(level: depth, worker: worker)
      let count = level.upperBound
      if count > rows[worker].capacity && !grow(worker, to: count) { return false }
      rows[worker].level = level
      (rows[worker].bytes + level.lowerBound).update(repeating: stage, count: level.count)
    }
    return true
  }

  private func grow(_ worker: Int, to count: Int) -> Bool {
    let old = rows[worker]
    let capacity = max(4096, count + count / 2)
    guard budget.reserve(capacity - old.capacity) else { return false }
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    let used = old.level.upperBound
    bytes.initialize(from: old.bytes, count: used)
    (bytes + used).initialize(repeating: 0, count: capacity - used)
    old.bytes.deallocate()
    rows[worker].bytes = bytes
    rows[worker].capacity = capacity
    return true
  }

  /// Notes that it is not known whether a state of the level leads to a full expansion.
  ///
  /// Requires: states are remembered.
  @inline(__always)
  func unsettle(_ id: StateID) {
    rows[id.worker].bytes[id.place] = UInt8(truncatingIfNeeded: Stage.unsettled.bits)
  }

  /// Where a state of a stage stands.
  @inline(__always)
  func standing(of stage: Stage) -> Standing { stages.pointee.standing(of: stage) }

  /// Where a stored state stands, as its stage alone would have it: the same for all stores.
  ///
  /// Requires: states are remembered.
  @inline(__always)
  func standing(_ id: StateID) -> Standing {
    let row = rows[id.worker]
    if id.place >= row.level.upperBound { return .ahead }
    if wantsNext && id.place < row.level.lowerBound { return .behind }
    return standing(of: Stage(bits: UInt64(row.bytes[id.place])))
  }
}
