/// The keys that one worker inserted last, by their lowest bits.
///
/// Successors of neighbouring states are often the same states, so this small table, which stays in
/// the second-level cache, spares many a probe of the large one. It says "known" of keys that the
/// worker did insert, and of no others: a miss means nothing.
///
/// Threads: each worker has its own.
final class RecentKeys {
  /// Key k may lie at place k.first % count only.
  let entries: UnsafeMutablePointer<Key>

  static let count = 1 << 12

  init() {
    entries = .allocate(capacity: RecentKeys.count)
    for place in 0..<RecentKeys.count { (entries + place).initialize(to: RecentKeys.none(place)) }
  }

  deinit { entries.deallocate() }

  /// A key that is never looked for at this place.
  static func none(_ place: Int) -> Key { Key(first: UInt64(place ^ 1), second: 0) }

  func removeAll() {
    for place in 0..<RecentKeys.count { entries[place] = RecentKeys.none(place) }
  }
}

extension UnsafeMutablePointer<Key> {
  /// Puts a key among the recent ones; 0 where it was there, else 1.
  @inline(__always)
  func renew(_ key: Key) -> Int {
    // Safety: the entries of `RecentKeys`, whose count is a power of two.
    let place = self + (Int(truncatingIfNeeded: key.first) & (RecentKeys.count &- 1))
    let old = place.pointee
    place.pointee = key
    let difference = (old.first ^ key.first) | (old.second ^ key.second)
    // The sign of x | -x; a comparison would become a branch.
    return Int(truncatingIfNeeded: (difference | (0 &- difference)) &>> 63)
  }
}
