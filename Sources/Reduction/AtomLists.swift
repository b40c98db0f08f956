/// The atoms of each action and their owners (`ActionGroups`), in memory that one worker reads
/// without checks.
///
/// Safety: actions and atoms are below their counts.
struct AtomLists: ~Copyable {
  private let first: Cells<Int32>
  private let list: Cells<Int32>
  private let owners: Cells<Int32>
  private let places: Cells<Int32>
  private let placed: Cells<AtomTable.Placed>

  /// `places`: by atom, its place among those of its owner.
  init(_ tables: StubbornTables, places: [Int]) {
    var (first, list) = ([0 as Int32], [Int32]())
    for action in tables.isFault.indices {
      list += tables.atoms.of(action).map { Int32($0) }
      first.append(Int32(list.count))
    }
    self.first = Cells(first)
    self.list = Cells(list)
    owners = Cells(tables.groups.ownerOf.map { Int32($0) })
    self.places = Cells(places.map { Int32($0) })
    placed = Cells(tables.atoms.placed)
  }

  /// Of an action, as places for `subscript`.
  @inline(__always)
  func of(_ action: Int) -> Range<Int> { Int(first[action])..<Int(first[action &+ 1]) }

  @inline(__always)
  subscript(place: Int) -> Int { Int(list[place]) }

  @inline(__always)
  func owner(_ atom: Int) -> Int32 { owners[atom] }

  @inline(__always)
  func place(_ atom: Int) -> Int32 { places[atom] }

  @inline(__always)
  func isFalse(_ atom: Int, in state: UnsafePointer<UInt64>) -> Bool {
    placed[atom].isFalse(in: state)
  }
}
