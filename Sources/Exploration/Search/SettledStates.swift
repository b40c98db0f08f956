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
  }

  private let rows: UnsafeMutablePointer<Row>
  private let workers: Int
  private let budget: MemoryBudget
  /// For tests: whether all states of earlier levels are taken for settled.
  private let trustsAll: Bool

  init(workers: Int, budget: MemoryBudget, trustsAll: Bool = false) {
    self.workers = workers
    self.trustsAll = trustsAll
    self.budget = budget
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
  }

  /// To be called before a level is expanded; false where memory is refused.
  func begin(_ depth: Int, of levels: LevelTable) -> Bool {
    for worker in 0..<workers {
      let level = levels.range(level: depth, worker: worker)
      if level.upperBound > rows[worker].capacity && !grow(worker, to: level.upperBound) {
        return false
      }
      (rows[worker].bytes + level.lowerBound).update(repeating: 0, count: level.count)
      rows[worker].level = level
    }
    return true
  }

  private func grow(_ worker: Int, to count: Int) -> Bool {
    let old = rows[worker]
    let capacity = max(4096, count + count / 2)
    guard budget.reserve(capacity - old.capacity) else { return false }
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    bytes.initialize(from: old.bytes, count: old.level.upperBound)
    (bytes + old.level.upperBound).initialize(
      repeating: 0, count: capacity - old.level.upperBound)
    old.bytes.deallocate()
    rows[worker] = Row(bytes: bytes, capacity: capacity, level: old.level)
    return true
  }

  /// Notes that a state of the level leads to a full expansion.
  @inline(__always)
  func settle(_ worker: Int, _ place: Int) { rows[worker].bytes[place] = 1 }

  /// Whether a state lies behind the level: it was not stored, or in no complete level yet.
  @inline(__always)
  func isAhead(_ id: StateID?) -> Bool {
    guard let id else { return true }
    return id.place >= rows[id.worker].level.upperBound
  }

  /// Whether a state of an earlier level leads to a full expansion.
  @inline(__always)
  func isSettled(_ id: StateID?) -> Bool {
    guard let id else { return false }
    return id.place < rows[id.worker].level.lowerBound
      && (rows[id.worker].bytes[id.place] == 1 || trustsAll)
  }
}
