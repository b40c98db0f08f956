/// Ends an expansion that goes on and on: a state may have any number of ways to go, and no search
/// looks at its limits before an expansion is done.
///
/// Threads: one at a time; each machine has its own.
final class ExpansionWatch {
  /// Ways between two looks at the clock: a few milliseconds.
  static let waysPerLook = 1 << 16
  /// What the buffer and the failures of a state may have without being counted.
  private static let freeBytes = 1 << 20

  /// Nil where only memory ends an expansion.
  var limits: SearchLimits?
  private let budget: MemoryBudget
  /// Counted against the budget, for as long as this lives: a buffer that grew stays.
  private var reserved = 0

  init(_ limits: SearchLimits?, _ budget: MemoryBudget) {
    self.limits = limits
    self.budget = budget
  }

  /// For machines that expand what a search has expanded.
  convenience init() { self.init(nil, MemoryBudget(limit: 1 << 32)) }

  deinit { budget.release(reserved) }

  /// False, and the search stopped, where the budget refuses this many bytes altogether.
  func mayHold(_ bytes: Int) -> Bool {
    let more = bytes - max(reserved, Self.freeBytes)
    if more <= 0 { return true }
    let wanted = bytes - reserved
    guard budget.reserve(wanted) else {
      limits?.stop(.memory)
      return false
    }
    reserved += wanted
    return true
  }

  /// False where the search is to end.
  func mayGoOn() -> Bool {
    limits?.check(states: 0)
    return limits?.isStopped != true
  }
}
