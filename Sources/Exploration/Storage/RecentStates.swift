/// The states that one worker found or stored last, by the lowest bits of their hashes: their
/// hashes and where they are stored.
///
/// As `RecentKeys`, but a hit is to be compared with the state; that one is in the cache.
///
/// Threads: each worker has its own.
final class RecentStates {
  let entries: UnsafeMutablePointer<Key>
  /// Their first words: with the hash they are all there is to a state of two words, because each
  /// word goes into it by a bijection.
  let firstWords: UnsafeMutablePointer<UInt64>

  init() {
    entries = .allocate(capacity: RecentKeys.count)
    firstWords = .allocate(capacity: RecentKeys.count)
    firstWords.initialize(repeating: 0, count: RecentKeys.count)
    for place in 0..<RecentKeys.count { (entries + place).initialize(to: RecentKeys.none(place)) }
  }

  deinit {
    entries.deallocate()
    firstWords.deallocate()
  }
}

extension RecentStates {
  /// Puts the identities of those of some states of one word or two that are among the recent ones
  /// into `batch.ids`, and lists the others in `batch.pending`; how many they are.
  ///
  /// Hash and first word tell such a state from all others. Without branches: there is no telling
  /// which ones are recent.
  @inline(__always)
  func lookUpShort(
    _ states: UnsafePointer<UInt64>, wordCount: Int, hashes: UnsafePointer<UInt64>, count: Int,
    _ batch: borrowing InsertionBatch
  ) -> Int {
    let (entries, firstWords, pending) = (entries, firstWords, batch.pending)
    var pendingCount = 0
    for index in 0..<count {
      let entry = entries.entry(hashes[index])
      let word = firstWords[Int(truncatingIfNeeded: hashes[index]) & (RecentKeys.count &- 1)]
      batch.ids[index] = entry.second
      pending[pendingCount] = index
      let difference = (entry.first ^ hashes[index]) | (word ^ states[index &* wordCount])
      pendingCount &+= Int(truncatingIfNeeded: (difference | (0 &- difference)) &>> 63)
    }
    return pendingCount
  }

  @inline(__always)
  func renew(_ hash: UInt64, firstWord: UInt64, _ id: UInt64) {
    entries.renew(hash, id)
    firstWords[Int(truncatingIfNeeded: hash) & (RecentKeys.count &- 1)] = firstWord
  }
}

extension UnsafeMutablePointer<Key> {
  /// The entry where a state with this hash would be.
  @inline(__always)
  func entry(_ hash: UInt64) -> Key {
    self[Int(truncatingIfNeeded: hash) & (RecentKeys.count &- 1)]
  }

  @inline(__always)
  func renew(_ hash: UInt64, _ id: UInt64) {
    self[Int(truncatingIfNeeded: hash) & (RecentKeys.count &- 1)] = Key(first: hash, second: id)
  }
}
