/// The rows of the tables cut into the actions of each group, in memory that one worker reads
/// without checks.
///
/// Safety: rows and parts are below their counts.
struct RowParts: ~Copyable {
  /// The actions of one group in a row.
  struct Part: BitwiseCopyable {
    let group: Int32
    /// In `members`.
    let firstMember: Int32
    let endMember: Int32
  }

  private let firstPart: Cells<Int32>
  private let parts: Cells<Part>
  let members: Cells<Int32>

  /// Rows as in `StubbornTables.members(ofRow:)`.
  init(_ tables: StubbornTables) {
    let groupOf = tables.groups.groupOf
    var (starts, parts, members) = ([Int32](), [Part](), [Int32]())
    for row in 0..<tables.rowCount {
      starts.append(Int32(parts.count))
      let all = Dictionary(grouping: tables.members(ofRow: row)) { groupOf[$0] }
      for (group, some) in all.sorted(by: { $0.key < $1.key }) {
        let end = members.count + some.count
        parts.append(
          Part(
            group: Int32(group), firstMember: Int32(members.count), endMember: Int32(end)))
        members += some.map { Int32($0) }
      }
    }
    starts.append(Int32(parts.count))
    firstPart = Cells(starts)
    self.parts = Cells(parts)
    self.members = Cells(members)
  }

  /// The parts of a row.
  @inline(__always)
  func of(_ row: Int) -> Range<Int> { Int(firstPart[row])..<Int(firstPart[row &+ 1]) }

  @inline(__always)
  subscript(part: Int) -> Part { parts[part] }
}
