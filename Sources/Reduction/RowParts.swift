/// The rows of the tables cut into the actions of each group.
///
/// Only which groups a row has actions of is worked out; the actions are read off the row when they
/// are asked for, which for each part is rare. Lists of them take thirty times as much memory: rows
/// are full where agents share much.
///
/// Safety: rows and parts are below their counts.
///
/// Threads: one; it belongs to its `LocalStates`.
struct RowParts: ~Copyable {
  /// The actions of one group in a row.
  struct Part: BitwiseCopyable {
    let group: Int32
    let row: Int32
  }

  /// The words of a row that have bits of a group.
  private struct Span: BitwiseCopyable {
    let firstWord: Int
    let endWord: Int
    /// In `masks`: its bits in the first of them.
    let firstMask: Int
  }

  private let tables: StubbornTables
  private let firstPart: Cells<Int32>
  private let parts: Cells<Part>
  /// By group.
  private let spans: Cells<Span>
  private let masks: Cells<UInt64>

  /// Rows as in `StubbornTables.words(ofRow:)`.
  init(_ tables: StubbornTables) {
    self.tables = tables
    let (spans, masks) = RowParts.spans(tables)
    var (starts, parts) = ([Int32](), [Part]())
    for row in 0..<tables.rowCount {
      starts.append(Int32(parts.count))
      let words = tables.words(ofRow: row)
      for (group, span) in spans.enumerated() {
        let hasMembers = (span.firstWord..<span.endWord).contains { word in
          words[words.startIndex + word] & masks[span.firstMask + word - span.firstWord] != 0
        }
        if hasMembers { parts.append(Part(group: Int32(group), row: Int32(row))) }
      }
    }
    starts.append(Int32(parts.count))
    firstPart = Cells(starts)
    self.parts = Cells(parts)
    self.spans = Cells(spans)
    self.masks = Cells(masks)
  }

  private static func spans(_ tables: StubbornTables) -> (spans: [Span], masks: [UInt64]) {
    var (spans, masks) = ([Span](), [UInt64]())
    for members in tables.groups.members {
      var bits = ActionRow(count: tables.isFault.count)
      for action in members { bits.insert(action) }
      // Members ascend.
      let first = (members.first ?? 0) >> 6
      let end = members.last.map { $0 >> 6 + 1 } ?? first
      spans.append(Span(firstWord: first, endWord: end, firstMask: masks.count))
      masks += bits.words[first..<end]
    }
    return (spans, masks)
  }

  /// The parts of a row.
  @inline(__always)
  func of(_ row: Int) -> Range<Int> { Int(firstPart[row])..<Int(firstPart[row &+ 1]) }

  @inline(__always)
  subscript(part: Int) -> Part { parts[part] }

  /// Calls `body` with the actions of a part, ascending.
  @inline(__always)
  func forEachMember(of part: Part, _ body: (Int) -> Void) {
    let words = tables.words(ofRow: Int(part.row))
    let span = spans[Int(part.group)]
    for word in span.firstWord..<span.endWord {
      var rest = words[words.startIndex + word] & masks[span.firstMask + word - span.firstWord]
      while rest != 0 {
        body(word << 6 + rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }
}
