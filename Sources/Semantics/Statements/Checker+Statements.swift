import Diagnostics
import Syntax

extension Checker {
  /// Types the statements of a block, which has a scope of its own.
  mutating func block(_ body: [Statement]) -> [TypedStatement] {
    scope.enter()
    defer { scope.leave() }
    return statements(body)
  }

  mutating func statements(_ body: [Statement]) -> [TypedStatement] {
    program.depth += 1
    defer { program.depth -= 1 }
    if let first = body.first, program.isTooDeep(at: first.span) { return [] }
    return body.compactMap { check($0) }
  }

  /// Types a statement; nil after an error.
  private mutating func check(_ statement: Statement) -> TypedStatement? {
    let span = statement.span
    return kind(of: statement).map { TypedStatement($0, span) }
  }

  private mutating func kind(of statement: Statement) -> TypedStatement.Kind? {
    let span = statement.span
    switch statement.kind {
    case .assign(let target, let operation, let value):
      return assign(target, operation, value, span)
    case .let(let name, let value): return bindLet(name, value)
    case .var(let name, let type, let value): return bindVariable(name, type, value)
    case .if(let condition, let then, let otherwise): return branch(condition, then, otherwise)
    case .match(let subject, let cases, let otherwise): return match(subject, cases, otherwise)
    case .for(let name, let domain, let body): return walk(name, domain, body)
    case .while(let condition, let body): return repeatWhile(condition, body)
    case .send(let name, let arguments, let target):
      if isMonitor { return refuse("send", span) }
      return send(name, arguments, target, span)
    case .choice(let kind, let name, let domain, let filter):
      if isMonitor { return refuse(kind.rawValue, span) }
      return choose(kind, name, domain, filter)
    case .assert(let claim): return condition(claim, "what `assert` claims").map { .assert($0) }
    case .commit(let claim): return commit(claim, span)
    case .stop: return isMonitor ? refuse("stop", span) : .stop
    case .receive(let cases, let timeout, let idle, let oneLine):
      return blocking("receive", span) ? receive(cases, timeout, idle, oneLine) : nil
    case .await(let test):
      guard blocking("await", span) else { return nil }
      senderType = nil
      return guardCondition(test).map { .await($0) }
    case .either(let branches): return blocking("either", span) ? either(branches) : nil
    case .yield:
      senderType = nil
      return blocking("yield", span) ? .yield : nil
    case .checkpoint: return blocking("checkpoint", span) ? .checkpoint : nil
    case .loop(let body): return blocking("loop", span) ? loop(body, span) : nil
    case .error: return nil
    }
  }

  private var isMonitor: Bool {
    if case .monitor = region { return true }
    return false
  }

  private func refuse(_ word: String, _ span: Span) -> TypedStatement.Kind? {
    report(.actsInMonitor(word, at: span))
    return nil
  }

  /// Whether a statement of `run` stands in one.
  private func blocking(_ word: String, _ span: Span) -> Bool {
    if case .agent(_, isRun: true) = region { return true }
    report(.outsideRun(word, at: span))
    return false
  }

  private mutating func bindLet(_ name: Name, _ value: Expression) -> TypedStatement.Kind? {
    let typed = infer(value)
    guard let local = bind(name, typed?.type), let typed else { return nil }
    program.usage.ownLocals.append((local, name))
    return .bind(local, typed)
  }

  private mutating func bindVariable(
    _ name: Name, _ syntax: TypeSyntax, _ value: Expression?
  ) -> TypedStatement.Kind? {
    let type = program.type(syntax)
    var initial: TypedExpression?
    if let type, let value {
      initial = initialValue(value, type, name)
    } else if let type {
      initial = program.defaultValue(of: type, at: name.span)
      if initial == nil {
        report(.noDefault(name, spec.text(of: type), type.example(in: spec)))
      }
    }
    guard let local = bind(name, type, isAssignable: true), let initial else { return nil }
    program.usage.ownLocals.append((local, name))
    return .bind(local, initial)
  }

  private mutating func branch(
    _ test: Expression, _ then: [Statement], _ otherwise: [Statement]?
  ) -> TypedStatement.Kind? {
    let condition = condition(test, "the condition of `if`")
    let before = senderType
    let first = block(then)
    let afterFirst = senderType
    senderType = before
    let second = block(otherwise ?? [])
    mergeSender(afterFirst)
    return condition.map { .if($0, first, else: second) }
  }

  /// After branches, `sender` is there if it is after each of them.
  mutating func mergeSender(_ other: Type?) {
    guard let own = senderType, let other else {
      senderType = nil
      return
    }
    senderType = spec.common(own, other)
  }

  private mutating func walk(
    _ name: Name, _ domain: Expression, _ body: [Statement]
  ) -> TypedStatement.Kind? {
    let values = inferDomain(domain, takesSequence: true)
    forgetSenderIfBlocking(body)
    scope.enter()
    defer { scope.leave() }
    let local = bind(name, values?.type.walked)
    let typed = block(body)
    guard let values, let local else { return nil }
    return .for(local, in: values, typed)
  }

  private mutating func repeatWhile(
    _ test: Expression, _ body: [Statement]
  ) -> TypedStatement.Kind? {
    forgetSenderIfBlocking(body)
    let condition = condition(test, "the condition of `while`")
    let typed = block(body)
    return condition.map { .while($0, typed) }
  }

  /// A body that blocks comes round again without the message of the first time.
  mutating func forgetSenderIfBlocking(_ body: [Statement]) {
    if body.contains(where: \.blocks) { senderType = nil }
  }

  private mutating func choose(
    _ kind: ChoiceKind, _ name: Name, _ domain: Expression, _ filter: Expression?
  ) -> TypedStatement.Kind? {
    let set = inferDomain(domain)
    let local = bind(name, set?.type.element)
    let test = filter.map { condition($0, "the filter of `\(kind.rawValue)`") }
    guard let set, let local, let filter = lifted(test) else { return nil }
    return .choice(kind, local, in: set, where: filter)
  }
}

extension Statement {
  /// Whether the statement, or one inside it, blocks.
  var blocks: Bool {
    switch kind {
    case .receive, .await, .either, .yield, .loop: true
    case .if(_, let then, let otherwise):
      then.contains(where: \.blocks) || (otherwise ?? []).contains(where: \.blocks)
    case .match(_, let cases, let otherwise):
      cases.contains { $0.body.contains(where: \.blocks) }
        || (otherwise ?? []).contains(where: \.blocks)
    case .for(_, _, let body), .while(_, let body): body.contains(where: \.blocks)
    default: false
    }
  }
}
