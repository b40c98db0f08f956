/// Something for each worker, which only that one touches until all are through.
public final class PerWorker<Value>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Value>
  let count: Int

  public init(_ workforce: Workforce, _ value: Value) {
    count = workforce.count
    base = .allocate(capacity: count)
    base.initialize(repeating: value, count: count)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  public subscript(worker: Int) -> Value {
    // Safety: callers pass a worker of the workforce.
    unsafeAddress { UnsafePointer(base + worker) }
    unsafeMutableAddress { base + worker }
  }

  public var all: [Value] { (0..<count).map { base[$0] } }
}
