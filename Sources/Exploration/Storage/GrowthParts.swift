import Synchronization

/// A table divided into parts that workers move into a larger one.
///
/// The pages of a large table are given back part by part, so that both together take hardly more
/// memory than the larger one. Those of a small one are not: each time the other processors have to
/// be told, which takes longer than to move the part.
///
/// Each worker goes through a stretch of its own, as long as all keep pace: what they fill are then
/// different huge pages, which the system clears one by one as they are first touched.
struct GrowthParts {
  /// Whether pages are given back part by part.
  let givesBack: Bool
  private let positions: Int
  private let workers: Int
  private let size: Int
  private let count: Int
  /// Parts of a stretch.
  private let stretch: Int

  /// A huge page of 8-byte slots.
  private static let large = 1 << 18
  private static let small = 1 << 13

  /// Whether the pages of a table of so many slots are given back while it grows.
  static func giveBack(slotCount: Int) -> Bool { slotCount >= 2 * large }

  /// - Parameters:
  ///   - positions: what is divided: places in memory, each of so many `slots`.
  ///   - slotCount: of the table.
  ///   - workers: those who take parts.
  init(positions: Int, slots: Int = 1, slotCount: Int, workers: Int) {
    givesBack = GrowthParts.giveBack(slotCount: slotCount)
    self.positions = positions
    self.workers = workers
    size = (givesBack ? GrowthParts.large : GrowthParts.small) / slots
    count = (positions + size - 1) / size
    stretch = (count + workers - 1) / workers
  }

  /// The positions of a larger table that only who moves a part writes to, while all move theirs:
  /// no compare-and-swap is needed there.
  ///
  /// Homes rise with keys in both tables, and an entry lies less than `reach` positions behind its
  /// home (and less than a line before it). So what comes from before the part goes less than
  /// `reach` behind where the part begins in the larger table, and what comes from behind it has
  /// its home less than `reach` before the end of the part in the smaller one.
  ///
  /// Requires: the larger table has at most twice as many slots.
  static func alone(
    _ part: Range<Int>, slotCount: Int, largerCount: Int, reach: Int
  ) -> Range<Int> {
    func scaled(_ position: Int) -> Int {
      scale(position, slotCount: slotCount, largerCount: largerCount)
    }
    // A line of at most 16 slots becomes two at most, as tables no more than double; as much again
    // for remainders.
    let first = part.lowerBound == 0 ? 0 : scaled(part.lowerBound) + reach + 64
    let last = scaled(max(0, part.upperBound - reach)) - 64
    return first..<max(first, last)
  }

  /// The positions of a larger table that nearly all of a part goes to. Those of all parts are the
  /// whole table; a little more than it, as lines behind the last home do not grow.
  static func target(_ part: Range<Int>, slotCount: Int, largerCount: Int) -> Range<Int> {
    func scaled(_ position: Int) -> Int {
      scale(position, slotCount: slotCount, largerCount: largerCount)
    }
    return scaled(part.lowerBound)..<scaled(part.upperBound)
  }

  private static func scale(_ position: Int, slotCount: Int, largerCount: Int) -> Int {
    slotCount.dividingFullWidth(position.multipliedFullWidth(by: largerCount)).quotient
  }

  /// The positions of the next part; nil behind the last one. `cursor` starts at 0.
  func next(_ cursor: borrowing Atomic<Int>) -> Range<Int>? {
    while true {
      // Relaxed: only divides the work; the barriers around the phase order the slots.
      let turn = cursor.add(1, ordering: .relaxed).oldValue
      if turn >= stretch * workers { return nil }
      let part = turn % workers * stretch + turn / workers
      if part < count { return part * size..<min((part + 1) * size, positions) }
    }
  }
}
