/// Successors in flat memory: words with stride `wordCount`, and beside them hash and action.
///
/// The machine works in the place behind the last successor, so that a finished step costs no copy;
/// there is always room for one more.
struct SuccessorBuffer: ~Copyable {
  let wordCount: Int
  private(set) var capacity: Int
  /// Successors held.
  var count = 0
  /// Successor i: `words + i * wordCount`. Moves when the buffer grows.
  private(set) var words: UnsafeMutablePointer<UInt64>
  private(set) var hashes: UnsafeMutablePointer<UInt64>
  /// Index of the action; -1 for initial states.
  private(set) var actions: UnsafeMutablePointer<Int32>

  init(wordCount: Int, capacity: Int = 256) {
    let capacity = max(2, capacity)
    self.wordCount = wordCount
    self.capacity = capacity
    words = .allocate(capacity: max(1, wordCount * capacity))
    hashes = .allocate(capacity: capacity)
    actions = .allocate(capacity: capacity)
  }

  deinit {
    words.deallocate()
    hashes.deallocate()
    actions.deallocate()
  }

  /// The words of a successor.
  @inline(__always)
  func state(_ index: Int) -> UnsafeMutablePointer<UInt64> {
    assert(index >= 0 && index < count)
    return words + index &* wordCount
  }

  @inline(__always)
  mutating func removeAll() { count = 0 }

  /// The bytes of old and new places together while it grows.
  var bytesToGrow: Int { 3 * capacity * (8 * wordCount + 8 + 4) }

  /// Doubles the capacity; keeps the first `used` successors.
  @inline(never)
  mutating func grow(used: Int) {
    let larger = capacity * 2
    words = moved(words, used: used * wordCount, capacity: larger * wordCount)
    hashes = moved(hashes, used: used, capacity: larger)
    actions = moved(actions, used: used, capacity: larger)
    capacity = larger
  }

  /// Safety: `old` has at least `used` initialised elements and is not used afterwards.
  private func moved<Element: BitwiseCopyable>(
    _ old: UnsafeMutablePointer<Element>, used: Int, capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: max(1, capacity))
    new.update(from: old, count: used)
    old.deallocate()
    return new
  }
}
