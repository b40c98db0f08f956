import Columns
import Testing

/// Both ways to write ranges down say the same.
@Suite struct RangeColumnTests {
  private let ranges = [0..<3, 3..<3, 3..<7, 7..<8]

  @Test func boundsAndPairsAreTheSame() {
    let bounds = RangeColumn(bounds: [0, 3, 3, 7, 8])
    let pairs = RangeColumn(
      pairs: Column(ranges.flatMap { [UInt32($0.lowerBound), UInt32($0.upperBound)] }))
    for column in [bounds, pairs] {
      #expect((0..<column.count).map { column[$0] } == ranges)
      #expect(column.total == 8)
      #expect((0..<column.first(2).count).map { column.first(2)[$0] } == Array(ranges.prefix(2)))
      #expect(column.first(9).count == 4)
    }
    #expect(bounds.isGapless && !pairs.isGapless)
  }

  @Test func pairsNeedNotFollowEachOther() {
    let pairs = RangeColumn(pairs: [10, 12, 4, 9, 2, 2])
    #expect((0..<pairs.count).map { pairs[$0] } == [10..<12, 4..<9, 2..<2])
    #expect(pairs.total == 7)
    #expect(RangeColumn(bounds: [0]).count == 0)
  }
}
