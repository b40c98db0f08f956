/// Expanded states whose successors lie one after the other in a buffer and wait for stubborn sets.
///
/// Some at a time, so that what the visited set says of their successors is in the caches when it
/// is asked.
///
/// Threads: one; it belongs to a worker.
struct ReducibleStates: ~Copyable {
  struct Entry {
    let source: UnsafePointer<UInt64>
    let id: StateID
    /// Of its successors in the buffer, where those of the one before end.
    let successors: Range<Int>
    /// Whether none of its steps fails.
    let mayReduce: Bool
    /// Whether it is one of those where all keys are tried (`Prospects`).
    let triesAll: Bool
  }

  private static let capacity = 64
  private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
  private let header = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  init() { header.initialize(to: 0) }

  deinit {
    entries.deallocate()
    header.deallocate()
  }

  var count: Int { header.pointee }
  var isFull: Bool { count == ReducibleStates.capacity }

  /// Adds a state of which the last successors in the buffer are.
  ///
  /// Requires: not full.
  func add(
    _ source: UnsafePointer<UInt64>, _ id: StateID, end: Int, mayReduce: Bool, triesAll: Bool
  ) {
    let first = count == 0 ? 0 : self[count - 1].successors.upperBound
    (entries + count).initialize(
      to: Entry(
        source: source, id: id, successors: first..<end, mayReduce: mayReduce,
        triesAll: triesAll))
    header.pointee += 1
  }

  subscript(place: Int) -> Entry { entries[place] }

  func removeAll() { header.pointee = 0 }
}
