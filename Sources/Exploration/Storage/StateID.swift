/// A stored state: the worker that stored it and its place among that worker's states.
///
/// 40 bits: 8 of worker, 32 of place. The states of one level are, for each worker, a range of
/// places, because workers change the level together.
struct StateID: Hashable, Sendable {
  let raw: UInt64

  init(raw: UInt64) { self.raw = raw }
  init(worker: Int, place: Int) { raw = UInt64(worker) << 32 | UInt64(place) }

  var worker: Int { Int(raw >> 32) }
  var place: Int { Int(raw & 0xFFFF_FFFF) }

  static let bits: UInt64 = 40
  static let workersMax = 256
  /// One below 2^32, so that `raw + 1` fits 40 bits.
  static let placesMax = 0xFFFF_FFFE
}
