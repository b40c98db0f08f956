import Decisions
import Diagnostics
import Semantics

/// Asks a solver about every condition of one spec, with one choice of parameters.
final class Examiner {
  let spec: TypedSpec
  let sources: SourceSet
  let satisfier: Satisfier
  private(set) var findings: [Diagnostic] = []
  /// Where nothing was asked, and why.
  private(set) var skipped: [Span: String] = [:]
  /// Where the solver gave up, and why.
  private(set) var open: [Span: String] = [:]
  private(set) var questionCount = 0
  private(set) var sends: [Send] = []

  init(_ spec: TypedSpec, _ sources: SourceSet, _ satisfier: Satisfier) {
    self.spec = spec
    self.sources = sources
    self.satisfier = satisfier
  }

  func run(isCancelled: () -> Bool) {
    var collector = QuestionCollector(spec)
    collector.collect()
    sends = collector.sends
    questionCount = collector.questions.count {
      if case .value = $0.kind { false } else { true }
    }
    for question in collector.questions {
      if isCancelled() {
        open[question.span] = "interrupted"
        continue
      }
      do throws(NotEncoded) {
        try answer(question)
      } catch {
        skipped[question.span] = error.words
      }
    }
  }

  private func answer(_ question: Question) throws(NotEncoded) {
    switch question.kind {
    case .guarded(let pattern, let condition): try answerGuard(question, pattern, condition)
    case .condition(let word, let condition):
      try answerGuard(question, nil, condition, isAssertion: word == "assert")
    case .value(let value): try answerValue(question, value)
    case .choice(let word, let local, let domain, let filter):
      try answerChoice(question, word, local, domain, filter)
    case .initial(let variable, let filter): try answerInitial(question, variable, filter)
    case .predicate(let name, let predicate): try answerPredicate(question, name, predicate)
    case .handlers(let message, let rules, let others):
      try compare(question, message, rules)
      try findNeverTaken(question, message, rules + others)
    }
  }

  // MARK: Queries

  func encoder(_ agent: AgentID?) -> Encoder {
    Encoder(spec, readsAll: agent.map { spec.agents[$0.index].isEnvironment } ?? true)
  }

  func encoder(_ question: Question) -> Encoder { encoder(question.agent) }

  func report(_ diagnostic: Diagnostic) { findings.append(diagnostic) }

  /// The answer; nil where there is none, which is noted.
  func ask(_ encoder: Encoder, _ clauses: [Term], at span: Span) -> SolverAnswer? {
    switch satisfier.answer(clauses, given: encoder.definitions, over: encoder.sorts) {
    case .satisfiable(let values): return .valuation(encoder.valuation(values))
    case .contradiction(let core): return .contradiction(core)
    case .unknown(let reason):
      open[span] = reason
      return nil
    }
  }

  /// Whether no valuation makes all clauses true; false where the solver gave up.
  func isContradiction(_ encoder: Encoder, _ clauses: [Term], at span: Span) -> Bool {
    if case .contradiction? = ask(encoder, clauses, at: span) { return true }
    return false
  }

  // MARK: Words

  func text(_ span: Span) -> String {
    sources.text(of: span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// "`tries = 3, ready = false`"; at most eight of them.
  func text(_ valuation: Valuation, only isWanted: (Subject) -> Bool = { _ in true }) -> String {
    let all = valuation.items.filter { isWanted($0.subject) }.map { spec.text(of: $0) }
    let shown = all.prefix(8).joined(separator: ", ")
    return all.count > 8 ? "`\(shown)` and \(all.count - 8) more" : "`\(shown)`"
  }

  /// "`tries` is 0..3": what the solver could choose from.
  func domains(_ encoder: Encoder) -> String? {
    let parts = encoder.subjects.compactMap { subject, type, _ -> String? in
      switch subject {
      case .variable, .local, .field: "`\(spec.text(of: subject))` is \(spec.text(of: type))"
      case .selfAgent, .sender, .status, .quiescent, .inFlight, .coherent, .determined: nil
      }
    }
    if parts.isEmpty || parts.count > 6 { return nil }
    return parts.joined(separator: ", ")
  }
}

/// What the solver found.
enum SolverAnswer {
  case valuation(Valuation)
  /// Places of the clauses.
  case contradiction([Int])
}
