import Decisions
import Diagnostics
import Exploration
import Glibc
import Report
import Syntax

/// All that the flags of `wfcheck refine` say.
public struct RefineRequest: Sendable {
  /// The prompt and the claims, in any order; folders stand for the `.wf` files in them.
  public var files: [String] = []
  /// The claims of before; empty: nothing is compared.
  public var against: [String] = []
  public var formats: [ReportFormat] = [.text]
  public var options = RefinementOptions()
  public init() {}
}

/// `wfcheck refine PROMPT CLAIMS…`.
public enum Refine {
  public static func run(_ request: RefineRequest) -> ExitCode {
    Interruption.install()
    guard let input = RefinementInput(request.files) else {
      return Interruption.code(or: .badInput)
    }
    if let words = input.complaint(about: request.options.weights) {
      writeAll(STDERR_FILENO, "wfcheck: \(words)\n")
      return .badInput
    }
    var before: RefinementReport?
    if !request.against.isEmpty {
      guard let old = RefinementInput(request.against, prompt: input) else {
        return Interruption.code(or: .badInput)
      }
      switch old.refined(request.options) {
      case .failure(let failure): return failure.code
      case .success(let report): before = report
      }
    }
    switch input.refined(request.options) {
    case .failure(let failure): return failure.code
    case .success(var report):
      report.difference = before.map { RefinementDifference(from: $0, to: report) }
      var code = report.refinement.exitCode
      for format in request.formats {
        code = max(code, printResult(format == .json ? report.json : report.text))
      }
      return Interruption.flag.isCancelled ? .interrupted : code
    }
  }
}

extension Refinement {
  /// Claims that clash are what the caller wants to hear of, also where other questions stay open.
  var exitCode: ExitCode {
    switch (prompt, joint) {
    case (.conflict, _), (_, .conflict): .notAsExpected
    case (.unknown, _), (_, .unknown): .unknown
    case (.satisfiable, .satisfiable): unknowns.isEmpty ? .asExpected : .unknown
    }
  }
}

/// A prompt with claims, from files.
struct RefinementInput {
  private let files: [FileSyntax]
  private let sources: SourceSet
  private let model: PromptModel

  /// Nil where something is wrong, which standard error then says; the prompt of another input
  /// stands in where these files have none.
  init?(_ paths: [String], prompt other: RefinementInput? = nil) {
    var loader = SpecLoader()
    var files: [FileSyntax] = []
    var diagnostics: [Diagnostic] = []
    var seen: Set<String> = []
    func load(_ path: String) -> Bool {
      switch loader.load(path) {
      case .failure(let error):
        complainAboutReading(path, error)
        return false
      case .success(let loaded):
        diagnostics += loaded.diagnostics
        files += loaded.files.filter {
          seen.insert(canonicalPath(loader.sources.files[$0.file.index].name)).inserted
        }
        return true
      }
    }
    for path in paths.flatMap({ specs(at: $0) }) where !load(path) { return nil }
    if let other, !files.contains(where: \.hasPrompt) {
      let names = other.files.filter(\.hasPrompt).map { other.sources.files[$0.file.index].name }
      for name in names where !load(name) { return nil }
    }
    self.init(files, diagnostics, loader.sources)
  }

  init?(_ files: [FileSyntax], _ diagnostics: [Diagnostic], _ sources: SourceSet) {
    let isParsed = !diagnostics.contains { $0.severity == .error }
    let (model, found) = isParsed ? elaborate(files, in: sources) : (nil, [])
    for diagnostic in diagnostics + found {
      writeAll(STDERR_FILENO, renderText(diagnostic, sources: sources, color: false) + "\n")
    }
    guard let model else { return nil }
    (self.files, self.sources, self.model) = (files, sources, model)
  }

  /// What is wrong with the names of agents; nil where each of them claims something.
  func complaint(about weights: [String: Int32]) -> String? {
    guard let unknown = weights.keys.sorted().first(where: { !model.agents.contains($0) }) else {
      return nil
    }
    let meant = closest(to: unknown, among: model.agents).map { "; did you mean `\($0)`?" }
    return "--weight names `\(unknown)`, who claims nothing\(meant ?? "")"
  }

  func refined(_ options: RefinementOptions) -> Result<RefinementReport, RefinementFailure> {
    do throws(SolverUnavailable) {
      let refiner = try Refiner(model, options)
      let interrupter = refiner.interrupter
      let watch = InterruptionWatch { interrupter() }
      watch.start()
      defer { watch.finish() }
      return .success(RefinementReport(refiner.run(), sources: sources))
    } catch {
      writeAll(STDERR_FILENO, "wfcheck: \(error.words)\n")
      return .failure(RefinementFailure(code: .badInput))
    }
  }
}

/// The file, or the `.wf` files right in a folder, by name.
private func specs(at path: String) -> [String] {
  guard let folder = opendir(path) else { return [path] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name.hasSuffix(".wf"), !name.hasPrefix(".") { names.append(name) }
  }
  return names.isEmpty ? [path] : names.sorted().map { "\(path)/\($0)" }
}

/// Standard error has said why there is no answer.
struct RefinementFailure: Error {
  let code: ExitCode
}

extension FileSyntax {
  var hasPrompt: Bool {
    declarations.contains { if case .prompt = $0.kind { true } else { false } }
  }
}
