import Exploration
import Glibc
import Report

/// All that the flags of `wfcheck teach` say.
public struct TeachRequest: Sendable {
  public var name = ""
  public var asks = true
  /// A file for the tour as a page.
  public var output: String?
  public init() {}
}

/// `wfcheck teach NAME`: a tour in the terminal that runs what it shows.
public enum TeachVerb {
  /// The tours there are.
  public static let names = [
    "flp", "two-generals", "byzantine", "two-phase-commit", "ben-or", "failure-detectors", "cap",
  ]

  public static func run(_ request: TeachRequest) -> ExitCode {
    Interruption.install()
    guard let folder = specFolder() else {
      return end("the specs are not here: run it in a checkout, where specs/teaching lies")
    }
    let text: [UInt8]
    switch readFile("\(folder)/teaching/tours/\(request.name).tour") {
    case .failure(let error): return end("cannot read the tour `\(request.name)`: \(error.words)")
    case .success(let bytes): text = bytes
    }
    switch Tour.parse(String(decoding: text, as: UTF8.self)) {
    case .failure(let error): return end("the tour `\(request.name)`: \(error.words)")
    case .success(let tour): return take(tour, request, folder)
    }
  }

  private static func take(_ tour: Tour, _ request: TeachRequest, _ folder: String) -> ExitCode {
    let asks = request.asks && request.output == nil && isatty(STDIN_FILENO) == 1
    var page = TourPage(title: tour.title)
    var printed = ExitCode.asExpected
    if request.output == nil { printed = printResult("\(tour.title)\n") }
    for stop in tour.stops where !Interruption.flag.isCancelled && printed == .asExpected {
      var shown: String
      switch stop {
      case .text(let text):
        page.add(text: text)
        shown = text
      case .question(let question):
        page.add(question: question)
        shown = "? " + question
      case .check(let spec, let check):
        guard let output = checked("\(folder)/\(spec)", check) else { return .internalFault }
        page.add(output: output)
        shown = output
      case .valence(let spec, let check, let decision):
        var valence = ValenceRequest()
        (valence.spec, valence.check, valence.decision) = ("\(folder)/\(spec)", check, decision)
        switch ValenceVerb.report(valence, draws: request.output != nil) {
        case .failure(let failure): return end(failure.lines.joined(separator: "\n"))
        case .success(let report):
          page.add(report)
          shown = report.text
        }
      }
      if request.output != nil { continue }
      printed = printResult("\n\(shown)\n")
      if asks, case .question = stop { _ = readLine() }
    }
    guard let output = request.output else { return printed }
    if case .failure(let error) = writeFile(output, page.html) {
      return end("cannot write `\(output)`: \(error.words)")
    }
    return .asExpected
  }

  /// The report of one check as text.
  private static func checked(_ path: String, _ check: String) -> String? {
    guard let prepared = PreparedCheck(path, check: check, overrides: []) else { return nil }
    var request = RunRequest()
    request.workers = MachineLimits.processors
    request.text.statistics = false
    let run = CheckRun(
      request: request, file: prepared.file, spec: prepared.spec, sources: prepared.sources)
    guard case .report(let report, let faults, _) = run.run(), faults.isEmpty else { return nil }
    return TextReport(options: request.text, sources: prepared.sources).text(report)
  }

  private static func end(_ words: String) -> ExitCode {
    writeAll(STDERR_FILENO, "wfcheck: \(words)\n")
    return .badInput
  }

  /// The folder `specs` below the working directory, or beside or above the program.
  private static func specFolder() -> String? {
    var path = "/proc/self/exe"
    if let resolved = realpath(path, nil) {
      path = String(cString: resolved)
      free(resolved)
    }
    var places = ["specs"]
    while let slash = path.lastIndex(of: "/") {
      path = String(path[..<slash])
      places.append(path + "/specs")
    }
    return places.first { access($0 + "/teaching/tours", R_OK) == 0 }
  }
}
