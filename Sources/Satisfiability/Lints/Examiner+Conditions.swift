import Decisions
import Diagnostics
import Semantics

/// A clause of a question with the place that shows it.
struct ShownClause {
  let term: Term
  let span: Span
  /// Whether it is what is asked about, and not only known there.
  let isAsked: Bool
}

extension Examiner {
  func answerGuard(
    _ question: Question, _ pattern: TypedMessagePattern?, _ condition: TypedExpression?,
    isAssertion: Bool = false
  ) throws(NotEncoded) {
    let encoder = encoder(question)
    var clauses = try known(question, encoder)
    if let pattern {
      let isMatch = try encoder.collected { () throws(NotEncoded) in try encoder.matches(pattern) }
      clauses.append(ShownClause(term: isMatch, span: pattern.span, isAsked: true))
    }
    let before = clauses.map(\.term)
    for part in condition?.conjuncts ?? [] {
      let term = try encoder.condition(part)
      clauses.append(ShownClause(term: term, span: part.span, isAsked: true))
    }
    guard !encoder.subjects.isEmpty else { return }
    guard let answer = ask(encoder, clauses.map(\.term), at: question.span) else { return }
    if case .contradiction(let core) = answer {
      let shown = core.map { clauses[$0] }
      guard shown.contains(where: \.isAsked) else { return }
      report(
        .neverHolds(
          at: blamed(shown, condition) ?? question.span, clauses: shown.map(\.span),
          isAssertion: isAssertion, domains(encoder)))
      return
    }
    guard let condition else { return }
    let fails = Term.negation(try encoder.condition(condition))
    if case .contradiction(let core)? = ask(encoder, before + [fails], at: question.span) {
      let reasons = core.filter { $0 < before.count }.map { clauses[$0].span }
      report(
        .alwaysHolds(
          at: condition.span, because: reasons, isAssertion: isAssertion, domains(encoder)))
    }
  }

  func answerValue(_ question: Question, _ value: TypedExpression) throws(NotEncoded) {
    let encoder = encoder(question)
    var clauses = try known(question, encoder).map(\.term)
    clauses.append(
      try encoder.collected { () throws(NotEncoded) in
        _ = try encoder.evaluate(value)
        return .bool(true)
      })
    guard case .contradiction(let core)? = ask(encoder, clauses, at: question.span),
      core.contains(clauses.count - 1)
    else { return }
    report(
      .neverFits(
        spec.text(of: value.type), at: value.span,
        because: core.dropLast().map { question.known[$0].condition.span }, domains(encoder)))
  }

  /// The whole condition, or the pattern where that alone fits nothing.
  private func blamed(_ clauses: [ShownClause], _ condition: TypedExpression?) -> Span? {
    guard let condition else { return nil }
    let isInCondition = clauses.contains { $0.isAsked && condition.span.contains($0.span) }
    return isInCondition ? condition.span : clauses.first(where: \.isAsked)?.span
  }

  private func known(
    _ question: Question, _ encoder: Encoder
  ) throws(NotEncoded) -> [ShownClause] {
    var clauses: [ShownClause] = []
    for fact in question.known {
      let term = try encoder.condition(fact.condition, is: fact.holds)
      clauses.append(ShownClause(term: term, span: fact.condition.span, isAsked: false))
    }
    return clauses
  }

  func answerChoice(
    _ question: Question, _ word: String, _ local: LocalID, _ domain: TypedExpression,
    _ filter: TypedExpression?
  ) throws(NotEncoded) {
    let encoder = encoder(question)
    let known = try known(question, encoder).map(\.term)
    let some = try encoder.isSome(local, domain, filter, is: true)
    let none = try encoder.isSome(local, domain, filter, is: false)
    if !isContradiction(encoder, known, at: question.span),
      isContradiction(encoder, known + [some], at: question.span)
    {
      report(.nothingToChoose(word, at: question.span, domains(encoder)))
    } else if filter != nil,
      case .valuation(let found)? = ask(encoder, known + [none], at: question.span)
    {
      report(.perhapsNothingToChoose(word, at: question.span, when: text(found)))
    }
  }

  func answerInitial(
    _ question: Question, _ variable: VariableID, _ filter: TypedExpression
  ) throws(NotEncoded) {
    let encoder = encoder(question)
    let parts = filter.conjuncts
    var clauses: [Term] = []
    for part in parts { clauses.append(try encoder.condition(part)) }
    if case .contradiction(let core)? = ask(encoder, clauses, at: question.span) {
      report(
        .noInitialValue(
          spec.variables[variable.index].name, at: filter.span,
          clauses: core.map { parts[$0].span }, domains(encoder)))
    }
  }

  func answerPredicate(
    _ question: Question, _ name: String, _ predicate: TypedExpression
  ) throws(NotEncoded) {
    let encoder = encoder(question)
    let parts = predicate.conjuncts
    var clauses: [Term] = []
    for part in parts { clauses.append(try encoder.condition(part)) }
    guard !encoder.subjects.isEmpty else { return }
    if case .contradiction(let core)? = ask(encoder, clauses, at: question.span) {
      report(
        .constantPredicate(
          name, false, at: predicate.span, clauses: core.map { parts[$0].span },
          domains(encoder)))
    } else if isContradiction(
      encoder, [.negation(try encoder.condition(predicate))], at: question.span)
    {
      report(.constantPredicate(name, true, at: predicate.span, clauses: [], domains(encoder)))
    }
  }
}

extension TypedExpression {
  /// What `and` joins.
  var conjuncts: [TypedExpression] {
    if case .connective(.and, let a, let b) = kind { return a.conjuncts + b.conjuncts }
    return [self]
  }
}
