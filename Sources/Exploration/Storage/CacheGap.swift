/// Room behind what one worker writes, so that what another one has behind it lies in other cache
/// lines: each write would take the line from the other's cache.
struct CacheGap {
  /// Two lines: processors fetch them in pairs.
  static let byteCount = 128

  private let room = InlineArray<16, UInt64>(repeating: 0)
}
