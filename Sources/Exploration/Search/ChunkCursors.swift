import Synchronization

/// How many chunks of each worker's part of a level are taken, in cache lines of their own.
///
/// A worker takes the chunks of what it found itself, which lies in its caches, and then those of
/// others. So each of them goes through the level in about the order in which it found it, and
/// states that are near each other in the graph stay near each other in memory.
///
/// Threads: `take` from any; `restart` while nobody takes.
final class ChunkCursors: Sendable {
  private let cursors: SpacedCounters

  init(workers: Int) { cursors = SpacedCounters(count: workers) }

  // Relaxed, all: the cursors only divide the work; the barriers of the team order all data.

  func restart() {
    for worker in 0..<cursors.count { cursors[worker].pointee.store(0, ordering: .relaxed) }
  }

  /// The next chunk for a worker: of its own part as long as there is one, then of the others'.
  func take(
    for taker: Int, from levels: borrowing LevelTable
  ) -> (worker: Int, places: Range<Int>)? {
    for step in 0..<cursors.count {
      let worker = (taker + step) % cursors.count
      let cursor = cursors[worker]
      // A look first: where nothing is left the line stays where it is.
      if levels.chunk(cursor.pointee.load(ordering: .relaxed), of: worker) == nil { continue }
      let number = cursor.pointee.add(1, ordering: .relaxed).oldValue
      if let places = levels.chunk(number, of: worker) { return (worker, places) }
    }
    return nil
  }
}
