/// The scratch memory of one worker's insertions: what a batch found, by index of the successor.
struct InsertionBatch: ~Copyable {
  /// How many slots after its home probing stands, and the value seen there.
  let steps: UnsafeMutablePointer<Int>
  let values: UnsafeMutablePointer<UInt64>
  /// The identity of each successor, new or known; raw.
  let ids: UnsafeMutablePointer<UInt64>
  /// Indices of the successors that were new, ascending.
  let fresh: UnsafeMutablePointer<Int32>
  var freshCount = 0

  init() {
    steps = .allocate(capacity: ExactStore.batchMax)
    values = .allocate(capacity: ExactStore.batchMax)
    ids = .allocate(capacity: ExactStore.batchMax)
    fresh = .allocate(capacity: ExactStore.batchMax)
  }

  deinit {
    steps.deallocate()
    values.deallocate()
    ids.deallocate()
    fresh.deallocate()
  }
}
