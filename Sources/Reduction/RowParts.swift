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
    var byGroup = [[Int32]](repeating: [], count: tables.groups.members.count)
    for row in 0..<tables.rowCount {
      starts.append(Int32(parts.count))
      for action in tables.members(ofRow: row) { byGroup[groupOf[action]].append(Int32(action)) }
      for group in byGroup.indices where !byGroup[group].isEmpty {
        let end = members.count + byGroup[group].count
        parts.append(
          Part(
            group: Int32(group), firstMember: Int32(members.count), endMember: Int32(end)))
        members += byGroup[group]
        byGroup[group].removeAll(keepingCapacity: true)
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
