import Testing

@testable import Exploration

/// The visited set against a Swift `Set`, across many growths and with several threads.
@Suite struct ExactStoreTests {
  /// All workers insert the same states, each in its own order; then each state is stored once.
  @Test(arguments: [(1, 1), (2, 3), (4, 2), (2, 0)])
  func agreesWithASet(workers: Int, wordCount: Int) throws {
    let states = RepeatingStates(count: 60_000, wordCount: wordCount)
    let filled = try fill(states, workers: workers)
    let expected = Set((0..<states.count).map(states.words))
    #expect(filled.contents() == expected)
    #expect(filled.counts.reduce(0, +) == expected.count)
    #expect(filled.freshTotal == expected.count)
    #if DEBUG
      #expect(filled.store.pointee.checkInvariants(counts: filled.counts) == nil)
    #endif
  }

  /// Large enough for tables that are streamed into the next one; all states differ, and each is
  /// found afterwards, so none was lost or stored twice.
  @Test(arguments: [1, 2])
  func streamingLosesNothing(workers: Int) throws {
    let states = RepeatingStates(count: 1_800_000, wordCount: 1, distinct: true)
    let filled = try fill(states, workers: workers)
    #expect(filled.counts.reduce(0, +) == states.count)
    #expect(filled.store.pointee.table.slotCount > SlotTable.streamableMin)
    var found = Set<UInt64>(minimumCapacity: states.count)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 1) { words in
      guard let state = words.baseAddress else { return }
      for number in 0..<states.count {
        states.write(number, to: state)
        guard let id = filled.store.pointee.find(state, hash: StateHash.hash(state, 1)) else {
          continue
        }
        found.insert(id.raw)
      }
    }
    #expect(found.count == states.count)
  }

  @Test func budgetIsKept() throws {
    let budget = MemoryBudget(limit: 6 << 20)
    let states = RepeatingStates(count: 700_000, wordCount: 1, distinct: true)
    let filled = try #require(StoreFilling<ExactStore>(wordCount: 1, workers: 1, budget: budget))
    filled.insertAll(states)
    #expect(filled.isRefused)
    #expect(budget.peak <= 6 << 20)
    #expect(filled.counts[0] > 100_000)
    #expect(filled.contents().count == filled.counts[0])
  }

  @Test func memoryIsGivenBack() throws {
    let budget = MemoryBudget(limit: 1 << 30)
    do {
      let filled = try #require(StoreFilling<ExactStore>(wordCount: 2, workers: 2, budget: budget))
      filled.insertAll(RepeatingStates(count: 100_000, wordCount: 2))
      #expect(budget.inUse > 0)
    }
    #expect(budget.inUse == 0)
  }

  private func fill(_ states: RepeatingStates, workers: Int) throws -> StoreFilling<ExactStore> {
    let filled = try #require(
      StoreFilling<ExactStore>(
        wordCount: states.wordCount, workers: workers, budget: MemoryBudget(limit: 1 << 30)))
    filled.insertAll(states)
    #expect(!filled.isRefused)
    #expect(states.wordCount == 0 || filled.store.pointee.growths > 1)
    return filled
  }
}
