/// `Prospects` for one worker, read without checks, and what became of its closures.
///
/// Safety: variants and actions are below their counts.
///
/// Threads: one; it belongs to its `StubbornSets`.
struct ProspectTable: ~Copyable {
  private let counts: Cells<ClosureCount>
  /// By variant.
  private let poor: Cells<Bool>
  /// By place in `VariantTable`: 1 where that variant has good prospects.
  private let goodPlaces: Cells<UInt8>

  init(_ tables: StubbornTables, _ variants: borrowing VariantTable) {
    counts = Cells(repeating: ClosureCount(), count: tables.isFault.count)
    poor = Cells(tables.isFault)
    goodPlaces = Cells(repeating: 0, count: variants.placeCount)
    noteGood(variants)
  }

  func follow(_ prospects: Prospects, _ variants: borrowing VariantTable) {
    for (variant, isPoor) in prospects.isPoor.enumerated() { poor[variant] = isPoor }
    noteGood(variants)
  }

  private func noteGood(_ variants: borrowing VariantTable) {
    for place in 0..<variants.placeCount {
      goodPlaces[place] = variants[place] >= 0 && !poor[variants[place]] ? 1 : 0
    }
  }

  @inline(__always)
  func isPoor(_ variant: Int) -> Bool { poor[variant] }

  /// Whether an action of the transitions of a state has good prospects there. All are looked at:
  /// it takes less time than to guess wrong about the next one.
  @inline(__always)
  func areGood(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, _ count: Int,
    _ variants: borrowing VariantTable
  ) -> Bool {
    var good: UInt8 = 0
    for index in 0..<count { good |= goodPlaces[variants.place(of: Int(actions[index]), state)] }
    return good != 0
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
