import Foundation
import Testing
import TransitionSystem

@testable import Exploration

/// Sets of keys against a Swift `Set`, across many growths and with several threads.
@Suite struct KeyStoreTests {
  @Test(arguments: [
    (StoreChoice.exact, 1, 1), (.exact, 4, 1), (.exact, 2, 0), (.fingerprint, 2, 3),
    (.fingerprint128, 1, 3), (.fingerprint128, 4, 2), (.fingerprint128, 2, 1),
  ])
  func agreesWithASet(choice: StoreChoice, workers: Int, wordCount: Int) throws {
    let states = RepeatingStates(count: 60_000, wordCount: wordCount)
    let filled = try fill(states, choice, workers: workers)
    let expected = Set((0..<states.count).map(states.words))
    #expect(filled.contents() == expected)
    #expect(filled.freshTotal == expected.count)
    #expect(filled.store.pointee.count == expected.count)
    #expect(wordCount == 0 || filled.store.pointee.growths > 1)
  }

  /// A state whose hash is 0, the mark of an empty slot, is stored once like any other.
  @Test(arguments: [StoreChoice.exact, .fingerprint, .fingerprint128])
  func zeroIsAKey(choice: StoreChoice) throws {
    let zero = 0x9E37_79B9_7F4A_7C15 as UInt64
    try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2) { words in
      words[0] = zero
      words[1] = zero
      let state = try #require(words.baseAddress)
      #expect(StateHash.hash(state, 1) == 0)
      let plan = StorePlan(
        wordCount: 1, workers: 1, budget: MemoryBudget(limit: 1 << 30), choice: choice)
      let filling = try #require(StoreFilling<KeyStore<KeyTable>>(plan))
      var writer = KeyWriter(worker: 0)
      var batch = InsertionBatch()
      for expected in [1, 0] {
        _ = [0, 0].withUnsafeBufferPointer { hashes in
          hashes.baseAddress.map {
            filling.store.pointee.insert(
              state, hashes: $0, count: 2, writer: &writer, batch: &batch)
          }
        }
        #expect(batch.freshCount == expected)
      }
    }
  }

  @Test func budgetIsKept() throws {
    let budget = MemoryBudget(limit: 6 << 20)
    let states = RepeatingStates(count: 700_000, wordCount: 1, distinct: true)
    let filled = try #require(
      StoreFilling<KeyStore<KeyTable>>(wordCount: 1, workers: 1, budget: budget))
    filled.insertAll(states)
    #expect(filled.isRefused)
    #expect(budget.peak <= 6 << 20)
    #expect(filled.counts[0] > 100_000)
    #expect(filled.contents().count == filled.counts[0])
  }

  @Test(arguments: [StoreChoice.exact, .fingerprint128])
  func memoryIsGivenBack(choice: StoreChoice) throws {
    let budget = MemoryBudget(limit: 1 << 30)
    do {
      let filled = try #require(
        StoreFilling<KeyStore<KeyTable>>(wordCount: 1, workers: 2, budget: budget, choice: choice))
      filled.insertAll(RepeatingStates(count: 100_000, wordCount: 1))
      #expect(budget.inUse > 0)
    }
    #expect(budget.inUse == 0)
  }

  /// The pages too, whichever way a store ends: eight gigabytes of tables, one after the other.
  @Test func pagesAreGivenBack() throws {
    let before = try mappedBytes()
    let budget = MemoryBudget(limit: 1 << 30)
    var layout = StateLayout()
    layout.add(Slot(name: "wide", minimum: 0, width: 64))
    layout.add(Slot(name: "narrow", minimum: 0, width: 12))
    let plan = StorePlan(
      wordCount: 2, workers: 1, budget: budget,
      quotient: StateQuotient(layout, memoryMax: 1 << 30))
    let store = UnsafeMutablePointer<KeyStore<QuotientTable>>.allocate(capacity: 1)
    for round in 0..<1000 {
      guard let made = KeyStore<QuotientTable>(plan) else { break }
      if round == 0 { store.initialize(to: made) } else { store.pointee = made }
    }
    store.deinitialize(count: 1)
    store.deallocate()
    #expect(budget.inUse == 0)
    #expect(budget.peak >= 8 << 20)
    #expect(try mappedBytes() - before < 4 << 30)
  }

  private func mappedBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return try #require(text.split(separator: " ").first.flatMap { Int($0) }) * 4096
  }

  /// What goes through a queue of few chunks comes out as it went in, and takes few chunks.
  @Test func aQueueUsesItsChunksAgain() throws {
    let budget = MemoryBudget(limit: 8 << 20)
    guard let queue = StateArena(wordCount: 3, workers: 2, budget: budget, isQueue: true) else {
      Issue.record("no memory")
      return
    }
    var writers = [StateArena.Writer(worker: 0), StateArena.Writer(worker: 1)]
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 3) { words in
      guard let state = words.baseAddress else { return }
      for number in 0..<1_000_000 {
        let worker = number % 2
        for word in 0..<3 { state[word] = UInt64(number + word) }
        guard queue.makeRoom(&writers[worker]) else {
          Issue.record("no room for state \(number)")
          return
        }
        queue.append(state, &writers[worker])
        let place = writers[worker].count - 1
        if place % 1000 == 999 {
          let old = max(0, place - 10_000)
          let third = queue.words(worker: worker, place: old)[2]
          #expect(third == UInt64(2 * old + worker + 2))
          queue.recycle(before: old, of: &writers[worker])
        }
      }
    }
    #expect(budget.peak <= 4 << 20)
  }

  /// Quotients of two words, the second of so many bits, in whatever order; all are found again.
  @Test(arguments: [(1, 0), (2, 5), (1, 9), (4, 12)])
  func quotientsLoseNothing(workers: Int, bits: Int) throws {
    var layout = StateLayout()
    layout.add(Slot(name: "wide", minimum: 0, width: 64))
    layout.add(Slot(name: "narrow", minimum: 0, width: max(bits, 1)))
    let quotient = try #require(StateQuotient(layout, memoryMax: 1 << 30))
    #expect(quotient == StateQuotient(layout, memoryMax: .max))
    #expect(StateQuotient(layout, memoryMax: 1 << 20) == nil)
    let states = PairStates(count: 1_500_000, bits: max(bits, 1))
    let plan = StorePlan(
      wordCount: 2, workers: workers, budget: MemoryBudget(limit: 1 << 30), quotient: quotient)
    let filled = try #require(StoreFilling<KeyStore<QuotientTable>>(plan))
    filled.insertAll(states)
    #expect(filled.freshTotal == states.distinct)
    filled.startOver()
    filled.insertAll(states)
    #expect(filled.freshTotal == states.distinct)
    #expect(filled.store.pointee.growths >= (bits < 9 ? 1 : 0))
  }

  private func fill(
    _ states: RepeatingStates, _ choice: StoreChoice, workers: Int
  ) throws -> StoreFilling<KeyStore<KeyTable>> {
    let filled = try #require(
      StoreFilling<KeyStore<KeyTable>>(
        wordCount: states.wordCount, workers: workers, budget: MemoryBudget(limit: 1 << 30),
        choice: choice))
    filled.insertAll(states)
    #expect(!filled.isRefused)
    return filled
  }
}
