import Synchronization

/// Counts the bytes of large blocks against a limit.
///
/// Threads: any.
final class MemoryBudget: Sendable {
  let limit: Int
  // Relaxed: plain counters, they order nothing.
  private let used = Atomic<Int>(0)
  private let most = Atomic<Int>(0)

  init(limit: Int) { self.limit = limit }

  var inUse: Int { used.load(ordering: .relaxed) }
  var peak: Int { most.load(ordering: .relaxed) }
  var available: Int { max(0, limit - inUse) }

  /// Counts `bytes`; false, and nothing counted, where the limit would be passed.
  func reserve(_ bytes: Int) -> Bool {
    let now = used.add(bytes, ordering: .relaxed).newValue
    if now > limit {
      used.subtract(bytes, ordering: .relaxed)
      return false
    }
    _ = most.max(now, ordering: .relaxed)
    return true
  }

  func release(_ bytes: Int) { used.subtract(bytes, ordering: .relaxed) }
}

/// Bytes counted against a budget for as long as this lives.
///
/// A class, because a deinitialiser of a generic struct that cannot be copied is not run when a
/// pointer to it is deinitialised (Swift 6.3).
///
/// Threads: one at a time.
final class MemoryReservation {
  private let budget: MemoryBudget
  private(set) var bytes: Int

  /// Nil where the budget refuses.
  init?(_ bytes: Int, of budget: MemoryBudget) {
    guard budget.reserve(bytes) else { return nil }
    self.budget = budget
    self.bytes = bytes
  }

  deinit { budget.release(bytes) }

  /// False, and nothing counted, where the budget refuses.
  func grow(by more: Int) -> Bool {
    guard budget.reserve(more) else { return false }
    bytes += more
    return true
  }

  /// Counts as many bytes as there are now, where there are more; false where the budget refuses.
  func follow(_ now: Int) -> Bool { now <= bytes || grow(by: now - bytes) }

  func shrink(by less: Int) {
    budget.release(less)
    bytes -= less
  }
}
