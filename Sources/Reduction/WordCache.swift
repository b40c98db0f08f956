/// Remembers words for words, in a table of bounded size with one place for each key.
///
/// For functions of their key: to forget costs time only, and what is remembered by whom cannot
/// change a result. Grows while keys drive each other out.
///
/// Requires: the first word of a key is not `UInt64.max`.
///
/// Safety: keys have `keyWidth` words, at least one.
struct WordCache: ~Copyable {
  private struct Header: BitwiseCopyable {
    /// Entries: the key, its first word plus one, which is 0 where there is none; the value.
    var words: UnsafeMutablePointer<UInt64>
    var mask: UInt64
    var replaced: Int
  }

  private let header: UnsafeMutablePointer<Header>
  private let keyWidth: Int
  private let stride: Int
  private let countMax: Int

  private static let countMin = 1 << 10

  /// `bytesMax` is rounded down to a power of two of entries.
  init(keyWidth: Int, valueWidth: Int, bytesMax: Int) {
    self.keyWidth = keyWidth
    stride = keyWidth + valueWidth
    var count = WordCache.countMin
    while 16 * count * stride <= bytesMax { count *= 2 }
    countMax = count
    header = .allocate(capacity: 1)
    header.initialize(to: WordCache.header(count: WordCache.countMin, stride: stride))
  }

  deinit {
    header.pointee.words.deallocate()
    header.deallocate()
  }

  var byteCount: Int { 8 * stride * (Int(header.pointee.mask) + 1) }

  private static func header(count: Int, stride: Int) -> Header {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: count * stride)
    words.initialize(repeating: 0, count: count * stride)
    return Header(words: words, mask: UInt64(count - 1), replaced: 0)
  }

  /// Keys that differ in the last bits of their last word only are neighbours: they are asked for
  /// together.
  @inline(__always)
  private func entry(
    _ first: UInt64, _ rest: UnsafePointer<UInt64>
  ) -> UnsafeMutablePointer<UInt64> {
    var last = first
    var hash: UInt64 = 0
    // Source of the factor: Knuth, TAOCP 3, 6.4.
    for word in 1..<max(1, keyWidth) {
      hash = (hash ^ last) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      last = rest[word]
    }
    hash = (hash ^ last >> 3) &* 0x9E37_79B9_7F4A_7C15
    let place = ((hash >> 32) << 3 | last & 7) & header.pointee.mask
    return header.pointee.words + Int(place) &* stride
  }

  /// The value of a key; nil where it is not known any more, or not yet.
  @inline(__always)
  func find(_ key: UnsafePointer<UInt64>) -> UnsafeMutablePointer<UInt64>? {
    let entry = entry(key[0], key)
    if entry[0] != key[0] &+ 1 { return nil }
    for word in 1..<max(1, keyWidth) where entry[word] != key[word] { return nil }
    return entry + keyWidth
  }

  /// Where to write the value of a key that is not known.
  func add(_ key: UnsafePointer<UInt64>) -> UnsafeMutablePointer<UInt64> {
    let count = Int(header.pointee.mask) + 1
    if 4 * header.pointee.replaced > count && count < countMax { grow() }
    let entry = entry(key[0], key)
    if entry[0] != 0 { header.pointee.replaced += 1 }
    entry.update(from: key, count: keyWidth)
    entry[0] &+= 1
    return entry + keyWidth
  }

  private func grow() {
    let old = header.pointee
    let count = Int(old.mask) + 1
    header.pointee = WordCache.header(count: 2 * count, stride: stride)
    for index in 0..<count where old.words[index * stride] != 0 {
      let from = old.words + index * stride
      entry(from[0] &- 1, from).update(from: from, count: stride)
    }
    old.words.deallocate()
  }
}
