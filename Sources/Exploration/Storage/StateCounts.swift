import Synchronization

/// How many states each worker has stored, in cache lines of their own.
///
/// To raise one count that all share, a worker would have to wait for its line from whoever raised
/// it last: 50 ns, and between processors with caches of their own 400, for each batch.
///
/// Price: `CacheGap.byteCount` a worker.
/// Threads: `add` for a worker by that worker; `sum` by any, and behind the truth by the batches
/// under way.
final class StateCounts: @unchecked Sendable {
  private let workers: Int
  private let memory: UnsafeMutableRawPointer

  init(workers: Int) {
    self.workers = workers
    memory = .allocate(
      byteCount: workers * CacheGap.byteCount, alignment: CacheGap.byteCount)
    for worker in 0..<workers {
      (memory + worker * CacheGap.byteCount).bindMemory(to: Atomic<Int>.self, capacity: 1)
        .initialize(to: Atomic(0))
    }
  }

  deinit { memory.deallocate() }

  @inline(__always)
  private func count(_ worker: Int) -> UnsafeMutablePointer<Atomic<Int>> {
    // Safety: initialised above, and an Atomic<Int> has nothing to deinitialise.
    (memory + worker &* CacheGap.byteCount).assumingMemoryBound(to: Atomic<Int>.self)
  }

  // Relaxed, both: the sum triggers growth some batches early or late; it orders nothing.

  @inline(__always)
  func add(_ number: Int, worker: Int) {
    assert(worker >= 0 && worker < workers)
    let own = count(worker)
    own.pointee.store(own.pointee.load(ordering: .relaxed) &+ number, ordering: .relaxed)
  }

  var sum: Int {
    var sum = 0
    for worker in 0..<workers { sum &+= count(worker).pointee.load(ordering: .relaxed) }
    return sum
  }
}
