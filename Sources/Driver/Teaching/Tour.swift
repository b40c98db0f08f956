/// A guided tour: text, questions, and runs whose output is computed when the tour is taken.
struct Tour {
  enum Stop {
    case text(String)
    case question(String)
    /// A check of a spec, by names; the spec's path is relative to the folder of specs.
    case check(spec: String, check: String)
    case valence(spec: String, check: String, decision: String)
  }
  let title: String
  let stops: [Stop]

  /// Lines `# title`, `? question`, `! check SPEC CHECK`, `! valence SPEC CHECK DECISION`; others
  /// are text, paragraphs between empty lines. Nil, with the line, where one cannot be read.
  static func parse(_ source: String) -> Result<Tour, FileError> {
    var title = ""
    var stops: [Stop] = []
    var paragraph: [Substring] = []
    func close() {
      if !paragraph.isEmpty { stops.append(.text(paragraph.joined(separator: "\n"))) }
      paragraph = []
    }
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.dropFirst(2).split(separator: " ").map { String($0) }
      switch (line.prefix(2), words.first, words.count) {
      case ("# ", _, _): title = String(line.dropFirst(2))
      case ("? ", _, _):
        close()
        stops.append(.question(String(line.dropFirst(2))))
      case ("! ", "check", 3):
        close()
        stops.append(.check(spec: words[1], check: words[2]))
      case ("! ", "valence", 4):
        close()
        stops.append(.valence(spec: words[1], check: words[2], decision: words[3]))
      case ("! ", _, _): return .failure(FileError(words: "cannot read the line `\(line)`"))
      default: if line.isEmpty { close() } else { paragraph.append(line) }
      }
    }
    close()
    return .success(Tour(title: title, stops: stops))
  }
}
