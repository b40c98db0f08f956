/// The scratch memory of one worker's insertions: what a batch found, by index of the successor.
struct InsertionBatch: ~Copyable {
  /// Indices of the successors that are not among the recent ones.
  let pending: UnsafeMutablePointer<Int>
  /// How many slots after its home probing stands, and the value seen there.
  let steps: UnsafeMutablePointer<Int>
  let values: UnsafeMutablePointer<UInt64>
  /// The identity of each successor, new or known; raw. Set by stores that keep their states.
  let ids: UnsafeMutablePointer<UInt64>
  /// Indices of the successors that were new, ascending.
  let fresh: UnsafeMutablePointer<Int32>
  var freshCount = 0

  /// States that one insertion takes at most.
  static let capacity = 128

  init() {
    pending = .allocate(capacity: InsertionBatch.capacity)
    steps = .allocate(capacity: InsertionBatch.capacity)
    values = .allocate(capacity: InsertionBatch.capacity)
    ids = .allocate(capacity: InsertionBatch.capacity)
    fresh = .allocate(capacity: InsertionBatch.capacity)
  }

  deinit {
    pending.deallocate()
    steps.deallocate()
    values.deallocate()
    ids.deallocate()
    fresh.deallocate()
  }
}
