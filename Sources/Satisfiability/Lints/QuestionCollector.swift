import Diagnostics
import Semantics
import Syntax

/// Finds the conditions of a spec.
struct QuestionCollector {
  private let spec: TypedSpec
  private(set) var questions: [Question] = []
  private(set) var sends: [Send] = []
  private var agent: AgentID?
  /// What holds at the statement at hand.
  private var known: [Known] = []
  /// The patterns of `receive` in the agent at hand.
  private var received: [TypedMessagePattern] = []

  init(_ spec: TypedSpec) { self.spec = spec }

  mutating func collect() {
    for (index, variable) in spec.variables.enumerated() {
      guard case .any(where: let filter?) = variable.initializer else { continue }
      if case .agent(let id) = variable.owner { agent = id } else { agent = nil }
      ask(.initial(VariableID(index), filter: filter), at: variable.span)
    }
    for (index, declaration) in spec.agents.enumerated() where declaration.count > 0 {
      agent = AgentID(index)
      collect(declaration)
    }
    agent = nil
    for monitor in spec.monitors {
      for rule in monitor.rules {
        if let when = rule.when { ask(.guarded(nil, when), at: when.span) }
        enter(rule.body, [])
      }
    }
    for property in spec.properties { collect(property) }
  }

  private mutating func ask(_ kind: Question.Kind, at span: Span) {
    questions.append(Question(kind: kind, agent: agent, known: known, span: span))
  }

  /// What is converted to a narrower type may not fit.
  private mutating func askValue(_ value: TypedExpression) {
    guard case .convert(let source) = value.kind,
      case (.integer(let lower, let upper), .integer(let least, let most)) =
        (value.type, source.type), least < lower || upper < most
    else { return }
    ask(.value(value), at: value.span)
  }

  // MARK: Rules

  private mutating func collect(_ declaration: AgentDeclaration) {
    received = []
    for rule in declaration.rules {
      var opening: TypedExpression?
      switch rule.kind {
      case .message(let pattern):
        ask(.guarded(pattern, pattern.guardExpression), at: pattern.span)
        opening = pattern.guardExpression
      case .step(_, let when, _):
        if let when { ask(.guarded(nil, when), at: when.span) }
        opening = when
      case .start, .recover, .run: break
      }
      enter(rule.body, opening.map { [Known(condition: $0, holds: true)] } ?? [])
    }
    let patterns = declaration.rules.compactMap { rule -> TypedMessagePattern? in
      if case .message(let pattern) = rule.kind { pattern } else { nil }
    }
    for message in spec.messages.indices.map(MessageID.init) {
      let own = patterns.filter { $0.message == message }
      let others = received.filter { $0.message == message }
      if let first = own.first ?? others.first {
        ask(.handlers(message, own, others: others), at: first.span)
      }
    }
  }

  private mutating func enter(_ body: [TypedStatement], _ opening: [Known]) {
    known = opening
    walk(body)
    known = []
  }

  private mutating func walk(_ body: [TypedStatement]) {
    for statement in body { walk(statement) }
  }

  /// A block after which nothing is known that it may have changed.
  private mutating func walk(_ block: [TypedStatement], with facts: [Known]) {
    let outer = known
    known += facts
    walk(block)
    known = outer
  }

  private mutating func walk(_ statement: TypedStatement) {
    switch statement.kind {
    case .assign(let place, let value):
      askValue(value)
      forget(place.root)
    case .bind(let local, let value):
      askValue(value)
      forget(.local(local))
    case .assert(let condition):
      ask(.condition("assert", condition), at: condition.span)
      known.append(Known(condition: condition, holds: true))
    case .await(let condition):
      known = []
      ask(.guarded(nil, condition), at: condition.span)
      known = [Known(condition: condition, holds: true)]
    case .choice(let word, let local, let domain, let filter):
      ask(.choice(word.rawValue, local, domain: domain, filter: filter), at: statement.span)
      forget(.local(local))
      if let filter { known.append(Known(condition: filter, holds: true)) }
    case .receive(let cases, _, _, _):
      known = []
      for candidate in cases {
        ask(
          .guarded(candidate.pattern, candidate.pattern.guardExpression),
          at: candidate.pattern.span)
        received.append(candidate.pattern)
      }
      walkBlocks(of: statement)
    case .if(let condition, let yes, let no):
      ask(.condition("if", condition), at: condition.span)
      walk(yes, with: [Known(condition: condition, holds: true)])
      walk(no, with: [Known(condition: condition, holds: false)])
      forgetChanges(in: statement)
    case .send(let message, let arguments, let target):
      for argument in arguments { askValue(argument) }
      guard let agent else { return }
      sends.append(
        Send(
          message: message, arguments: arguments, target: target.type, agent: agent, known: known,
          span: statement.span))
    case .commit: break
    case .while(let condition, _):
      // It is tested again after each round.
      forgetChanges(in: statement)
      ask(.condition("while", condition), at: condition.span)
      walkBlocks(of: statement)
    case .stop, .yield, .checkpoint, .match, .for, .loop, .either:
      walkBlocks(of: statement)
    }
  }

  /// The blocks may come again and again, so that nothing they change is known in them.
  private mutating func walkBlocks(of statement: TypedStatement) {
    forgetChanges(in: statement)
    for (index, block) in statement.blocks.enumerated() {
      var facts: [Known] = []
      if case .receive(let cases, _, _, _) = statement.kind, index < cases.count,
        let condition = cases[index].pattern.guardExpression
      {
        facts = [Known(condition: condition, holds: true)]
      }
      walk(block, with: facts)
    }
  }

  private mutating func forgetChanges(in statement: TypedStatement) {
    if statement.rests { known = [] }
    for inner in statement.blocks.joined() {
      switch inner.kind {
      case .assign(let place, _): forget(place.root)
      case .bind(let local, _), .choice(_, let local, _, _), .for(let local, _, _):
        forget(.local(local))
      default: break
      }
      forgetChanges(in: inner)
    }
  }

  private mutating func forget(_ root: Place.Root) {
    known = known.filter { !$0.condition.reads(root) }
  }

  // MARK: Properties

  private mutating func collect(_ property: Property) {
    switch property.kind {
    case .invariant(let e), .reachability(let e), .resettability(let e):
      ask(.predicate(property.name, e), at: e.span)
    case .linear(let formula), .branching(let formula): collect(formula, property.name)
    case .valence, .unsupported: break
    }
  }

  private mutating func collect(_ formula: Formula, _ name: String) {
    switch formula {
    case .state(let e): ask(.predicate(name, e), at: e.span)
    case .not(let a), .always(let a), .eventually(let a), .can(let a): collect(a, name)
    case .connective(_, let a, let b), .until(let a, let b), .leadsTo(let a, let b):
      collect(a, name)
      collect(b, name)
    }
  }
}

extension TypedExpression {
  /// Whether it reads what an assignment to the place would change.
  fileprivate func reads(_ root: Place.Root) -> Bool {
    switch (kind, root) {
    case (.local(let id), .local(let wanted)) where id == wanted: true
    case (.variable(let id, _), .variable(let wanted)) where id == wanted: true
    default: operands.contains { $0.reads(root) }
    }
  }
}
