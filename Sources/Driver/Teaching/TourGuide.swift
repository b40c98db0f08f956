import Exploration
import Glibc
import Report
import Semantics

/// Takes a tour: computes each run, finds out which answer agrees with it, asks, shows, reacts.
struct TourGuide {
  let name: String
  let tour: Tour
  /// The folder of the specs.
  let folder: String

  /// In the terminal; with predictions from standard input, line by line, until it ends.
  mutating func take(asks: Bool) throws(TourEnd) {
    let text = TourText(
      width: Terminal.width, color: isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil)
    try show(text.title(tour.title))
    var reader = PredictionReader(isOpen: asks)
    var number = 0
    for stop in tour.stops {
      switch stop {
      case .text(let paragraph): try show(text.paragraph(paragraph))
      case .run(let run, let asked):
        let result = try computed(run)
        guard let asked else {
          try show(text.run(result, property: run.property))
          continue
        }
        let question = try judged(asked, result)
        number += 1
        try show(text.question(question, number: number, of: tour.questionCount))
        let prediction = try reader.prediction(question, text)
        try show(text.run(result, property: run.property))
        try show(text.reaction(question, prediction: prediction))
      }
    }
    try show(text.score(reader.right, of: reader.predictions))
  }

  /// As a page.
  mutating func write(to path: String) throws(TourEnd) {
    var page = TourPage(title: tour.title)
    for stop in tour.stops {
      switch stop {
      case .text(let text): page.add(text: text)
      case .run(let run, let asked):
        let result = try computed(run)
        if let asked {
          page.add(try judged(asked, result), result, property: run.property)
        } else {
          page.add(result, property: run.property)
        }
      }
    }
    if case .failure(let error) = writeFile(path, page.html) {
      throw TeachVerb.end("cannot write `\(path)`: \(error.words)")
    }
  }

  private func show(_ text: String) throws(TourEnd) {
    if Interruption.flag.isCancelled { throw TourEnd(code: .interrupted) }
    let code = printResult(text)
    if code != .asExpected { throw TourEnd(code: code) }
  }

  /// The question with the one answer that what was computed makes true.
  private func judged(
    _ question: Tour.Question, _ run: TourRun
  ) throws(TourEnd) -> TourQuestion {
    let facts = run.facts
    var right: [Int] = []
    for (index, answer) in question.answers.enumerated() {
      guard let holds = facts.holds(answer.condition) else {
        throw TeachVerb.end(
          "the tour `\(name)` asks for `\(answer.condition)`, which `\(run.command)` does not tell",
          .internalFault)
      }
      if holds { right.append(index) }
    }
    guard right.count == 1 else {
      throw TeachVerb.end(
        "the tour `\(name)`: \(right.count) answers to `\(question.text)` agree with "
          + "`\(run.command)`", .internalFault)
    }
    return TourQuestion(
      text: question.text, answers: question.answers.map(\.text), right: right[0])
  }

  // MARK: Runs

  private func computed(_ run: Tour.Run) throws(TourEnd) -> TourRun {
    switch run {
    case .check(let spec, let check, _):
      guard let report = checked("\(folder)/\(spec)", check) else {
        throw TeachVerb.end("the check `\(check)` of `\(spec)` cannot be run", .internalFault)
      }
      return TourRun(command: "wfcheck specs/\(spec) --check \(check)", result: .check(report))
    case .valence(let spec, let check, let decision):
      var request = ValenceRequest()
      (request.spec, request.check, request.decision) = ("\(folder)/\(spec)", check, decision)
      switch ValenceVerb.report(request, draws: true) {
      case .failure(let failure):
        throw TeachVerb.end(failure.lines.joined(separator: "\n"), failure.code)
      case .success(let report):
        return TourRun(
          command: "wfcheck valence specs/\(spec) --check \(check) --decision \(decision)",
          result: .valence(report))
      }
    }
  }

  /// Nil where the check is not there, or a fault of this program came to light.
  private func checked(_ path: String, _ check: String) -> CheckReport? {
    guard let prepared = PreparedCheck(path, check: check, overrides: []),
      prepared.spec.check.name == check
    else { return nil }
    var request = RunRequest()
    request.workers = MachineLimits.processors
    let run = CheckRun(
      request: request, file: prepared.file, spec: prepared.spec, prompt: prepared.prompt,
      sources: prepared.sources)
    guard case .report(let report, let faults, _) = run.run(), faults.isEmpty else { return nil }
    return report
  }
}

extension Tour.Run {
  /// The property whose trace is told, where the tour names it.
  fileprivate var property: String? {
    if case .check(_, _, let property) = self { property } else { nil }
  }
}

/// Reads predictions from standard input.
private struct PredictionReader {
  private(set) var isOpen: Bool
  private(set) var predictions = 0
  private(set) var right = 0
  private var lines = InputLines()

  init(isOpen: Bool) { self.isOpen = isOpen }

  /// Nil where the reader makes none: an empty line, or the end of the input.
  mutating func prediction(
    _ question: TourQuestion, _ text: TourText
  ) throws(TourEnd) -> Int? {
    while isOpen {
      _ = printResult(text.prompt(question))
      guard let line = try line() else {
        isOpen = false
        _ = printResult("\n")
        break
      }
      if isatty(STDIN_FILENO) != 1 { _ = printResult(line + "\n") }
      if line.allSatisfy(\.isWhitespace) { return nil }
      if let answer = question.answer(line) {
        predictions += 1
        if answer == question.right { right += 1 }
        return answer
      }
      _ = printResult(text.noAnswer(question))
    }
    return nil
  }

  /// Nil at the end of the input.
  private mutating func line() throws(TourEnd) -> String? {
    switch lines.next() {
    case .text(let line): return line
    case .end: return nil
    case .interrupted: throw TourEnd(code: .interrupted)
    }
  }
}
