import Testing

@testable import Exploration

/// Chunks of states and the memory that they take.
@Suite struct StateArenaTests {
  /// A queue takes one chunk first, then two at a time, and one where there is no memory for two;
  /// each state is what was put in, and all memory is given back.
  @Test(arguments: [1, 2]) func chunksComeInPairs(wordCount: Int) {
    let budget = MemoryBudget(limit: 4 << 20)
    fill(wordCount, budget)
    #expect(budget.inUse == 0)
  }

  private func fill(_ wordCount: Int, _ budget: MemoryBudget) {
    guard
      let queue = StateArena(wordCount: wordCount, workers: 1, budget: budget, isQueue: true)
    else {
      Issue.record("no memory")
      return
    }
    var writer = StateArena.Writer(worker: 0)
    var used: [Int] = []
    while queue.makeRoom(&writer) {
      let number = UInt64(writer.count)
      queue.append([number, ~number], &writer)
      if used.last != budget.inUse { used.append(budget.inUse) }
    }
    #expect(used == [1 << 20, 3 << 20, 4 << 20])
    #expect(writer.count == (4 << 20) / 8 / wordCount)
    for place in 0..<writer.count {
      let words = queue.words(worker: 0, place: place)
      if words[0] == place && (wordCount == 1 || words[1] == ~UInt64(place)) { continue }
      Issue.record("place \(place) holds \(words[0])")
      break
    }
  }

  /// Pairs that came apart, as one of them is used again before the other, are given back too.
  @Test func givesBackPairsThatCameApart() {
    let budget = MemoryBudget(limit: 1 << 30)
    recycle(budget)
    #expect(budget.inUse == 0)
    #expect(budget.peak == 3 << 20)
  }

  private func recycle(_ budget: MemoryBudget) {
    guard let queue = StateArena(wordCount: 1, workers: 1, budget: budget, isQueue: true) else {
      Issue.record("no memory")
      return
    }
    var writer = StateArena.Writer(worker: 0)
    let chunk = 1 << 17
    for number in 0..<9 * chunk + 1 {
      guard queue.makeRoom(&writer) else {
        Issue.record("no room for state \(number)")
        return
      }
      queue.append([UInt64(number)], &writer)
      let old = max(0, number - chunk)
      if number % 1000 == 0 {
        #expect(queue.words(worker: 0, place: old)[0] == old)
        queue.recycle(before: old, of: &writer)
      }
    }
  }
}
