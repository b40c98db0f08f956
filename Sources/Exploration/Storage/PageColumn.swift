import Columns

/// A list in memory that never moves: address space for the most it may hold is asked for at once,
/// pages are taken as it grows.
///
/// Price: the elements, counted against the budget a mebibyte at a time.
/// Threads: the owner's; a `column` of it by any, once nobody appends.
struct PageColumn<Element: BitwiseCopyable & Sendable> {
  private(set) var count = 0
  /// Elements for which memory was reserved.
  private var room = 0
  private let countMax: Int
  private let base: UnsafeMutablePointer<Element>
  private let pages: ColumnPages

  private static var step: Int { (1 << 20) / MemoryLayout<Element>.stride }

  /// Nil where the system has no address space to speak of, or the budget nothing left.
  init?(_ budget: MemoryBudget, countMax: Int = .max) {
    let stride = MemoryLayout<Element>.stride
    var countMax = min(countMax, budget.limit / stride + 1)
    guard let reservation = MemoryReservation(0, of: budget) else { return nil }
    while true {
      if let block = PageBlock(byteCount: countMax * stride, hugePagesFrom: .max) {
        pages = ColumnPages(block, reservation)
        break
      }
      countMax /= 2
      if countMax < PageColumn.step { return nil }
    }
    self.countMax = countMax
    base = pages.block.base.assumingMemoryBound(to: Element.self)
  }

  /// Makes room for more elements; false where memory is refused.
  @inline(__always)
  mutating func makeRoom(_ more: Int) -> Bool { count &+ more <= room || grow(more) }

  @inline(never)
  private mutating func grow(_ more: Int) -> Bool {
    let wanted = max(PageColumn.step, more)
    let bytes = wanted * MemoryLayout<Element>.stride
    guard room + wanted <= countMax, pages.reservation.grow(by: bytes) else { return false }
    room += wanted
    return true
  }

  /// Requires: `makeRoom` made room.
  @inline(__always)
  mutating func append(_ element: Element) {
    assert(count < room)
    // Safety: there is room, and only the owner writes.
    base[count] = element
    count &+= 1
  }

  mutating func removeAll(from place: Int) { count = min(count, place) }

  /// The elements from a place on, which stay where they are.
  func column(from first: Int = 0) -> Column<Element> {
    Column(base: base + first, count: count - first, owner: pages)
  }
}

/// The pages of a column, for as long as somebody looks at them.
private final class ColumnPages {
  let block: PageBlock
  let reservation: MemoryReservation

  init(_ block: consuming PageBlock, _ reservation: MemoryReservation) {
    self.block = block
    self.reservation = reservation
  }
}
