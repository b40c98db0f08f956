import Testing

@testable import Exploration

/// Pieces of a line and the numbers of states, against tables made one by one.
@Suite struct StateNumberingTests {
  @Test(arguments: [[0], [0, 1], [0, 63, 64, 65], [0, 5, 6, 7, 300, 301, 640], [0, 1000]])
  func piecesAreFound(_ starts: [Int]) {
    let count = starts[starts.count - 1] + 200
    let table = PieceTable(starts: starts, count: count)
    for place in 0..<count {
      #expect(table.piece(of: place) == starts.lastIndex { $0 <= place })
    }
  }

  /// States of each level by worker, levels of all sizes.
  @Test(arguments: 1...5) func numbersGoByLevelAndWorker(_ workers: Int) {
    var levels = LevelTable(workers: workers)
    var counts = Array(repeating: 0, count: workers)
    var seed: UInt64 = 7
    for level in 0..<40 {
      for worker in 0..<workers {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        // Small levels are one worker's.
        let isSmall = level % 8 < 3
        counts[worker] += isSmall && worker > 0 ? 0 : Int(seed >> 33) % [3, 90, 700][level % 3]
      }
      levels.close(counts: counts)
    }
    let (numbering, bits) = (
      StateNumbering(levels, levelCount: 39), GraphLog.workerBits(workers)
    )
    var known: [Int] = []
    for level in 0..<39 {
      for worker in 0..<workers {
        known += levels.range(level: level, worker: worker).map { $0 << bits | worker }
      }
    }
    #expect(numbering.count == known.count)
    for (number, known) in known.enumerated() {
      #expect(numbering.known(number) == known)
      #expect(numbering.number(Int32(known)) == Int32(number))
    }
    var next = 5
    numbering.forEachRun(of: 5..<known.count - 3) { part, first in
      #expect(part.lowerBound == next)
      #expect(part.enumerated().allSatisfy { known[$1] == first + $0 << bits })
      next = part.upperBound
    }
    #expect(next == known.count - 3)
  }
}
