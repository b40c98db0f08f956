import TransitionSystem

extension BreadthFirstWorker where Store: ~Copyable {
  /// Takes chunks and calls `body` for each of their states that is wanted, with all its successors
  /// in the buffer.
  ///
  /// For phases that store nothing; ends early where `isCancelled` says so. The body is not called
  /// for a state whose expansion was interrupted: `interrupted` is.
  mutating func visitLevel(
    _ search: BreadthFirst<Store>, isCancelled: () -> Bool,
    interrupted: (inout BreadthFirstWorker<Store>, UnsafePointer<UInt64>, Interruption) -> Void =
      { _, _, _ in },
    where isWanted: (UnsafePointer<UInt64>) -> Bool = { _ in true },
    _ body: (inout BreadthFirstWorker<Store>, UnsafePointer<UInt64>, Expansion) -> Void
  ) {
    let wordCount = buffer.wordCount
    while let next = search.nextChunk(for: index), !isCancelled() {
      for place in next.places {
        let source = UnsafePointer(
          search.store.pointee.words(worker: next.worker, place: place, reader: index))
        if !isWanted(source) { continue }
        buffer.removeAll()
        let expansion = checks.machine.expand(
          source, hash: StateHash.hash(source, wordCount), into: &buffer)
        canonicalize(from: 0)
        if let interruption = expansion.interruption {
          interrupted(&self, source, interruption)
        } else {
          body(&self, source, expansion)
        }
      }
    }
    buffer.removeAll()
  }

  /// Evaluates the properties that read `quiescent` on the states of a level.
  ///
  /// A channel without room for a step hides whether it is enabled, so it grows as in a search.
  mutating func inspectLevel(_ search: BreadthFirst<Store>, depth: Int) {
    let limits = search.limits
    func isCancelled() -> Bool {
      limits.check(states: 0)
      return limits.isStopped
    }
    visitLevel(
      search, isCancelled: isCancelled,
      interrupted: { worker, source, interruption in
        worker.interrupt(interruption, source, depth: depth, search)
      },
      { worker, source, expansion in
        worker.checks.onInspected(source, depth: depth, expansion)
      })
  }
}
