import Decisions
import Diagnostics
import Satisfiability
import Semantics
import Syntax
import Testing

/// What the solver finds in a text, under each choice of its parameters.
struct Findings {
  let examination: Examination
  private let sources: SourceSet

  init(
    _ text: String, parameters: [[(name: String, value: String)]] = [[]],
    limits: SolverLimits = SolverLimits()
  ) throws {
    var sources = SourceSet()
    let id = sources.add(SourceFile(name: "example.wf", text: Array(text.utf8)))
    let (file, wrong) = parse(id, in: sources)
    try #require(wrong.isEmpty)
    var specs: [TypedSpec] = []
    for overrides in parameters {
      let configuration = Configuration(overrides: overrides)
      let (spec, diagnostics) = analyze([file], configuration: configuration, in: sources)
      specs.append(
        try #require(
          spec, "\(diagnostics.map { renderText($0, sources: sources, color: false) })"))
    }
    self.sources = sources
    examination = examine(specs, in: sources, try Satisfier(limits), isCancelled: { false })
  }

  var codes: [Int] { examination.findings.map(\.code.number) }

  var rendered: String {
    examination.findings.map { renderText($0, sources: sources, color: false) }
      .joined(separator: "\n")
  }

  /// The source at each primary label.
  var places: [String] {
    examination.findings.compactMap { $0.primary.map { sources.text(of: $0.span) } }
  }
}
