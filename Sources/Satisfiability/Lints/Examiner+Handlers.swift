import Decisions
import Diagnostics
import Semantics

extension Examiner {
  /// What the rules of an agent for one message have in common, and what they leave out.
  func compare(
    _ question: Question, _ message: MessageID, _ rules: [TypedMessagePattern]
  ) throws(NotEncoded) {
    guard rules.count > 1 else { return }
    let encoder = encoder(question)
    var takes: [Term] = []
    for rule in rules { takes.append(encoder.named(try encoder.takes(rule))) }
    for later in rules.indices {
      for earlier in 0..<later {
        compare(
          question, message, (rules[earlier], takes[earlier]), (rules[later], takes[later]),
          encoder)
      }
    }
    guard rules.allSatisfy({ $0.guardExpression != nil }) else { return }
    var fails: [Term] = []
    for rule in rules { fails.append(try encoder.refuses(rule)) }
    if case .valuation(let found)? = ask(encoder, fails, at: question.span) {
      report(
        .gap(spec.messages[message.index].name, rules.map(\.span), when: text(found)))
    }
  }

  private func compare(
    _ question: Question, _ message: MessageID, _ a: (rule: TypedMessagePattern, takes: Term),
    _ b: (rule: TypedMessagePattern, takes: Term), _ encoder: Encoder
  ) {
    let name = spec.messages[message.index].name
    guard case .valuation(let both)? = ask(encoder, [a.takes, b.takes], at: question.span) else {
      return
    }
    let isOnlyA = !isContradiction(encoder, [a.takes, .negation(b.takes)], at: question.span)
    let isOnlyB = !isContradiction(encoder, [b.takes, .negation(a.takes)], at: question.span)
    switch (isOnlyA, isOnlyB) {
    case (false, false): report(.sameMessages(name, a.rule.span, b.rule.span))
    case (true, false):
      report(.swallowed(name, narrow: b.rule.span, wide: a.rule.span, when: text(both)))
    case (false, true):
      report(.swallowed(name, narrow: a.rule.span, wide: b.rule.span, when: text(both)))
    case (true, true): report(.overlap(name, a.rule.span, b.rule.span, when: text(both)))
    }
  }

  // MARK: Messages that no rule ever takes

  /// Messages that somebody may send, and that no rule takes whatever its agent's variables are.
  func findNeverTaken(
    _ question: Question, _ message: MessageID, _ patterns: [TypedMessagePattern]
  ) throws(NotEncoded) {
    guard let agent = question.agent else { return }
    for send in sends where send.message == message && isOnly(send.target, spec.agents[agent.index])
    {
      try findNeverTaken(question, send, patterns)
    }
  }

  private func isOnly(_ target: Type, _ agent: AgentDeclaration) -> Bool {
    switch target {
    case .agent(let first, let count), .set(.agent(let first, let count)):
      agent.first <= first && first + count <= agent.first + agent.count
    default: false
    }
  }

  /// Proposes fields that are refused with some values of the agent's variables, and looks whether
  /// they are with all.
  private func findNeverTaken(
    _ question: Question, _ send: Send, _ patterns: [TypedMessagePattern]
  ) throws(NotEncoded) {
    let encoder = encoder(question)
    let fields = spec.messages[send.message.index].fields
    var values: [SymbolicValue] = []
    for (index, field) in fields.enumerated() {
      values.append(try encoder.free(.field(send.message, index), field.type))
    }
    let isSender = try encoder.isSender(spec.agents[send.agent.index])
    var takes: [Term] = []
    for pattern in patterns { takes.append(encoder.named(try encoder.takes(pattern))) }
    var proposed = takes.map { Term.negation($0) } + [isSender]
    for _ in 0..<proposalsMax {
      guard case .valuation(let found)? = ask(encoder, proposed, at: send.span) else { return }
      let chosen = found.items.prefix(fields.count).map(\.value)
      let isChosen = encoder.named(
        .conjunction(
          zip(zip(values, chosen), fields).map { pair, field in
            .equality(pair.0, spec.constant(pair.1, field.type))
          }))
      if isContradiction(encoder, [.disjunction(takes), isSender, isChosen], at: send.span),
        try maySend(send, chosen, fields)
      {
        let words = chosen.enumerated().map { spec.text(of: $1, fields[$0].type) }
        let name = spec.messages[send.message.index].name
        report(
          .neverTaken(
            "\(name)(\(words.joined(separator: ", ")))", at: send.span,
            spec.agents[question.agent?.index ?? 0].name, patterns.map(\.span)))
        return
      }
      proposed.append(.negation(isChosen))
    }
  }

  /// Whether the statement can send these fields.
  private func maySend(
    _ send: Send, _ chosen: [Value], _ fields: [Field]
  ) throws(NotEncoded) -> Bool {
    let encoder = encoder(send.agent)
    var clauses: [Term] = []
    for fact in send.known { clauses.append(try encoder.condition(fact.condition, is: fact.holds)) }
    for (index, argument) in send.arguments.enumerated() {
      let constant = spec.constant(chosen[index], fields[index].type)
      clauses.append(
        try encoder.collected { () throws(NotEncoded) in
          .equality(try encoder.evaluate(argument), constant)
        })
    }
    if case .valuation? = ask(encoder, clauses, at: send.span) { return true }
    return false
  }
}

/// How many messages are proposed for each `send` before the search for one is given up.
private let proposalsMax = 16

extension Encoder {
  /// That the sender of the message at hand is a member of the declaration.
  fileprivate func isSender(_ agent: AgentDeclaration) throws(NotEncoded) -> Term {
    let sender = try free(.sender, .agent(first: 0, count: spec.agentCount))
    guard case .number(let identity) = sender else { throw .noValues }
    return .conjunction([
      .comparison(.integer(Int64(agent.first)), identity, orEqual: true),
      .comparison(identity, .integer(Int64(agent.first + agent.count)), orEqual: false),
    ])
  }
}

extension TypedSpec {
  /// A value as a symbolic one that depends on nothing.
  fileprivate func constant(_ value: Value, _ type: Type) -> SymbolicValue {
    switch (value, type) {
    case (.boolean(let value), _): return .bool(.bool(value))
    case (.integer(let number), _): return .number(.integer(number))
    case (.enumerationCase(let place), _), (.agent(let place), _):
      return .number(.integer(Int64(place)))
    case (.some(let inner), .optional(let type)):
      return .optional(isPresent: .bool(true), constant(inner, type))
    case (.set(let values), .set(let element)):
      let all = constants(of: element)
      let present = values.map { constant($0, element) }
      return .set(
        all,
        isIn: all.map { candidate in
          .bool(present.contains { Term.equality($0, candidate) == .bool(true) })
        })
    case (.sequence(let values), .sequence(let element, _)):
      return .sequence(
        length: .integer(Int64(values.count)), values.map { constant($0, element) })
    case (.map(let values), .map(_, let type)): return .map(values.map { constant($0, type) })
    case (.record(let values), .record(let id)):
      return .record(zip(values, records[id.index].fields).map { constant($0, $1.type) })
    default: return placeholder(type)
    }
  }
}
