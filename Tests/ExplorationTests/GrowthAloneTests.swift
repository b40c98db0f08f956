import Testing

@testable import Exploration

/// Which positions of a larger table need no compare-and-swap, against where keys can be at all.
@Suite struct GrowthAloneTests {
  private static let reach = 4096

  /// The positions of lines that a key may lie in: its home's, and the next 511.
  private func positions(_ key: UInt64, slotCount: Int) -> Range<Int> {
    let home = Int(key.multipliedFullWidth(by: UInt64(slotCount)).high)
    return home & ~7..<home & ~7 + GrowthAloneTests.reach
  }

  @Test(arguments: [(1 << 16, 1 << 17), (1 << 20, 1 << 21), (1 << 20, (1 << 20) / 5 * 7 & ~15)])
  func onlyItsMoverWritesThere(_ slotCount: Int, _ largerCount: Int) {
    let count = slotCount + GrowthAloneTests.reach
    let size = slotCount >= 1 << 19 ? 1 << 18 : 1 << 13
    let parts = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    let alone = parts.map {
      GrowthParts.alone(
        $0, slotCount: slotCount, largerCount: largerCount, reach: GrowthAloneTests.reach)
    }
    #expect(alone.reduce(0) { $0 + $1.count } > largerCount / 8)
    var random = SystemRandomNumberGenerator()
    for (part, alone) in zip(parts, alone) {
      for _ in 0..<2_000 {
        // Near the ends of the part, where it matters.
        let end = Bool.random(using: &random) ? part.lowerBound : part.upperBound
        let home = min(max(0, end + Int.random(in: -9_000...9_000)), slotCount - 1)
        let key = UInt64(slotCount).dividingFullWidth((UInt64(home), .random(in: 0...(.max))))
          .quotient
        let old = positions(key, slotCount: slotCount)
        if part.lowerBound <= old.lowerBound && old.upperBound <= part.upperBound { continue }
        #expect(!positions(key, slotCount: largerCount).overlaps(alone))
      }
    }
  }

  /// The last part has no neighbour behind it, the first none before it.
  @Test func theEndsAreCovered() {
    let whole = GrowthParts.alone(
      0..<(1 << 16) + GrowthAloneTests.reach, slotCount: 1 << 16, largerCount: 1 << 17,
      reach: GrowthAloneTests.reach)
    #expect(whole.lowerBound == 0 && whole.upperBound > 1 << 17 - 100)
  }
}
