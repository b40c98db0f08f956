/// Remembers which closures are best, by all that they depend on.
///
/// Most states differ in what no closure depends on: values that no guard asks, and what is left
/// in variables that nobody will read (`LocalStates`).
///
/// Threads: one.
struct ClosureMemo: ~Copyable {
  /// The smallest few of some sets of enabled actions, as bits of places; 0 where there are no
  /// more. Of equally many the earlier comes first.
  ///
  /// More than one, because a search may have to refuse the first.
  struct Sets: BitwiseCopyable {
    private(set) var first: UInt64 = 0
    private(set) var second: UInt64 = 0
    private(set) var third: UInt64 = 0

    fileprivate init(_ first: UInt64, _ second: UInt64, _ third: UInt64) {
      (self.first, self.second, self.third) = (first, second, third)
    }

    init() {}

    mutating func add(_ set: UInt64) {
      if set == first || set == second || set == third { return }
      if Sets.isSmaller(set, first) {
        (first, second, third) = (set, first, second)
      } else if Sets.isSmaller(set, second) {
        (second, third) = (set, second)
      } else if Sets.isSmaller(set, third) {
        third = set
      }
    }

    private static func isSmaller(_ set: UInt64, _ other: UInt64) -> Bool {
      other == 0 || set.nonzeroBitCount < other.nonzeroBitCount
    }

    /// Whether no set can come before one of these.
    var isFinal: Bool { third.nonzeroBitCount == 1 }
  }

  /// Where a key is written before it is asked for.
  let key: UnsafeMutablePointer<UInt64>
  private let cache: WordCache

  init(keyWidth: Int) {
    key = .allocate(capacity: keyWidth)
    key.initialize(repeating: 0, count: keyWidth)
    cache = WordCache(keyWidth: keyWidth, valueWidth: 3, bytesMax: 16 << 20)
  }

  deinit { key.deallocate() }

  var byteCount: Int { cache.byteCount }

  /// The sets of the key; nil where they are not known.
  @inline(__always)
  func find() -> Sets? { cache.find(key).map { Sets($0[0], $0[1], $0[2]) } }

  func add(_ sets: Sets) {
    let value = cache.add(key)
    (value[0], value[1], value[2]) = (sets.first, sets.second, sets.third)
  }
}
