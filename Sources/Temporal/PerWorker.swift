/// Something for each worker, which only that one touches until all are through.
///
/// Price: 128 bytes at least, so that no two lie in cache lines that a processor fetches together.
public final class PerWorker<Value>: @unchecked Sendable {
  private let memory: UnsafeMutableRawPointer
  let count: Int

  private static var stride: Int { (MemoryLayout<Value>.stride + 127) & ~127 }

  /// `value` is made anew for each, so that no two workers begin with one array: the thread
  /// sanitizer does not see that reference counts order who copies and who writes in place.
  public init(_ workforce: Workforce, _ value: @autoclosure () -> Value) {
    count = workforce.count
    memory = .allocate(byteCount: count * PerWorker.stride, alignment: 128)
    for worker in 0..<count { base(worker).initialize(to: value()) }
  }

  deinit {
    for worker in 0..<count { base(worker).deinitialize(count: 1) }
    memory.deallocate()
  }

  private func base(_ worker: Int) -> UnsafeMutablePointer<Value> {
    // Safety: callers pass a worker of the workforce.
    (memory + worker * PerWorker.stride).assumingMemoryBound(to: Value.self)
  }

  public subscript(worker: Int) -> Value {
    unsafeAddress { UnsafePointer(base(worker)) }
    unsafeMutableAddress { base(worker) }
  }

  public var all: [Value] { (0..<count).map { base($0).pointee } }
}
