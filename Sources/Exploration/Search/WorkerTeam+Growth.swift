import Synchronization

extension WorkerTeam {
  /// What the workers share while a table grows. Relaxed: the barriers order all data.
  private final class Growth: Sendable {
    let cursor = Atomic<Int>(0)
    let hasFailed = Atomic<Bool>(false)
  }

  /// Makes the table of a store larger, or lets it get fuller; false where neither is possible.
  ///
  /// - Parameters:
  ///   - counts: the states of each worker.
  ///   - isSmall: whether waking the others would cost more than it saves.
  func grow<Store: VisitedSet & ~Copyable>(
    _ store: UnsafeMutablePointer<Store>, counts: [Int], isSmall: Bool
  ) -> Bool {
    guard store.pointee.beginGrowth() else { return store.pointee.fillFurther() }
    let growth = Growth()
    // Safety: the store outlives the task, and `growPart` is for all workers at once.
    nonisolated(unsafe) let shared = store
    let part: Task = { _ in
      if !shared.pointee.growPart(growth.cursor, counts: counts) {
        growth.hasFailed.store(true, ordering: .relaxed)
      }
    }
    if isSmall { part(0) } else { run(part) }
    if growth.hasFailed.load(ordering: .relaxed) { return false }
    store.pointee.endGrowth()
    return true
  }
}
