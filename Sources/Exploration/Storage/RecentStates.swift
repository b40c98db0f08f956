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
