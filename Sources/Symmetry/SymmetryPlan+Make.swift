import TransitionSystem

extension SymmetryPlan {
  /// The plan for families that a front end found symmetric, given by their identities.
  ///
  /// Fails where the layout has no place for the image of a cell: the families are trusted to be
  /// symmetric in meaning, but not that a representation is.
  public init(_ system: TransitionSystem, families: [Range<Int>]) throws(SymmetryRefusal) {
    let members = SymmetricMembers(families, agentCount: system.agents.count)
    var drafts = try PlanDrafts(system, members)
    let destinations = try drafts.makeTables()
    try drafts.checkTranspositions(destinations)
    self.init(drafts, destinations)
  }
}

extension PlanDrafts {
  /// Entries of all tables together.
  private static let tableMaximum = 1 << 20

  /// One table for each key: the cells by their owners.
  fileprivate mutating func makeTables() throws(SymmetryRefusal) -> [Int] {
    var starts: [String: Int] = [:]
    var table: [Int] = []
    for index in cells.indices where !cells[index].owners.isEmpty {
      let key = keys[index] ?? ""
      let size = cells[index].owners.reduce(1) { size, _ in
        min(size * members.identityOf.count, Self.tableMaximum + 1)
      }
      let start = starts[key] ?? table.count
      if starts[key] == nil {
        guard table.count + size <= Self.tableMaximum else {
          throw .unsupported("a variable with so many elements")
        }
        starts[key] = start
        table += Array(repeating: -1, count: size)
      }
      cells[index].table = start
      let place = start + offset(cells[index].owners)
      guard table[place] < 0 else {
        throw SymmetryRefusal(description: "two cells have the place `\(key)`")
      }
      table[place] = index
    }
    return table
  }

  private func offset(_ owners: [Int]) -> Int {
    owners.reversed().reduce(0) { $0 * members.identityOf.count + $1 }
  }

  /// Checks that swapping neighbours maps cells to cells that can hold the same: then all
  /// permutations do.
  fileprivate func checkTranspositions(_ destinations: [Int]) throws(SymmetryRefusal) {
    for family in members.familyMembers {
      for member in family.dropLast() {
        for cell in cells where !cell.owners.isEmpty {
          let owners = cell.owners.map { owner in
            owner == member ? member + 1 : owner == member + 1 ? member : owner
          }
          let image = destinations[cell.table + offset(owners)]
          guard image >= 0, corresponds(cell, cells[image]) else {
            throw SymmetryRefusal(
              description: "the members' channels or variables differ in their layout")
          }
        }
      }
    }
  }

  /// Identities are stored anew; all else must have the same bits.
  private func corresponds(_ cell: PlanCell, _ image: PlanCell) -> Bool {
    guard cell.readings.count == image.readings.count else { return false }
    if cell.mask == image.mask && cell.minimum == image.minimum { return true }
    return !cell.readings.isEmpty
      && cell.readings.allSatisfy { if case .identity = $0.kind { true } else { false } }
  }
}
