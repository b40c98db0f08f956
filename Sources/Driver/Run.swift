import Decisions
import Diagnostics
import Exploration
import Glibc
import Report
import Semantics
import Syntax

/// Carries out `wfcheck SPEC…`: every check of every spec.
public struct Run {
  let request: RunRequest
  private var loader = SpecLoader()
  private var reports: [CheckReport] = []
  private var diagnostics: [Diagnostic] = []
  private var shown: Set<Diagnostic> = []
  /// Sentences that would come again with each check of a spec.
  private var said: Set<String> = []
  private var code = ExitCode.asExpected

  public init(_ request: RunRequest) { self.request = request }

  public mutating func run() -> ExitCode {
    Interruption.install()
    if let wrong = outputsDoNotFit() { return complain(wrong, .usage) }
    // A file that is named twice is checked once.
    var seen: Set<String> = []
    for path in request.specs
    where !Interruption.flag.isCancelled && seen.insert(canonicalPath(path)).inserted {
      check(path)
    }
    // A query of the solver that was ended is no reason for a search to end early.
    if Interruption.flag.isCancelled { raise(.interrupted) }
    finish()
    return code
  }

  private var printsText: Bool { request.formats.contains(.text) }

  private mutating func check(_ path: String) {
    let loaded: LoadedSpec
    switch loader.load(path) {
    case .failure(let error):
      complainAboutReading(path, error)
      raise(.badInput)
      return
    case .success(let spec): loaded = spec
    }
    show(loaded.diagnostics)
    if loaded.diagnostics.contains(where: { $0.severity == .error }) {
      raise(.badInput)
      return
    }
    let names = checkNames(in: loaded.files).map(\.text)
    if let wanted = request.check {
      guard names.contains(wanted) else {
        _ = complain(
          "`\(loaded.name)` has no check `\(wanted)`: \(known(names))", .badInput)
        return
      }
      check(loaded, wanted)
    } else if names.isEmpty {
      check(loaded, nil)
    } else {
      for name in names where !Interruption.flag.isCancelled { check(loaded, name) }
    }
    if code != .badInput, !Interruption.flag.isCancelled { refine(loaded) }
  }

  /// The answers about a spec's prompt, after its checks.
  private mutating func refine(_ loaded: LoadedSpec) {
    guard loaded.files.contains(where: \.hasPrompt) else { return }
    guard let input = RefinementInput(loaded.files, [], loader.sources) else {
      return raise(.badInput)
    }
    switch input.refined(RefinementOptions()) {
    case .failure(let failure): raise(failure.code)
    case .success(let report):
      if printsText {
        let isSilent = request.text.quiet && report.refinement.exitCode == .asExpected
        if !isSilent { raise(printResult(report.text)) }
      } else {
        _ = complain("`wfcheck refine` tells more about the prompt \(report.name)", .asExpected)
      }
      raise(report.refinement.exitCode)
    }
  }

  private mutating func check(_ loaded: LoadedSpec, _ name: String?) {
    let configuration = Configuration(check: name, overrides: request.overrides)
    let (analyzed, found) = analyzeWithPrompt(loaded.files, configuration, in: loader.sources)
    show(found)
    guard let analyzed else { return raise(.badInput) }
    let spec = analyzed.spec
    if let unknown = request.properties.first(where: { name in
      !spec.properties.contains { $0.name == name }
    }) {
      let words =
        "`\(loaded.name)` has no property `\(unknown)`: " + known(spec.properties.map(\.name))
      if said.insert(words).inserted { _ = complain(words, .badInput) }
      return
    }
    switch CheckRun(
      request: request, file: loaded.name, spec: spec, prompt: analyzed.prompt,
      sources: loader.sources
    ).run() {
    case .refused(let diagnostics):
      show(diagnostics)
      raise(.badInput)
    case .noSolver(let words):
      if said.insert(words).inserted { _ = complain(words, .badInput) }
      raise(.badInput)
    case .report(let report, let faults, let interrupted):
      publish(report)
      for fault in faults { _ = complain("internal fault: \(fault). \(bugWords)", .internalFault) }
      if interrupted { raise(.interrupted) }
    }
  }

  private func known(_ names: [String]) -> String {
    names.isEmpty ? "it has none" : "it has \(names.map { "`\($0)`" }.joined(separator: ", "))"
  }

  private mutating func publish(_ report: CheckReport) {
    reports.append(report)
    switch report.conformity {
    case .notAsExpected: raise(.notAsExpected)
    case .undecided: raise(.unknown)
    case .asExpected, .informative: break
    }
    guard printsText else { return }
    let gap = reports.count > 1 && !request.text.quiet ? "\n" : ""
    emit(gap + TextReport(options: request.text, sources: loader.sources).text(report))
  }

  private mutating func finish() {
    let run = RunReport(
      version: versionText, sources: loader.sources, checks: reports, diagnostics: diagnostics)
    if printsText, reports.count > 1 || request.text.quiet && !reports.isEmpty {
      let report = TextReport(options: request.text, sources: loader.sources)
      emit((request.text.quiet ? "" : "\n") + report.summary(run) + "\n")
    }
    var outputs = request.outputs[...]
    for format in request.formats where format != .text {
      let text = render(run, as: format)
      if let path = outputs.popFirst() {
        if case .failure(let error) = writeFile(path, text) {
          _ = complain("cannot write `\(path)`: \(error.words)", .badInput)
        }
      } else {
        emit(text)
      }
    }
  }

  private func render(_ run: RunReport, as format: ReportFormat) -> String {
    switch format {
    case .text: ""
    case .json: jsonReport(run)
    case .sarif: sarifReport(run)
    case .junit: junitReport(run)
    case .github: githubReport(run)
    case .markdown: markdownReport(run)
    }
  }

  /// With several formats, all but one need a file.
  private func outputsDoNotFit() -> String? {
    let documents = request.formats.filter { $0 != .text }.count
    let onStandardOutput = documents - request.outputs.count + (printsText ? 1 : 0)
    if request.outputs.count > documents {
      return "--output is for the formats other than text, and there are \(documents) of them"
    }
    return onStandardOutput > 1
      ? "only one format can go to standard output; give --output FILE for each of the others"
      : nil
  }

  /// Diagnostics of one spec come again with each of its checks; each is shown once.
  private mutating func show(_ found: [Diagnostic]) {
    for diagnostic in found where shown.insert(diagnostic).inserted {
      diagnostics.append(diagnostic)
      let color = request.text.color && isatty(STDERR_FILENO) == 1
      writeAll(STDERR_FILENO, renderText(diagnostic, sources: loader.sources, color: color) + "\n")
    }
  }

  private mutating func complain(_ words: String, _ severity: ExitCode) -> ExitCode {
    writeAll(STDERR_FILENO, "wfcheck: \(words)\n")
    raise(severity)
    return severity
  }

  private mutating func raise(_ other: ExitCode) { code = max(code, other) }

  private mutating func emit(_ text: String) {
    if !writeAll(STDOUT_FILENO, text), errno != EPIPE {
      _ = complain("cannot write to standard output: \(systemError())", .badInput)
    }
  }
}

private let bugWords = "Please report it with the spec and the command line."
