import Synchronization

/// Growth by all workers together, between two barriers: about 3 ns a slot and worker, so that a
/// table of a hundred million entries stops the search for some tenths of a second.
extension ExactStore {
  /// States whose slots are asked for together.
  private static let rehashBatch = 64

  /// A table is full at 13/16: above, an insertion looks at more than 15 slots.
  static func entriesMax(slotCount: Int) -> Int { slotCount / 16 * 13 }

  /// The last resort, where memory for a larger table is missing: 60/64.
  static func entriesLast(slotCount: Int) -> Int { slotCount / 64 * 60 }

  /// Makes the larger table; false where it would not fit the budget, or the system refuses.
  mutating func beginGrowth() -> Bool {
    let old = table.slotCount
    // Doubling moves each entry once instead of three times; beyond 8 MiB memory counts more.
    var new = old < 1 << 20 ? old * 2 : old / 5 * 7
    // Old pages are given back as the new ones are filled, so the difference must fit.
    new = min(new, old + budget.available / 8, 1 << 34) & ~(SlotTable.lineSlots - 1)
    guard new >= old + old / 16, budget.reserve(8 * (new - old)) else { return false }
    guard let made = SlotTable(slotCount: new) else {
      budget.release(8 * (new - old))
      return false
    }
    larger = consume made
    return true
  }

  /// Lets the table get fuller than it should, once; false where it is already.
  mutating func fillFurther() -> Bool {
    let last = ExactStore.entriesLast(slotCount: table.slotCount)
    if entriesMax >= last { return false }
    entriesMax = last
    return true
  }

  /// Moves entries, a part of the work at a time, until `cursor` has passed the end; false where
  /// an entry finds no place. `counts`: the states of each worker.
  ///
  /// Threads: all workers at once, with one cursor that starts at 0.
  func growPart(_ cursor: borrowing Atomic<Int>, counts: [Int]) -> Bool {
    switch larger {
    case .some(let target):
      return table.isStreamable
        ? streamParts(into: target, cursor) : rehashParts(into: target, cursor, counts)
    case .none: return false
    }
  }

  private func streamParts(
    into target: borrowing SlotTable, _ cursor: borrowing Atomic<Int>
  ) -> Bool {
    let parts = GrowthParts(
      positions: table.positionCount, slotCount: table.slotCount, workers: workers)
    while let part = parts.next(cursor) {
      if !table.stream(part, into: target, shared: workers > 1) { return false }
      if parts.givesBack { table.giveBack(part) }
    }
    return true
  }

  private func rehashParts(
    into target: borrowing SlotTable, _ cursor: borrowing Atomic<Int>, _ counts: [Int]
  ) -> Bool {
    while true {
      let worker = cursor.add(1, ordering: .relaxed).oldValue
      if worker >= workers { return true }
      if !rehash(worker, count: counts[worker], into: target) { return false }
    }
  }

  private func rehash(_ worker: Int, count: Int, into target: borrowing SlotTable) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ExactStore.rehashBatch) { keys in
      for first in stride(from: 0, to: count, by: ExactStore.rehashBatch) {
        let places = first..<min(first + ExactStore.rehashBatch, count)
        for place in places {
          let words = UnsafePointer(arena.words(worker: worker, place: place))
          keys[place - first] = SlotTable.key(StateHash.hash(words, wordCount))
          target.prefetch(keys[place - first])
        }
        for place in places {
          let key = keys[place - first]
          let value = SlotTable.value(key: key, id: StateID(worker: worker, place: place))
          if !target.place(key: key, value: value, shared: workers > 1) { return false }
        }
      }
      return true
    }
  }

  /// Puts the larger table into place.
  mutating func endGrowth() {
    guard let made = larger.take() else { return }
    table = made
    entriesMax = ExactStore.entriesMax(slotCount: table.slotCount)
    growths += 1
  }
}

extension ExactStore {
  /// All three phases, where only worker 0 has stored states; false where the table stays as it is.
  mutating func growAlone(count: Int) -> Bool {
    guard beginGrowth() else { return fillFurther() }
    let cursor = Atomic<Int>(0)
    let others = Array(repeating: 0, count: workers - 1)
    guard growPart(cursor, counts: [count] + others) else { return false }
    endGrowth()
    return true
  }
}
