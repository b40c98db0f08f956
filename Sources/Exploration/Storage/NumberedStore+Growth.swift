import Synchronization

/// Growth by all workers together, as that of `KeyStore`.
extension NumberedStore {
  mutating func beginGrowth() -> Bool {
    let old = table.lineCount
    // Doubling moves each key once instead of three times; beyond 128 MiB memory counts more.
    let wanted = old < 1 << 21 ? old * 2 : old / 5 * 7
    // Where old pages are given back as new ones are filled, the difference must fit.
    let givesBack = GrowthParts.giveBack(slotCount: table.slotCount)
    let room = budget.available / (tableBytes / old + 1)
    let new = min(wanted, (givesBack ? old : 0) + room)
    guard new >= old + old / 16 else { return false }
    let more = NumberedTable.byteCount(lineCount: new) - (givesBack ? tableBytes : 0)
    guard reservation.grow(by: more) else { return false }
    guard let made = NumberedTable(lineCount: new, secondBits: secondBits) else {
      reservation.shrink(by: more)
      return false
    }
    larger = consume made
    return true
  }

  func growPart(_ cursor: borrowing Atomic<Int>, counts: [Int]) -> Bool {
    switch larger {
    case .some(let target):
      let parts = GrowthParts(
        positions: table.linesInMemory, slots: NumberedTable.lineEntries,
        slotCount: table.slotCount, workers: counts.count)
      while let part = parts.next(cursor) {
        if !table.stream(part, into: target, shared: counts.count > 1) { return false }
        if parts.givesBack { table.giveBack(part) }
      }
      return true
    case .none: return false
    }
  }

  mutating func endGrowth() {
    guard let made = larger.take() else { return }
    table = made
    reservation.shrink(by: reservation.bytes - tableBytes)
    entriesMax = ExactStore.entriesMax(slotCount: table.slotCount)
    growths += 1
  }

  mutating func fillFurther() -> Bool {
    let last = ExactStore.entriesLast(slotCount: table.slotCount)
    if entriesMax >= last { return false }
    entriesMax = last
    return true
  }
}
