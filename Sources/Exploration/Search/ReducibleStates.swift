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
    var successors = 0..<0
    /// Whether a set is looked for, and what is known of it.
    var mayReduce = false
    var outlook = Outlook.open
    /// The action of its only successor in the buffer, where those by others are left out if this
    /// one leads on; negative where all are there.
    var safeAction: Int32 = -1

    init(source: UnsafePointer<UInt64>, hash: UInt64, id: StateID) {
      self.source = source
      self.hash = hash
      self.id = id
    }

    /// Whether it is one of those where all keys are tried (`Prospects`).
    var triesAll: Bool { ReductionPace.includes(hash) }
  }

  private static let capacity = 64
  /// Each may be expanded again.
  private let entries = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * capacity)
  private let header = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  init() { header.initialize(to: 0) }

  deinit {
    entries.deallocate()
    header.deallocate()
  }

  var count: Int { header.pointee }
  var isFull: Bool { count >= ReducibleStates.capacity }

  /// Requires: not full, or a state that was added before is expanded again.
  @inline(__always)
  func add(_ state: Entry) {
    (entries + count).initialize(to: state)
    header.pointee += 1
  }

  subscript(place: Int) -> Entry { entries[place] }

  func removeAll() { header.pointee = 0 }
}
