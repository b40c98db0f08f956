/// `Prospects` for one worker, read without checks, and what became of its closures.
///
/// Safety: variants and actions are below their counts.
///
/// Threads: one; it belongs to its `StubbornSets`.
struct ProspectTable: ~Copyable {
  private let counts: Cells<ClosureCount>
  /// By variant.
  private let poor: Cells<Bool>
  /// By action of the system, whether any variant has good prospects; by place in `VariantTable`,
  /// whether that one has.
  private let goodWholes: Cells<Bool>
  private let goodPlaces: Cells<Bool>

  init(_ tables: StubbornTables, _ variants: borrowing VariantTable) {
    counts = Cells(repeating: ClosureCount(), count: tables.isFault.count)
    poor = Cells(tables.isFault)
    goodWholes = Cells(repeating: false, count: tables.actionCount)
    goodPlaces = Cells(repeating: false, count: variants.placeCount)
    noteGood(tables, variants)
  }

  func follow(
    _ prospects: Prospects, _ tables: StubbornTables, _ variants: borrowing VariantTable
  ) {
    for (variant, isPoor) in prospects.isPoor.enumerated() { poor[variant] = isPoor }
    noteGood(tables, variants)
  }

  private func noteGood(_ tables: StubbornTables, _ variants: borrowing VariantTable) {
    for action in 0..<tables.actionCount { goodWholes[action] = false }
    for (variant, whole) in tables.groups.wholeOf.enumerated() where !poor[variant] {
      goodWholes[whole] = true
    }
    for place in 0..<variants.placeCount {
      goodPlaces[place] = variants[place] >= 0 && !poor[variants[place]]
    }
  }

  @inline(__always)
  func isPoor(_ variant: Int) -> Bool { poor[variant] }

  /// Whether an action of the transitions of a state has good prospects there.
  @inline(__always)
  func areGood(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, _ count: Int,
    _ variants: borrowing VariantTable
  ) -> Bool {
    var last: Int32 = -1
    for index in 0..<count where actions[index] != last {
      last = actions[index]
      if goodWholes[Int(last)] && goodPlaces[variants.place(of: Int(last), state)] { return true }
    }
    return false
  }

  @inline(__always)
  func count(_ variant: Int, isClosed: Bool) {
    counts.base[variant].tried &+= 1
    if isClosed { counts.base[variant].closed &+= 1 }
  }

  /// Closures since it was asked last.
  func takeCount(of variant: Int) -> ClosureCount {
    let count = counts[variant]
    counts[variant] = ClosureCount()
    return count
  }
}
