/// Where a state of a breadth-first search with stubborn sets is in its life, in two bits.
///
/// A state waits, in a level of even or odd depth, until its level was expanded. Only then, between
/// two levels, does it get another stage, so that in a level all workers see the same stages,
/// whoever expands what first.
struct Stage: Equatable {
  let bits: UInt64

  static let count = 2
  static let unsettled = Stage(bits: 2)
  static let settled = Stage(bits: 3)

  private init(bits: UInt64) { self.bits = bits }

  init(truncatingBits bits: UInt64) { self.bits = bits & 3 }

  var isWaiting: Bool { bits < Stage.unsettled.bits }

  static func waiting(depth: Int) -> Stage { Stage(bits: UInt64(depth & 1)) }
}

/// What the proviso of partial-order reduction asks of a successor (`BreadthFirstWorker.reduce`).
enum Standing {
  /// In no complete level.
  case ahead
  /// In an earlier level, and leads to a state that was expanded fully.
  case settled
  /// Anything else.
  case behind
}
