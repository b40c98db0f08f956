/// Ranges of places of other columns, by number.
///
/// Where each begins at the end of the one before, a column has their bounds; else it has two
/// numbers for each, side by side.
@frozen
public struct RangeColumn: Sendable {
  @usableFromInline let numbers: Column<UInt32>
  public let count: Int
  /// Of the number of a range, for the place where its begin stands.
  @usableFromInline let shift: Int

  /// Requires: `bounds` ascends, and is not empty.
  @inlinable
  public init(bounds: Column<UInt32>) {
    numbers = bounds
    count = bounds.count - 1
    shift = 0
  }

  @inlinable
  public init(bounds: some Collection<UInt32>) { self.init(bounds: Column(bounds)) }

  /// Begin and end of each.
  ///
  /// Requires: no begin is greater than its end.
  @inlinable
  public init(pairs: Column<UInt32>) {
    numbers = pairs
    count = pairs.count / 2
    shift = 1
  }

  /// Whether each is known to begin at the end of the one before.
  @inlinable public var isGapless: Bool { shift == 0 }

  @inlinable
  @inline(__always)
  public subscript(number: Int) -> Range<Int> {
    assert(number >= 0 && number < count)
    let place = address(of: number)
    // Safety: as the initialisers require.
    return Range(uncheckedBounds: (Int(place[0]), Int(place[1])))
  }

  /// Where a range stands.
  @inlinable
  @inline(__always)
  public func address(of number: Int) -> UnsafePointer<UInt32> { numbers.base + number &<< shift }

  /// As many of the first ranges.
  @inlinable
  public func first(_ count: Int) -> RangeColumn {
    let count = Swift.min(count, self.count)
    return isGapless
      ? RangeColumn(bounds: numbers.first(count + 1)) : RangeColumn(pairs: numbers.first(2 * count))
  }

  /// The places of all ranges together. Complexity: linear.
  public var total: Int { (0..<count).reduce(0) { $0 + self[$1].count } }
}
