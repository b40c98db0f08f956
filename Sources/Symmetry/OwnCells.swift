/// Cells of one member each that name nobody and are in no bag, for the inner loops of
/// `Canonicalizer`.
///
/// Safety: places are below the count; members, which index the destinations of a cell, below that
/// of the plan.
///
/// Threads: one; they belong to a `Canonicalizer`.
struct OwnCells: ~Copyable {
  struct Cell: BitwiseCopyable {
    let cell: Int
    let owner: Int
    let salt: UInt64
    /// By member that the owner becomes: the cell that this one goes to.
    let destinations: UnsafePointer<Int>
  }

  let count: Int
  private let cells: UnsafeMutablePointer<Cell>
  private let destinations: UnsafeMutablePointer<Int>

  /// Those among some cells of a plan.
  init(among candidates: [Int], _ plan: SymmetryPlan) {
    let own = candidates.filter { plan.cells[$0].isOwn }
    let memberCount = plan.memberCount
    count = own.count
    cells = .allocate(capacity: max(1, own.count))
    destinations = .allocate(capacity: max(1, own.count * memberCount))
    for (place, index) in own.enumerated() {
      let cell = plan.cells[index]
      let first = destinations + place * memberCount
      for member in 0..<memberCount {
        (first + member).initialize(to: plan.destinations[cell.table + member])
      }
      (cells + place).initialize(
        to: Cell(
          cell: index, owner: cell.owners[0], salt: cell.salt, destinations: UnsafePointer(first)))
    }
  }

  deinit {
    cells.deallocate()
    destinations.deallocate()
  }

  @inline(__always)
  subscript(place: Int) -> Cell { cells[place] }
}

extension PlanCell {
  /// Whether it is one of these.
  var isOwn: Bool { owners.count == 1 && readings.isEmpty && bag == nil }
}
