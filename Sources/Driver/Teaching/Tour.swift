/// A guided tour: text, and questions whose answers are judged by what is computed when the tour
/// is taken.
struct Tour {
  enum Run {
    /// A check of a spec, by names; the spec's path is relative to the folder of specs. `property`:
    /// the one whose trace is told.
    case check(spec: String, check: String, property: String?)
    case valence(spec: String, check: String, decision: String)
  }

  struct Question {
    let text: String
    /// Each with the condition under which it is right.
    let answers: [(text: String, condition: String)]
  }

  enum Stop {
    case text(String)
    /// A run, and the question that it answers.
    case run(Run, Question?)
  }

  let title: String
  let stops: [Stop]

  var questionCount: Int {
    stops.count { if case .run(_, .some) = $0 { true } else { false } }
  }

  /// Lines `# title`, `? question`, `- answer :: condition`, `! check SPEC CHECK [PROPERTY]`,
  /// `! valence SPEC CHECK DECISION`; others are text, paragraphs between empty lines. A question
  /// has two answers or more and stands right before its run. The error names the line.
  static func parse(_ source: String) -> Result<Tour, FileError> {
    var parser = TourParser()
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      if let words = parser.read(String(line)) {
        return .failure(FileError(words: "\(words): `\(line)`"))
      }
    }
    if let words = parser.close() { return .failure(FileError(words: words)) }
    return .success(Tour(title: parser.title, stops: parser.stops))
  }
}

/// A tour while its lines are read.
private struct TourParser {
  private(set) var title = ""
  private(set) var stops: [Tour.Stop] = []
  private var paragraph: [String] = []
  private var question: String?
  private var answers: [(text: String, condition: String)] = []

  /// What is wrong with the line; nil where nothing is.
  mutating func read(_ line: String) -> String? {
    let rest = String(line.dropFirst(2))
    switch line.prefix(2) {
    case "# ": title = rest
    case "? ":
      if let words = close() { return words }
      question = rest
    case "- ":
      guard question != nil else { return "an answer without a question" }
      let parts = rest.split(separator: " :: ", maxSplits: 1)
      guard parts.count == 2 else { return "an answer without its condition" }
      answers.append((String(parts[0]), String(parts[1])))
    case "! ": return readRun(rest.split(separator: " ").map { String($0) })
    default:
      if line.isEmpty { return close() }
      if question != nil { return "text between a question and its run" }
      paragraph.append(line)
    }
    return nil
  }

  private mutating func readRun(_ words: [String]) -> String? {
    let run: Tour.Run
    switch (words.first, words.count) {
    case ("check", 3), ("check", 4):
      run = .check(spec: words[1], check: words[2], property: words.count == 4 ? words[3] : nil)
    case ("valence", 4): run = .valence(spec: words[1], check: words[2], decision: words[3])
    default: return "a run is a check or a valence"
    }
    endParagraph()
    if question != nil, answers.count < 2 { return "a question with fewer than two answers" }
    stops.append(.run(run, question.map { Tour.Question(text: $0, answers: answers) }))
    (question, answers) = (nil, [])
    return nil
  }

  private mutating func endParagraph() {
    if !paragraph.isEmpty { stops.append(.text(paragraph.joined(separator: "\n"))) }
    paragraph = []
  }

  /// At the end of a paragraph and of the file; a question must have had its run.
  mutating func close() -> String? {
    endParagraph()
    return question.map { "the question `\($0)` has no run" }
  }
}
