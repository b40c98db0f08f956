import Testing
import TransitionSystem

@testable import Reduction

/// The parts of a row are its actions, group by group.
@Suite struct RowPartsTests {
  @Test func areTheActionsOfRows() {
    var several = 0
    for seed in 0..<200 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let tables = StubbornTables(system, properties: Set(system.properties.indices))
      let parts = RowParts(tables)
      let all =
        rows(tables.brings, of: tables) + rows(tables.remedies, of: tables)
        + rows(tables.atomRows, of: tables)
      #expect(all.count == tables.rowCount)
      for (row, actions) in all.enumerated() {
        let range = parts.of(row)
        var found: [Int: [Int]] = [:]
        for place in range {
          let part = parts[place]
          parts.forEachMember(of: part) { found[Int(part.group), default: []].append($0) }
        }
        #expect(found == Dictionary(grouping: actions) { tables.groups.groupOf[$0] })
        #expect(found.count == range.count)
        if found.count > 1 { several += 1 }
      }
    }
    #expect(several > 100, "too few rows have several groups: \(several)")
  }

  /// The actions of each row.
  private func rows(_ words: [UInt64], of tables: StubbornTables) -> [[Int]] {
    var rows = [[Int]](repeating: [], count: words.count / tables.rowWords)
    for (row, first) in stride(from: 0, to: words.count, by: tables.rowWords).enumerated() {
      for action in tables.isFault.indices {
        let word: UInt64 = words[first + action / 64]
        if word >> UInt64(action % 64) & 1 == 1 { rows[row].append(action) }
      }
    }
    return rows
  }
}
