import Testing

@testable import Exploration

/// Tree compression against a Swift `Set`, for trees of every shape, with several threads, while
/// both tables grow.
@Suite struct CompactStoreTests {
  @Test(arguments: [(1, 2), (2, 3), (1, 5), (4, 7), (2, 16)])
  func agreesWithASet(workers: Int, wordCount: Int) throws {
    let states = RepeatingStates(count: 30_000, wordCount: wordCount)
    let filled = try fill(states, workers: workers, limit: 1 << 30)
    let expected = Set((0..<states.count).map(states.words))
    #expect(!filled.isRefused)
    #expect(filled.contents() == expected)
    #expect(filled.freshTotal == expected.count)
    #expect(filled.store.pointee.growths > 2)
  }

  /// States that differ in one word of many, and states with the same words at other places.
  @Test func aTreeIsNotAMultiset() throws {
    let filled = try #require(
      StoreFilling<CompactStore>(
        wordCount: 4, workers: 1, budget: MemoryBudget(limit: 1 << 30), choice: .compact))
    var writer = CompactStore.Writer(worker: 0)
    var batch = InsertionBatch()
    let rows: [[UInt64]] = [
      [1, 2, 3, 4], [2, 1, 3, 4], [3, 4, 1, 2], [1, 2, 4, 3], [1, 1, 1, 1], [0, 0, 0, 0],
      [0, 0, 0, 1], [1, 2, 1, 2], [1, 2, 3, 4], [0, 0, 0, 0],
    ]
    var fresh: [Int] = []
    rows.flatMap(\.self).withUnsafeBufferPointer { words in
      guard let states = words.baseAddress else { return }
      // The hashes are not used: the root of the tree is the key.
      _ = filled.store.pointee.insert(
        states, hashes: states, count: rows.count, writer: &writer, batch: &batch)
      fresh = (0..<batch.freshCount).map { Int(batch.fresh[$0]) }
    }
    #expect(fresh == Array(0..<8))
  }

  @Test func budgetIsKept() throws {
    let states = RepeatingStates(count: 400_000, wordCount: 3, distinct: true)
    let filled = try fill(states, workers: 1, limit: 20 << 20)
    #expect(filled.isRefused)
    #expect(filled.freshTotal > 50_000)
    #expect(filled.contents().count == filled.freshTotal)
  }

  @Test func memoryIsGivenBack() throws {
    let budget = MemoryBudget(limit: 1 << 30)
    do {
      let filled = try #require(
        StoreFilling<CompactStore>(wordCount: 3, workers: 2, budget: budget, choice: .compact))
      filled.insertAll(RepeatingStates(count: 50_000, wordCount: 3))
      #expect(budget.inUse > 0)
    }
    #expect(budget.inUse == 0)
  }

  private func fill(
    _ states: RepeatingStates, workers: Int, limit: Int
  ) throws -> StoreFilling<CompactStore> {
    let filled = try #require(
      StoreFilling<CompactStore>(
        wordCount: states.wordCount, workers: workers, budget: MemoryBudget(limit: limit),
        choice: .compact))
    filled.insertAll(states)
    return filled
  }
}
