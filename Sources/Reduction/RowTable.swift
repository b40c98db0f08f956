/// Rows of bits in memory that one worker reads without checks.
///
/// Safety: rows are read as `row(i)` with i < count only.
struct RowTable: ~Copyable {
  private let words: UnsafeMutablePointer<UInt64>
  private let width: Int

  init(_ rows: [UInt64], width: Int) {
    words = .allocate(capacity: max(1, rows.count))
    words.initialize(repeating: 0, count: max(1, rows.count))
    for (index, word) in rows.enumerated() { words[index] = word }
    self.width = width
  }

  deinit { words.deallocate() }

  @inline(__always)
  func row(_ index: Int) -> UnsafePointer<UInt64> { UnsafePointer(words + index &* width) }
}
