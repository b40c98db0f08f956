import Synchronization
import Testing

@testable import Exploration

/// Tables divided for growth: each position belongs to one part, whoever takes it.
@Suite struct GrowthPartsTests {
  @Test(arguments: [1, 2, 3, 7], [1 << 13, 1 << 18, 1 << 19, 3 << 20])
  func coverTheTableOnce(workers: Int, slotCount: Int) {
    let positions = slotCount + 4096
    let parts = GrowthParts(positions: positions, slotCount: slotCount, workers: workers)
    let taken = taken(parts)
    var end = 0
    for part in taken.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      #expect(part.lowerBound == end && !part.isEmpty)
      end = part.upperBound
    }
    #expect(end == positions)
    #expect(parts.givesBack == (slotCount >= 1 << 19))
    // The first parts of the workers are as far apart as they can be.
    let starts = taken.prefix(workers).map(\.lowerBound)
    for (first, second) in zip(starts, starts.dropFirst()) where taken.count >= workers * workers {
      #expect(second - first >= positions / workers / 2)
    }
  }

  /// Lines are divided like the slots that are in them.
  @Test func coverLines() {
    let parts = GrowthParts(positions: 100_000, slots: 6, slotCount: 600_000, workers: 2)
    #expect(taken(parts).reduce(0) { $0 + $1.count } == 100_000)
  }

  private func taken(_ parts: GrowthParts) -> [Range<Int>] {
    let cursor = Atomic<Int>(0)
    var taken: [Range<Int>] = []
    while let part = parts.next(cursor) { taken.append(part) }
    return taken
  }
}
