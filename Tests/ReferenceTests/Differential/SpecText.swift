import Diagnostics
import Semantics
import Syntax

@testable import Driver

/// A spec as text, on its way through the front end.
struct SpecText {
  struct Refusal: Error, CustomStringConvertible {
    let diagnostics: [Diagnostic]
    let sources: SourceSet

    var description: String {
      diagnostics.filter { $0.severity == .error }.map { diagnostic in
        let found = diagnostic.primary.map { ": \(sources.text(of: $0.span)): \($0.text)" } ?? ""
        return "\(diagnostic.code) \(diagnostic.title)\(found)"
      }.joined(separator: "\n")
    }
  }

  let files: [FileSyntax]
  let sources: SourceSet
  private let errors: [Diagnostic]

  /// Requires: no imports.
  init(_ text: String, name: String = "random.wf") {
    var sources = SourceSet()
    let id = sources.add(SourceFile(name: name, text: Array(text.utf8)))
    let (file, diagnostics) = parse(id, in: sources)
    self.sources = sources
    files = [file]
    errors = diagnostics.filter { $0.severity == .error }
  }

  /// The names of the checks; `nil` alone where there are none.
  var checks: [String?] {
    let names = checkNames(in: files).map(\.text)
    return names.isEmpty ? [nil] : names
  }

  func typed(
    check: String? = nil, overrides: [(name: String, value: String)] = []
  ) -> Result<TypedSpec, Refusal> {
    analyzed(check: check, overrides: overrides).map(\.spec)
  }

  /// With the prompt elaborated, as the program itself does it.
  func analyzed(
    check: String? = nil, overrides: [(name: String, value: String)] = []
  ) -> Result<AnalyzedSpec, Refusal> {
    if !errors.isEmpty { return .failure(Refusal(diagnostics: errors, sources: sources)) }
    let configuration = Configuration(check: check, overrides: overrides)
    let (analyzed, diagnostics) = analyzeWithPrompt(files, configuration, in: sources)
    guard let analyzed else {
      return .failure(Refusal(diagnostics: diagnostics, sources: sources))
    }
    return .success(analyzed)
  }
}
