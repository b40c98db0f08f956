import Testing
import TransitionSystem

@testable import Exploration

/// The store that numbers states, against a Swift `Set`, and its tables.
@Suite struct NumberedStoreTests {
  private static func quotient(_ bits: Int) throws -> StateQuotient {
    var layout = StateLayout()
    layout.add(Slot(name: "wide", minimum: 0, width: 64))
    layout.add(Slot(name: "narrow", minimum: 0, width: bits))
    return try #require(StateQuotient(layout, memoryMax: 1 << 30))
  }

  /// States of one word, and of two with so many bits in the second; whoever inserts them.
  @Test(arguments: [(1, 0), (2, 0), (3, 0), (1, 1), (2, 5), (4, 12)])
  func numbersNameTheirStates(workers: Int, bits: Int) throws {
    let plan = StorePlan(
      wordCount: bits == 0 ? 1 : 2, workers: workers, budget: MemoryBudget(limit: 1 << 30),
      quotient: bits == 0 ? nil : try Self.quotient(bits))
    if bits == 0 {
      try fill(plan, RepeatingStates(count: 400_000, wordCount: 1))
    } else {
      try fill(plan, PairStates(count: 400_000, bits: bits))
    }
  }

  private func fill(_ plan: StorePlan, _ states: some NumberedStates) throws {
    let filled = try #require(StoreFilling<NumberedStore>(plan))
    filled.insertAll(states)
    #expect(!filled.isRefused)
    let all = Set((0..<states.count).map { words($0, of: states) })
    #expect(filled.freshTotal == all.count && filled.store.pointee.count == all.count)
    #expect(filled.contents() == all)
    #expect(nameless(states, in: filled) == 0)
    // The arena and one table are what is left.
    let bytes = filled.store.pointee.tableBytes
    #expect(plan.budget.inUse >= bytes && plan.budget.inUse <= bytes + 32 << 20)
  }

  private func words(_ number: Int, of states: some NumberedStates) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: states.wordCount) { buffer, count in
      if let base = buffer.baseAddress { states.write(number, to: base) }
      count = states.wordCount
    }
  }

  /// How many states get another identity than the one where they are, or are taken for new.
  private func nameless(
    _ states: some NumberedStates, in filled: StoreFilling<NumberedStore>
  ) -> Int {
    var batch = InsertionBatch()
    var buffer = SuccessorBuffer(wordCount: states.wordCount, capacity: 128)
    var wrong = 0
    for first in stride(from: 0, to: states.count, by: 100) {
      buffer.count = min(100, states.count - first)
      for index in 0..<buffer.count {
        states.write(first + index, to: buffer.state(index))
        buffer.hashes[index] = StateHash.hash(buffer.state(index), states.wordCount)
      }
      let (consumed, outcome) = filled.insert(buffer, &batch)
      if outcome != .done || consumed != buffer.count { wrong += 1 }
      wrong += batch.freshCount
      for index in 0..<buffer.count {
        let id = StateID(raw: batch.ids[index])
        let stored = filled.store.pointee.words(worker: id.worker, place: id.place, reader: 0)
        let isSame = (0..<states.wordCount).allSatisfy { stored[$0] == buffer.state(index)[$0] }
        if !isSame { wrong += 1 }
      }
    }
    return wrong
  }

  /// Where memory is refused, what was stored is there once, and no more is taken. (Known states
  /// are refused then, too, as by `KeyStore`: the search is over.)
  @Test func staysRightWhereMemoryEnds() throws {
    let plan = StorePlan(wordCount: 1, workers: 1, budget: MemoryBudget(limit: 6 << 20))
    let filled = try #require(StoreFilling<NumberedStore>(plan))
    let states = RepeatingStates(count: 2_000_000, wordCount: 1, distinct: true)
    filled.insertAll(states)
    #expect(filled.isRefused)
    let kept = filled.counts[0]
    #expect(kept > 50_000 && filled.freshTotal == kept)
    #expect(filled.contents() == Set((0..<kept).map { words($0, of: states) }))
    #expect(plan.budget.inUse <= 6 << 20)
  }

  /// Words at the ends of what lines share come back from line and rest.
  @Test(arguments: [1024, 1025, 1433, 65_537, (1 << 31) - 1])
  func linesGiveWordsBack(count: Int) {
    let lines = KeyLines(count: count)
    var random = RandomSource(seed: 11, stream: UInt64(count))
    let share = UInt64.max / UInt64(count)
    for number in 0..<5000 {
      let near = share &* UInt64(number) &+ random.next() % 3
      for word in [near &- 1, near, random.next(), 0, UInt64.max] {
        let place = lines.place(word)
        #expect(place.line < UInt64(count))
        let rest = lines.rest(place.low)
        #expect(rest >> lines.restBits == 0)
        #expect(lines.word(line: place.line, rest: rest) == word)
      }
    }
  }
}
