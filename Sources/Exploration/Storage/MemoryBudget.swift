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
