import Columns
import Synchronization

/// Room for the transitions of a graph, in memory that never moves, of which workers take blocks:
/// what each noted has places in one and the same column.
///
/// Price: 6 bytes a transition, counted against the budget as blocks are taken.
/// Threads: any takes blocks; each writes its own.
final class TransitionPages: @unchecked Sendable {
  let targets: UnsafeMutablePointer<Int32>
  let actions: UnsafeMutablePointer<UInt16>
  private let targetPages: PageBlock
  private let actionPages: PageBlock
  private let budget: MemoryBudget
  private let countMax: Int
  // Relaxed, both: who takes a block is the only one to touch it, and counts order nothing.
  private let taken = Atomic<Int>(0)
  private let bytesReserved = Atomic<Int>(0)

  private static let transitionBytes = 6
  private static let partBytes = 8 << 20
  /// Address space for fewer is not worth a graph.
  private static let countLeast = 1 << 18

  /// Nil where the system has no address space to speak of.
  init?(_ budget: MemoryBudget) {
    // The last blocks need not fill.
    var countMax = min(
      Int(UInt32.max), budget.limit / TransitionPages.transitionBytes + TransitionPages.countLeast)
    while true {
      if let targets = PageBlock(byteCount: 4 * countMax, hugePagesFrom: .max),
        let actions = PageBlock(byteCount: 2 * countMax, hugePagesFrom: .max)
      {
        targetPages = targets
        actionPages = actions
        break
      }
      countMax /= 2
      if countMax < TransitionPages.countLeast { return nil }
    }
    self.budget = budget
    self.countMax = countMax
    targets = targetPages.base.assumingMemoryBound(to: Int32.self)
    actions = actionPages.base.assumingMemoryBound(to: UInt16.self)
  }

  deinit { budget.release(bytesReserved.load(ordering: .relaxed)) }

  /// Places in which there may be transitions.
  var count: Int { min(countMax, taken.load(ordering: .relaxed)) }

  /// The first place of a block of so many; nil where memory is refused.
  func take(_ count: Int) -> Int? {
    let bytes = TransitionPages.transitionBytes * count
    guard budget.reserve(bytes) else { return nil }
    bytesReserved.add(bytes, ordering: .relaxed)
    let first = taken.add(count, ordering: .relaxed).oldValue
    return first + count <= countMax ? first : nil
  }

  /// Gives the pages back.
  ///
  /// Requires: nobody looks at them any more.
  func giveBack(_ team: WorkerTeam) {
    let (size, count) = (TransitionPages.partBytes, self.count)
    team.forEachItem(of: (4 * count + size - 1) / size) { [self] part in
      targetPages.discard(from: part * size, to: min((part + 1) * size, 4 * count))
      actionPages.discard(from: part * size / 2, to: min((part + 1) * size / 2, 2 * count))
    }
  }

  /// Requires: they will not change, here and below.
  var targetColumn: Column<Int32> { Column(base: targets, count: count, owner: self) }
  var actionColumn: Column<UInt16> { Column(base: actions, count: count, owner: self) }
}
