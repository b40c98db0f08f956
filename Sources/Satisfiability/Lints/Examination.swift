import Decisions
import Diagnostics
import Semantics

/// What is odd about the conditions of a spec, whatever its protocol does.
public struct Examination: Sendable {
  /// By place.
  public let findings: [Diagnostic]
  public let questionCount: Int
  /// Where nothing was asked, and why.
  public let skipped: [(span: Span, why: String)]
  /// Where the solver gave up, and why.
  public let open: [(span: Span, why: String)]
}

/// Asks a solver about all conditions of a spec.
///
/// Requires: at least one spec; all are typed from the same text, each with another choice of
/// parameters. What is reported is so in each of them: what is so for some parameters only is what
/// parameters are for.
public func examine(
  _ specs: [TypedSpec], in sources: SourceSet, _ satisfier: Satisfier, isCancelled: () -> Bool
) -> Examination {
  var common: [Diagnostic] = []
  var skipped: [Span: String] = [:]
  var open: [Span: String] = [:]
  var questionCount = 0
  for (index, spec) in specs.enumerated() {
    let examiner = Examiner(spec, sources, satisfier)
    examiner.run(isCancelled: isCancelled)
    questionCount = max(questionCount, examiner.questionCount)
    skipped.merge(examiner.skipped) { earlier, _ in earlier }
    open.merge(examiner.open) { earlier, _ in earlier }
    let found = Set(examiner.findings.map(Finding.init))
    common = index == 0 ? examiner.findings : common.filter { found.contains(Finding($0)) }
  }
  var seen: Set<Finding> = []
  return Examination(
    findings: common.filter { seen.insert(Finding($0)).inserted }.sorted(by: isBefore),
    questionCount: questionCount, skipped: sorted(skipped), open: sorted(open))
}

/// What makes two findings the same, whatever values show them.
private struct Finding: Hashable {
  let code: DiagnosticCode
  let title: String
  let places: [Span]

  init(_ diagnostic: Diagnostic) {
    code = diagnostic.code
    title = diagnostic.title
    places = [diagnostic.primary].compactMap { $0?.span }
  }
}

private func isBefore(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
  key(a.primary?.span).lexicographicallyPrecedes(key(b.primary?.span))
}

private func key(_ span: Span?) -> [Int] {
  [span?.file.index ?? -1, span?.start ?? 0, span?.end ?? 0]
}

private func sorted(_ places: [Span: String]) -> [(span: Span, why: String)] {
  places.map { (span: $0.key, why: $0.value) }
    .sorted { key($0.span).lexicographicallyPrecedes(key($1.span)) }
}
