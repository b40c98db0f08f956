import Synchronization
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
      for worker in counts.indices {
        var places: [Int] = []
        var number = 0
        while let chunk = levels.chunk(number, of: worker) {
          #expect(!chunk.isEmpty && chunk.count <= 1024)
          places += chunk
          number += 1
        }
        #expect(levels.chunk(number + 1, of: worker) == nil)
        #expect(places == Array(levels.range(level: level, worker: worker)))
      }
    }
  }

  /// Each worker takes what it found itself, in order, and then what is left of the others'.
  @Test func ownChunksComeFirst() throws {
    var levels = LevelTable(workers: 3)
    levels.close(counts: [3_000, 60_000, 0])
    levels.cut(0, team: 3)
    let cursors = ChunkCursors(workers: 3)
    let third = try #require(cursors.take(for: 2, from: levels))
    #expect(third.worker == 0 && third.places.lowerBound == 0)
    var taken = [0, 0]
    var workers: [Int] = []
    while let chunk = cursors.take(for: 1, from: levels) {
      let start = chunk.worker == 0 ? third.places.count : 0
      #expect(chunk.places.lowerBound == start + taken[chunk.worker])
      taken[chunk.worker] += chunk.places.count
      workers.append(chunk.worker)
    }
    #expect(taken == [3_000 - third.places.count, 60_000])
    #expect(workers == workers.sorted(by: >))
    cursors.restart()
    #expect(try #require(cursors.take(for: 0, from: levels)).places.lowerBound == 0)
  }

  @Test func noChunkIsTakenTwice() {
    var levels = LevelTable(workers: 3)
    levels.close(counts: [5_000, 70_000, 200])
    levels.cut(0, team: 3)
    let cursors = ChunkCursors(workers: 3)
    let team = WorkerTeam(count: 3)
    let taken = Mutex([Set<Int>](repeating: [], count: 3))
    let cut = levels
    team.run { taker in
      while let chunk = cursors.take(for: taker, from: cut) {
        taken.withLock { taken in
          for place in chunk.places { #expect(taken[chunk.worker].insert(place).inserted) }
        }
      }
    }
    team.end()
    #expect(taken.withLock { $0.map(\.count) } == [5_000, 70_000, 200])
  }
}
