import Testing

@testable import Exploration

/// Levels cut into chunks, against the places of their ranges one by one.
@Suite struct LevelTableTests {
  private static let levels = [[0], [1], [17, 0, 5000], [3, 3], [40_000, 39_000], [0, 0]]

  @Test(arguments: levels) func chunksAreTheLevel(_ counts: [Int]) {
    var levels = LevelTable(workers: counts.count)
    levels.close(counts: counts.map { $0 / 3 })
    levels.close(counts: counts)
    for level in 0..<2 {
      levels.cut(level, team: counts.count)
      var places = counts.map { _ in [Int]() }
      var number = 0
      while let chunk = levels.chunk(number) {
        #expect(chunk.places.count <= 1024)
        places[chunk.worker] += chunk.places
        number += 1
      }
      #expect(levels.chunk(number + 1) == nil)
      for worker in counts.indices {
        #expect(places[worker] == Array(levels.range(level: level, worker: worker)))
      }
    }
  }

  /// When a part of the chunks is taken, about that part of each worker's states is.
  @Test func rangesAreTakenTogether() throws {
    var levels = LevelTable(workers: 3)
    levels.close(counts: [30_000, 60_000, 20_000])
    levels.cut(0, team: 3)
    var taken = [0, 0, 0]
    for number in 0..<90 {
      let chunk = try #require(levels.chunk(number))
      taken[chunk.worker] += chunk.places.count
    }
    let parts = (0..<3).map { Double(taken[$0]) / Double([30_000, 60_000, 20_000][$0]) }
    #expect(parts.allSatisfy { abs($0 - parts[0]) < 0.01 }, "\(parts)")
  }
}
