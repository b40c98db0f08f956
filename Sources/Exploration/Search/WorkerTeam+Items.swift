import Synchronization

extension WorkerTeam {
  /// Lets the workers take the items `0..<count`, one at a time.
  ///
  /// What they do to shared memory must not depend on who takes which.
  func forEachItem(of count: Int, _ body: @escaping @Sendable (_ item: Int) -> Void) {
    if self.count == 1 || count <= 1 {
      for item in 0..<count { body(item) }
      return
    }
    // Relaxed: the cursor only divides the work; the end of `run` orders all data.
    let cursor = ItemCursor()
    run { _ in
      while true {
        let item = cursor.next.add(1, ordering: .relaxed).oldValue
        if item >= count { return }
        body(item)
      }
    }
  }

  private final class ItemCursor: Sendable {
    let next = Atomic<Int>(0)
  }
}
