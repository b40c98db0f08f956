import Synchronization

/// Entries that make growth due: 13/16, or 7/8 where memory counts more than time.
func keyEntriesMax(slotCount: Int, isDense: Bool) -> Int {
  isDense ? slotCount / 8 * 7 : ExactStore.entriesMax(slotCount: slotCount)
}

/// Growth by all workers together, as that of `ExactStore`.
extension KeyStore where Table: ~Copyable {
  /// A step of work of `growPart`, in slots.
  private static var part: Int { 1 << 18 }

  private var slotsWanted: Int {
    let old = table.slotCount
    if isDense && old >= SlotTable.streamableMin { return old / 5 * 6 }
    // Doubling moves each key once instead of three times; beyond 128 MiB memory counts more.
    return old < 1 << 24 ? old * 2 : old / 5 * 7
  }

  mutating func beginGrowth() -> Bool {
    let old = table.slotCount
    let slotBytes = shape == .wide ? 16 : 8
    var new = slotsWanted
    // Old pages are given back as the new ones are filled, so the difference must fit.
    new = min(new, old + budget.available / slotBytes) & ~(SlotTable.lineSlots - 1)
    guard new >= old + old / 16, reservation.grow(by: slotBytes * (new - old)) else { return false }
    guard let made = Table(slotCount: new, shape: shape) else {
      reservation.shrink(by: slotBytes * (new - old))
      return false
    }
    larger = consume made
    return true
  }

  func growPart(_ cursor: borrowing Atomic<Int>, counts: [Int]) -> Bool {
    switch larger {
    case .some(let target):
      while true {
        // Relaxed: only divides the work; the barriers around the phase order the slots.
        let from = cursor.add(KeyStore.part, ordering: .relaxed).oldValue
        if from >= table.positionCount { return true }
        let to = min(from + KeyStore.part, table.positionCount)
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
    entriesMax = keyEntriesMax(slotCount: table.slotCount, isDense: isDense)
    growths += 1
  }

  mutating func fillFurther() -> Bool {
    let last = ExactStore.entriesLast(slotCount: table.slotCount)
    if entriesMax >= last { return false }
    entriesMax = last
    return true
  }
}
