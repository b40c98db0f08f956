import Synchronization

/// How many states each worker has stored, in cache lines of their own.
///
/// To raise one count that all share, a worker would have to wait for its line from whoever raised
/// it last: 50 ns, and between processors with caches of their own 400, for each batch.
///
/// Threads: `add` for a worker by that worker; `sum` by any, and behind the truth by the batches
/// under way.
final class StateCounts: Sendable {
  private let counts: SpacedCounters

  init(workers: Int) { counts = SpacedCounters(count: workers) }

  // Relaxed, both: the sum triggers growth some batches early or late; it orders nothing.

  @inline(__always)
  func add(_ number: Int, worker: Int) {
    let own = counts[worker]
    own.pointee.store(own.pointee.load(ordering: .relaxed) &+ number, ordering: .relaxed)
  }

  var sum: Int {
    var sum = 0
    for worker in 0..<counts.count { sum &+= counts[worker].pointee.load(ordering: .relaxed) }
    return sum
  }
}
