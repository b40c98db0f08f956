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

  func goodKeys(_ variants: borrowing VariantTable) -> GoodKeys {
    GoodKeys(places: variants.bases, isGood: goodPlaces.base)
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

/// Which actions have good prospects as keys (`Prospects`), for a look at every transition.
///
/// Valid as long as the `StubbornSets` that it is of.
public struct GoodKeys: BitwiseCopyable {
  @usableFromInline let places: VariantTable.Bases
  @usableFromInline let isGood: UnsafePointer<UInt8>

  /// 1 where an action with a transition in a state has good prospects there; else 0. A number, so
  /// that all transitions are looked at: it takes less time than to guess wrong about the next one.
  @inlinable
  @inline(__always)
  public func contain(_ action: Int32, in state: UnsafePointer<UInt64>) -> UInt8 {
    isGood[places.place(of: Int(action), state)]
  }
}
