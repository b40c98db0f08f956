/// A diagnostic as a terminal shows it: title with code, place, the user's own lines with what was
/// found there, notes and help; ends in a line feed.
public func renderText(_ diagnostic: Diagnostic, sources: SourceSet, color: Bool) -> String {
  TextRenderer(diagnostic: diagnostic, sources: sources, style: TextStyle(color: color)).render()
}

private struct TextRenderer {
  let diagnostic: Diagnostic
  let sources: SourceSet
  let style: TextStyle
  private static let noteWidth = 92

  private var role: TextStyle.Role { diagnostic.severity == .error ? .error : .warning }

  func render() -> String {
    let excerpts = excerpts()
    let number = excerpts.flatMap(\.lines).max().map { String($0 + 1).count } ?? 0
    let margin = String(repeating: " ", count: number)
    var lines = [heading]
    for (index, excerpt) in excerpts.enumerated() {
      lines += excerpt.rendered(margin: margin, isFirst: index == 0)
    }
    let remarks = remarks(margin: margin)
    if !excerpts.isEmpty, !remarks.isEmpty { lines.append(margin + style(.gutter, " |")) }
    return (lines + remarks).map { $0 + "\n" }.joined()
  }

  private var heading: String {
    style(role, "\(diagnostic.severity.rawValue)[\(diagnostic.code)]")
      + style(.strong, ": \(printable(diagnostic.title))")
  }

  private func remarks(margin: String) -> [String] {
    var help = diagnostic.help
    if help.isEmpty, let fix = diagnostic.fix { help = [fixHelp(fix)] }
    return diagnostic.notes.flatMap { remark("note", wrapped($0), margin: margin) }
      + help.flatMap { remark("help", $0, margin: margin) }
  }

  private func fixHelp(_ fix: Fix) -> String {
    if fix.replacement.isEmpty { return "remove `\(sources.text(of: fix.span))`" }
    if fix.span.start == fix.span.end { return "insert `\(fix.replacement)`" }
    return "write `\(fix.replacement)`"
  }

  private func remark(_ word: String, _ text: String, margin: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      index == 0
        ? margin + style(.gutter, " = ") + style(.strong, word) + ": " + printable(String(line))
        : margin + String(repeating: " ", count: word.count + 5) + printable(String(line))
    }
  }

  /// The text with line feeds where its lines get too long to read; code in it may break, too.
  private func wrapped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var result = ""
      var column = 0
      for word in line.split(separator: " ", omittingEmptySubsequences: false) {
        if column > 0, column + word.count > Self.noteWidth {
          result += "\n"
          column = 0
        } else if column > 0 {
          result += " "
        }
        result += word
        column += word.count + 1
      }
      return result
    }.joined(separator: "\n")
  }

  /// The labels by file, the primary's file first.
  private func excerpts() -> [Excerpt] {
    var marks = diagnostic.secondary.map { Excerpt.Mark(label: $0, symbol: "-", role: .gutter) }
    if let primary = diagnostic.primary {
      marks.insert(Excerpt.Mark(label: primary, symbol: "^", role: role), at: 0)
    }
    var files: [FileID] = []
    for mark in marks where !files.contains(mark.label.span.file) {
      files.append(mark.label.span.file)
    }
    return files.map { file in
      Excerpt(
        file: file, marks: marks.filter { $0.label.span.file == file }, sources: sources,
        style: style)
    }
  }
}
