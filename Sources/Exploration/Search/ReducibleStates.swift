import Reduction

/// Expanded states whose successors lie in a buffer, in their order, and wait for stubborn sets.
///
/// Some at a time, so that what the visited set says of their successors is in the caches when it
/// is asked.
///
/// Threads: one; it belongs to a worker.
struct ReducibleStates: ~Copyable {
  struct Entry {
    let source: UnsafePointer<UInt64>
    let hash: UInt64
    let id: StateID
    /// Of its successors in the buffer.
    let successors: Range<Int>
    /// Whether it is one of those where all keys are tried (`Prospects`).
    let triesAll: Bool
    /// Whether a set is looked for, and what is known of it.
    var mayReduce = false
    var outlook = Outlook.open
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

  /// Requires: not full.
  @inline(__always)
  func add(_ state: Entry) {
    (entries + count).initialize(to: state)
    header.pointee += 1
  }

  subscript(place: Int) -> Entry { entries[place] }

  func removeAll() { header.pointee = 0 }
}
