/// The lines of one source file that a diagnostic shows, with the marks under them.
struct Excerpt {
  struct Mark {
    let label: Label
    let symbol: Character
    let role: TextStyle.Role
  }

  let file: FileID
  /// The first one gives the place in the heading.
  let marks: [Mark]
  let sources: SourceSet
  let style: TextStyle

  /// Zero-based indices of the lines that hold an end of some mark, ascending.
  var lines: [Int] {
    let ends = marks.flatMap { [firstLine($0), lastLine($0)] }
    return Set(ends).sorted()
  }

  /// The excerpt with its heading `--> file:line:column`.
  func rendered(margin: String, isFirst: Bool) -> [String] {
    let arrow = isFirst ? "-->" : ":::"
    let place = sources.location(of: marks[0].label.span)
    let name = printable(place.file)
    var result = [margin + style(.gutter, arrow) + " \(name):\(place.line):\(place.column)"]
    result.append(margin + style(.gutter, " |"))
    var shown: Int?
    for line in lines {
      if let shown, line > shown + 1 {
        result += line == shown + 2 ? [sourceLine(shown + 1, margin)] : [style(.gutter, "...")]
      }
      result += [sourceLine(line, margin)] + underlines(line, margin)
      shown = line
    }
    return result
  }

  private func firstLine(_ mark: Mark) -> Int {
    sources.line(at: mark.label.span.start, in: file)
  }

  private func lastLine(_ mark: Mark) -> Int {
    let span = mark.label.span
    return sources.line(at: max(span.start, span.end - 1), in: file)
  }

  private func sourceLine(_ line: Int, _ margin: String) -> String {
    let number = String(line + 1)
    let padding = String(repeating: " ", count: margin.count - number.count)
    let text = layout(line).text
    return padding + style(.gutter, text.isEmpty ? "\(number) |" : "\(number) | ") + text
  }

  /// The line laid out so that the first mark that touches it is in view.
  private func layout(_ line: Int) -> DisplayLine {
    let mark = marks.first { firstLine($0) == line || lastLine($0) == line }
    let source = sources.files[file.index]
    let focus = mark.map { firstLine($0) == line ? $0.label.span.start : $0.label.span.end }
    return DisplayLine(line, of: source, focus: focus ?? source.lineStarts[line])
  }

  /// A row for each mark that begins or ends on the line; the text stands at its end.
  private func underlines(_ line: Int, _ margin: String) -> [String] {
    let layout = layout(line)
    return marks.filter { firstLine($0) == line || lastLine($0) == line }.map { mark in
      let span = mark.label.span
      let begins = firstLine(mark) == line
      let ends = lastLine(mark) == line
      let start = begins ? layout.shownColumn(at: span.start) : layout.indentation
      let end = ends ? layout.shownColumn(at: span.end) : layout.width
      let row = String(repeating: mark.symbol, count: max(1, end - start))
      let text = ends && !mark.label.text.isEmpty ? " " + printable(mark.label.text) : ""
      return margin + style(.gutter, " | ") + String(repeating: " ", count: start)
        + style(mark.role, row + text)
    }
  }
}
