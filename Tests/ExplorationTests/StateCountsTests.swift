import Testing

@testable import Exploration

@Suite struct StateCountsTests {
  @Test func nothingIsLostWhereAllCountAtOnce() {
    let team = WorkerTeam(count: 4)
    defer { team.end() }
    let counts = StateCounts(workers: team.count)
    team.run { worker in
      for number in 1...1000 { counts.add(number, worker: worker) }
    }
    #expect(counts.sum == team.count * 500_500)
  }

  @Test func aGapKeepsWhatIsBehindItOutOfTheLine() {
    #expect(MemoryLayout<CacheGap>.size == CacheGap.byteCount)
  }
}
