import Synchronization
import TransitionSystem

/// Levels that the store forgot, searched for again.
///
/// Traces go back through the levels. Where their states are gone the search is done once more, up
/// to the level wanted, with an empty set of the same kind, and keeps as many of the last levels as
/// fit half of the free memory; mostly that is all of them, and a trace costs at most one search
/// more in time, as deep as the finding. Where the memory does not suffice for that, it keeps less,
/// in the end one level, and is done again for each of those before: so a trace needs no more
/// memory than the search.
extension BreadthFirst where Store: ~Copyable {
  /// States that cost next to nothing to keep: the traces of small specs need no second search.
  private static var keptBytes: Int { 8 << 20 }

  /// Tells the store which levels are done with, after `depth` was expanded.
  func forgetLevels(upTo depth: Int) {
    let held = counts.reduce(0, +) - levels.statesBefore(firstLevelKept)
    heldMax = max(heldMax, held)
    if depth >= keepFrom || held * store.pointee.heldStateBytes <= keptBytesMax { return }
    for index in 0..<workerCount {
      let place = levels.start(of: depth + 1, worker: index)
      if store.pointee.forgetStates(before: place, of: &workers[index].writer) {
        firstLevelKept = depth + 1
      }
    }
  }

  /// The exact store, which is chosen for speed, keeps more where a trace is certain or likely:
  /// something was found, or a witness is sought.
  private var keptBytesMax: Int {
    if keepsLeast { return 0 }
    let properties = compiled.system.properties
    let awaitsTrace =
      !findings.isEmpty
      || agenda.includes { properties[$0].kind == .reachability }
    let isTracing = options.store == .exact && options.tracesFindings && awaitsTrace
    if isTracing { return budget.limit / 8 }
    // The compact store is chosen where memory counts.
    let kept = options.store == .compact ? BreadthFirst.keptBytes / 32 : BreadthFirst.keptBytes
    return min(kept, budget.limit / 8)
  }

  /// Sees to it that the states of a level are there; false where that is impossible.
  ///
  /// `sizes`: of all levels, as the search found them.
  func bringBack(_ level: Int, sizes: [Int]) -> Bool {
    if !hasStore { return false }
    if level >= firstLevelKept { return true }
    let reason = result.stopReason
    defer { result.stopReason = reason }
    let (table, state) = (store.pointee.tableBytes, store.pointee.heldStateBytes)
    // What chunks of states take, and a table and the next one together, is not known exactly.
    while let divisor = keptDivisors.first {
      keepFrom = firstThatFits(level, sizes, held: state, (budget.limit - table) / divisor)
      keepsLeast = divisor == .max
      if searchAgain(to: level) { return true }
      if limits.stopReason ?? .memory != .memory { return false }
      keptDivisors.removeFirst()
    }
    return false
  }

  private func searchAgain(to level: Int) -> Bool {
    guard startAgain(), storeInitialStates() else { return false }
    for depth in 0..<level {
      if expand(depth) != nil { return false }
      levels.close(counts: counts)
      if !endLevel() { return false }
      forgetLevels(upTo: depth)
    }
    return levels.count > level
  }

  /// The first of the levels before `level` that fit `bytes`, with so many for each state.
  private func firstThatFits(_ level: Int, _ sizes: [Int], held: Int, _ bytes: Int) -> Int {
    var left = bytes
    var first = level
    while first > 0 {
      left -= held * sizes[first - 1]
      if left < 0 { break }
      first -= 1
    }
    return first
  }

  private func startAgain() -> Bool {
    // The old one goes first: it may have all the memory there is.
    if hasStore { store.deinitialize(count: 1) }
    hasStore = false
    guard let empty = Store(plan) else { return false }
    store.initialize(to: empty)
    hasStore = true
    levels = LevelTable(workers: workerCount)
    firstLevelKept = 0
    limits = SearchLimits(tracingUntilCancelled: limits)
    isComparing = false
    agenda.removeAll()
    for index in 0..<workerCount { workers[index].startAgain(agenda) }
    return true
  }
}
