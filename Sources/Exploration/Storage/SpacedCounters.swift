import Synchronization

/// A counter for each worker, in cache lines of their own.
///
/// Price: `CacheGap.byteCount` a worker.
struct SpacedCounters: ~Copyable, @unchecked Sendable {
  let count: Int
  private let memory: UnsafeMutableRawPointer

  /// Of zeroes.
  init(count: Int) {
    self.count = count
    memory = .allocate(byteCount: count * CacheGap.byteCount, alignment: CacheGap.byteCount)
    for number in 0..<count {
      (memory + number * CacheGap.byteCount).bindMemory(to: Atomic<Int>.self, capacity: 1)
        .initialize(to: Atomic(0))
    }
  }

  deinit { memory.deallocate() }

  @inline(__always)
  subscript(number: Int) -> UnsafeMutablePointer<Atomic<Int>> {
    assert(number >= 0 && number < count)
    // Safety: initialised above, and an Atomic<Int> has nothing to deinitialise.
    return (memory + number &* CacheGap.byteCount).assumingMemoryBound(to: Atomic<Int>.self)
  }
}
