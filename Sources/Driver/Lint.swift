import Decisions
import Diagnostics
import Exploration
import Glibc
import Report
import Satisfiability
import Semantics
import Syntax

/// All that the flags of `wfcheck lint` say.
public struct LintRequest: Sendable {
  public var specs: [String] = []
  public var formats: [ReportFormat] = [.text]
  /// Only warnings, and no line about each spec.
  public var quiet = false
  public var color = false
  public var limits = SolverLimits()
  public init() {}
}

/// `wfcheck lint SPEC…`: what is probably not meant, without exploring a state.
public struct Lint {
  private let request: LintRequest
  private var loader = SpecLoader()
  private var found: [Diagnostic] = []
  private var code = ExitCode.asExpected

  public init(_ request: LintRequest) { self.request = request }

  public mutating func run() -> ExitCode {
    Interruption.install()
    var seen: Set<String> = []
    for path in request.specs
    where !Interruption.flag.isCancelled && seen.insert(canonicalPath(path)).inserted {
      lint(path)
    }
    if Interruption.flag.isCancelled { raise(.interrupted) }
    for format in request.formats where format != .text { raise(printResult(document(format))) }
    return code
  }

  private var printsText: Bool { request.formats.contains(.text) }

  private mutating func raise(_ other: ExitCode) { code = max(code, other) }

  private func document(_ format: ReportFormat) -> String {
    let run = RunReport(
      version: versionText, sources: loader.sources, checks: [], diagnostics: found)
    switch format {
    case .json: return jsonReport(run)
    case .sarif: return sarifReport(run)
    case .github: return githubReport(run)
    case .text, .junit, .markdown: return ""
    }
  }

  // MARK: One spec

  private mutating func lint(_ path: String) {
    let loaded: LoadedSpec
    switch loader.load(path) {
    case .failure(let error):
      complainAboutReading(path, error)
      return raise(.badInput)
    case .success(let spec): loaded = spec
    }
    let scenarios = Scenarios(loaded, loader.sources)
    let plain = unique(loaded.diagnostics + scenarios.diagnostics)
    if plain.contains(where: { $0.severity == .error }) || scenarios.specs.isEmpty {
      show(plain)
      return raise(.badInput)
    }
    do throws(SolverUnavailable) {
      let satisfier = try Satisfier(request.limits)
      let interrupter = satisfier.interrupter
      let watch = InterruptionWatch { interrupter() }
      watch.start()
      defer { watch.finish() }
      let examination = examine(
        scenarios.specs, in: loader.sources, satisfier,
        isCancelled: { Interruption.flag.isCancelled })
      report(loaded.name, plain + examination.findings, examination)
    } catch {
      show(plain)
      writeAll(STDERR_FILENO, "wfcheck: \(error.words)\n")
      raise(.badInput)
    }
  }

  private func unique(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return diagnostics.filter { seen.insert($0).inserted }
  }

  private mutating func report(
    _ name: String, _ diagnostics: [Diagnostic], _ examination: Examination
  ) {
    let shown = request.quiet ? diagnostics.filter { $0.severity > .note } : diagnostics
    show(shown)
    let warnings = diagnostics.count { $0.severity == .warning }
    if warnings > 0 { raise(.notAsExpected) }
    if !examination.open.isEmpty { raise(.unknown) }
    guard printsText, !request.quiet || !examination.open.isEmpty else { return }
    let notes = diagnostics.count { $0.severity == .note }
    var words =
      "\(name): \(counted(examination.questionCount, "condition")), "
      + "\(counted(warnings, "warning")), \(counted(notes, "note"))"
    words += remainder(examination.skipped, "not looked at")
    words += remainder(examination.open, "left open")
    raise(printResult(words + "\n"))
  }

  /// "; 3 not looked at (line 12: its arithmetic may leave 64 bits; lines 20, 31: …)".
  private func remainder(_ places: [(span: Span, why: String)], _ word: String) -> String {
    if places.isEmpty { return "" }
    var lines: [(why: String, lines: [Int])] = []
    for (span, why) in places {
      let line = loader.sources.location(of: span).line
      if let index = lines.firstIndex(where: { $0.why == why }) {
        lines[index].lines.append(line)
      } else {
        lines.append((why, [line]))
      }
    }
    let parts = lines.map { why, lines in
      let word = lines.count == 1 ? "line" : "lines"
      return "\(word) \(lines.map(String.init).joined(separator: ", ")): \(why)"
    }
    return "; \(places.count) \(word) (\(parts.joined(separator: "; ")))"
  }

  private mutating func show(_ diagnostics: [Diagnostic]) {
    found += diagnostics
    guard printsText else { return }
    for diagnostic in diagnostics {
      let text = renderText(diagnostic, sources: loader.sources, color: request.color)
      raise(printResult(text + "\n"))
    }
  }
}
