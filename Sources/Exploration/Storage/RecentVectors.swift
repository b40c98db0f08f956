/// The state vectors that one worker inserted last, whole, by the lowest bits of their hashes.
///
/// As `RecentKeys`, for a store in which it takes many steps from a state to its key.
///
/// Price: 4096 states.
/// Threads: each worker has its own.
final class RecentVectors {
  private let wordCount: Int
  private let hashes: UnsafeMutablePointer<UInt64>
  private let words: UnsafeMutablePointer<UInt64>

  init(wordCount: Int) {
    self.wordCount = wordCount
    hashes = .allocate(capacity: RecentKeys.count)
    words = .allocate(capacity: RecentKeys.count * max(1, wordCount))
    words.initialize(repeating: 0, count: RecentKeys.count * max(1, wordCount))
    removeAll()
  }

  deinit {
    hashes.deallocate()
    words.deallocate()
  }

  func removeAll() {
    for place in 0..<RecentKeys.count { hashes[place] = RecentKeys.none(place).first }
  }

  /// Puts a state among the recent ones; 0 where it was there, else 1.
  @inline(__always)
  func renew(_ state: UnsafePointer<UInt64>, _ hash: UInt64) -> Int {
    // Safety: the count is a power of two.
    let place = Int(truncatingIfNeeded: hash) & (RecentKeys.count &- 1)
    let old = words + place &* wordCount
    var difference = hashes[place] ^ hash
    hashes[place] = hash
    for word in 0..<wordCount {
      difference |= old[word] ^ state[word]
      old[word] = state[word]
    }
    // The sign of x | -x; a comparison would become a branch.
    return Int(truncatingIfNeeded: (difference | (0 &- difference)) &>> 63)
  }
}
