/// The rows of `StubbornTables`, asked the other way round.
struct DeletionTables {
  /// Row a: who brings action a.
  let broughtBy: [UInt64]
  /// Row a: whose remedies have action a.
  let remediedBy: [UInt64]
  /// By action: the atoms that it may make true.
  let atomsOf: [[Int]]
  /// By atom: the actions that ask for it.
  let askers: [[Int]]

  init(_ tables: StubbornTables) {
    let (count, width) = (tables.isFault.count, tables.rowWords)
    func turned(_ rows: [UInt64]) -> [UInt64] {
      var result = [UInt64](repeating: 0, count: rows.count)
      DeletionTables.forEach(rows, width) { row, action in
        result[action * width + row >> 6] |= 1 << UInt64(row & 63)
      }
      return result
    }
    broughtBy = turned(tables.brings)
    remediedBy = turned(tables.remedies)
    var atomsOf = [[Int]](repeating: [], count: count)
    DeletionTables.forEach(tables.atomRows, width) { atom, action in atomsOf[action].append(atom) }
    self.atomsOf = atomsOf
    var askers = [[Int]](repeating: [], count: tables.atoms.count)
    for action in 0..<count {
      for atom in tables.atoms.of(action) {
        askers[atom].append(action)
      }
    }
    self.askers = askers
  }

  /// Calls `body` with the row and the place of each bit that is set.
  private static func forEach(_ rows: [UInt64], _ width: Int, _ body: (Int, Int) -> Void) {
    for (index, word) in rows.enumerated() {
      var rest = word
      while rest != 0 {
        body(index / width, (index % width) << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
