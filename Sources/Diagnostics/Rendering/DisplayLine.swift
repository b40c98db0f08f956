/// One source line laid out in terminal columns: tabs expanded, control characters made visible,
/// a long line cut to a window around the place of interest.
struct DisplayLine {
  private static let tabWidth = 4
  private static let widthMax = 100

  /// What the terminal shows.
  private(set) var text = ""
  /// Column of the window's first character, and one past its last, in the uncut line.
  private var window: Range<Int>
  /// Columns that the mark of a cut takes at the left.
  private var shift = 0
  private let bytes: ArraySlice<UInt8>

  /// Lays out a line so that the columns from `focus` (a byte offset in the file) are in view.
  init(_ line: Int, of source: SourceFile, focus: Int) {
    let start = source.lineStarts[line]
    let next = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] : source.text.count
    var end = next
    while end > start, source.text[end - 1] == 0x0A || source.text[end - 1] == 0x0D { end -= 1 }
    bytes = source.text[start..<end]
    let cells = Self.cells(bytes)
    let width = cells.reduce(0) { $0 + $1.width }
    window = 0..<width
    guard width > Self.widthMax else {
      text = String(cells.map(\.character))
      trim()
      return
    }
    let focusColumn = column(at: focus)
    let first = max(0, min(focusColumn - Self.widthMax / 3, width - Self.widthMax))
    window = first..<(first + Self.widthMax)
    cut(cells, width: width)
  }

  /// Zero-based column, as shown, of a byte offset in the file.
  func shownColumn(at offset: Int) -> Int {
    min(max(column(at: offset), window.lowerBound), window.upperBound) - window.lowerBound + shift
  }

  /// Zero-based column of the first character that is not blank.
  var indentation: Int { text.prefix { $0 == " " }.count }

  /// Columns the shown text takes, the mark of a cut at the right not counted.
  var width: Int { window.count + shift }

  private func column(at offset: Int) -> Int {
    let end = min(max(offset, bytes.startIndex), bytes.endIndex)
    return Self.cells(bytes[bytes.startIndex..<end]).reduce(0) { $0 + $1.width }
  }

  private mutating func trim() {
    while text.last == " " { text.removeLast() }
  }

  private mutating func cut(_ cells: [(character: Character, width: Int)], width: Int) {
    var column = 0
    if window.lowerBound > 0 {
      text = "…"
      shift = 1
    }
    for cell in cells {
      if column >= window.lowerBound, column + cell.width <= window.upperBound {
        text.append(cell.character)
      } else if column < window.upperBound, column + cell.width > window.lowerBound {
        text.append(" ")
      }
      column += cell.width
    }
    if window.upperBound < width { text += "…" } else { trim() }
  }

  /// The characters of a line with their widths; a tab becomes the blanks up to its stop.
  private static func cells(_ bytes: ArraySlice<UInt8>) -> [(character: Character, width: Int)] {
    var cells: [(character: Character, width: Int)] = []
    var column = 0
    for character in String(decoding: bytes, as: UTF8.self) {
      if character == "\t" {
        let blanks = tabWidth - column % tabWidth
        cells += Array(repeating: (" ", 1), count: blanks)
        column += blanks
      } else {
        let shown = printable(character)
        let width = displayWidth(of: shown)
        cells.append((shown, width))
        column += width
      }
    }
    return cells
  }
}
