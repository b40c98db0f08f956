import Synchronization

/// Growth by all workers together, as that of `KeyStore`.
extension NumberedStore {
  /// A step of work of `growPart`, in lines.
  private static let part = 1 << 15

  mutating func beginGrowth() -> Bool {
    let old = table.lineCount
    // Doubling moves each key once instead of three times; beyond 64 MiB memory counts more.
    let wanted = old < 1 << 20 ? old * 2 : old / 5 * 7
    // Old pages are given back as the new ones are filled, so the difference must fit.
    let new = min(wanted, old + budget.available / (tableBytes / old + 1))
    guard new >= old + old / 16 else { return false }
    let more = NumberedTable.byteCount(lineCount: new) - tableBytes
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
      while true {
        // Relaxed: only divides the work; the barriers around the phase order the entries.
        let from = cursor.add(NumberedStore.part, ordering: .relaxed).oldValue
        if from >= table.linesInMemory { return true }
        let to = min(from + NumberedStore.part, table.linesInMemory)
        if !table.stream(from: from, to: to, into: target, shared: counts.count > 1) {
          return false
        }
      }
    case .none: return false
    }
  }

  mutating func endGrowth() {
    guard let made = larger.take() else { return }
    table = made
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
