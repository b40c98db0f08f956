import Synchronization

/// Smaller tables double, which moves each key once instead of three times; from here on, 128 MiB,
/// memory counts more.
private let doublingEnd = 1 << 24

/// Entries that make growth due.
///
/// Above 11/16 many a search for a key goes on behind its home, and there is no telling which. So
/// tables that double do that there, which moves fewer keys, too. Larger ones get 13/16 full, and
/// all do 7/8 where memory counts more than time.
func keyEntriesMax(slotCount: Int, isDense: Bool) -> Int {
  if isDense { return slotCount / 8 * 7 }
  return slotCount < doublingEnd ? slotCount / 16 * 11 : ExactStore.entriesMax(slotCount: slotCount)
}

/// Growth by all workers together, as that of `ExactStore`.
extension KeyStore where Table: ~Copyable {
  /// The smallest table that grows by steps instead of doubling, where memory counts.
  private static var steppedMin: Int { 1 << 18 }

  private var slotsWanted: Int {
    let old = table.slotCount
    if isDense && old >= KeyStore.steppedMin { return old / 5 * 6 }
    return old < doublingEnd ? old * 2 : old / 5 * 7
  }

  mutating func beginGrowth() -> Bool {
    let old = table.slotCount
    let recodes = nextShape != shape
    // There may be room enough where only the code is another one.
    let isFull = count >= entriesMax / 16 * 15
    var new = recodes && !isFull ? old : slotsWanted
    // Where old pages are given back as new ones are filled, the difference must fit; recoded keys
    // go anywhere, so all must.
    let givesBack = GrowthParts.giveBack(slotCount: old) && !recodes
    if !recodes {
      let room = budget.available / Table.slotBytes(slotCount: old, shape: shape)
      new = min(new, (givesBack ? old : 0) + room)
    }
    new &= ~15
    guard recodes || new >= old + old / 16 else { return false }
    let more = Table.byteCount(slotCount: new, shape: nextShape) - (givesBack ? tableBytes : 0)
    guard reservation.grow(by: max(0, more)) else { return false }
    guard let made = Table(slotCount: new, shape: nextShape, populates: workers == 1) else {
      reservation.shrink(by: max(0, more))
      return false
    }
    larger = consume made
    return true
  }

  func growPart(_ cursor: borrowing Atomic<Int>, counts: [Int]) -> Bool {
    switch larger {
    case .some(let target):
      let parts = GrowthParts(
        positions: table.positionCount, slotCount: table.slotCount, workers: counts.count)
      while let part = parts.next(cursor) {
        if !table.stream(part, into: target, shared: counts.count > 1) { return false }
        if parts.givesBack { table.giveBack(part) }
      }
      return true
    case .none: return false
    }
  }

  mutating func endGrowth() {
    guard var made = larger.take() else { return }
    // Tables grow in the middle of levels.
    made.freshStage = table.freshStage
    table = made
    changeShape()
    reservation.shrink(by: reservation.bytes - tableBytes)
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
