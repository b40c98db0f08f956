/// One row that changes.
struct Row: ~Copyable {
  let words: UnsafeMutablePointer<UInt64>
  let width: Int

  init(width: Int) {
    self.width = width
    words = .allocate(capacity: width)
    words.initialize(repeating: 0, count: width)
  }

  deinit { words.deallocate() }

  @inline(__always)
  func contains(_ index: Int) -> Bool { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
  @inline(__always)
  func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }
  @inline(__always)
  func remove(_ index: Int) { words[index >> 6] &= ~(1 << UInt64(index & 63)) }
  @inline(__always)
  func removeAll() { words.update(repeating: 0, count: width) }
  @inline(__always)
  func take(_ other: borrowing Row) { words.update(from: other.words, count: width) }

  /// Ascending.
  @inline(__always)
  func forEach(_ body: (Int) -> Void) {
    for word in 0..<width {
      var rest = words[word]
      while rest != 0 {
        body(word << 6 + rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }
}
