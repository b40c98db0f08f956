import Diagnostics
import Syntax

extension Program {
  /// Types the rules of all agents and monitors. Requires: the agents are laid out.
  func checkRules() {
    for index in declared.agents.indices { checkAgent(AgentID(index)) }
    for index in declared.monitors.indices { checkMonitor(MonitorID(index)) }
  }

  private func checkAgent(_ id: AgentID) {
    let agent = declared.agents[id.index]
    if let follows = agent.syntax.follows {
      report(.unsupported(.follows, at: follows.choreography.span))
    }
    reportSecondRules(agent.syntax)
    let rules = agent.syntax.rules.compactMap { typed($0, of: id) }
    let placed = spec.agents[id.index]
    spec.agents[id.index] = AgentDeclaration(
      name: placed.name, first: placed.first, count: placed.count, isFamily: placed.isFamily,
      isEnvironment: placed.isEnvironment, variables: variables(of: .agent(id)), rules: rules,
      documentation: placed.documentation, span: placed.span)
  }

  func variables(of owner: Variable.Owner) -> [VariableID] {
    declared.variables.indices.filter { declared.variables[$0].owner == owner }
      .map { VariableID($0) }
  }

  private func reportSecondRules(_ agent: AgentSyntax) {
    var seen: [String: Span] = [:]
    for rule in agent.rules {
      guard let word = rule.kind.onlyOnce else { continue }
      if let earlier = seen[word] {
        report(.secondRule(word, of: agent.name.text, at: rule.span, earlier))
      } else {
        seen[word] = rule.span
      }
    }
    var steps: [String: Span] = [:]
    for case .step(let name, _, _) in agent.rules.map(\.kind) {
      if let earlier = steps[name.text] { report(.duplicate("step", name, earlier: earlier)) }
      steps[name.text] = name.span
    }
  }

  private func typed(_ rule: RuleSyntax, of id: AgentID) -> Rule? {
    let isRun = if case .run = rule.kind { true } else { false }
    var checker = Checker(self, .agent(id, isRun: isRun))
    let before = errorCount
    let kind = kind(of: rule, id, &checker)
    let body = checker.block(rule.body)
    if errorCount == before { lintUnreachable(body) }
    return kind.map {
      Rule(kind: $0, body: body, documentation: rule.documentation, span: rule.span)
    }
  }

  private func kind(of rule: RuleSyntax, _ id: AgentID, _ checker: inout Checker) -> Rule.Kind? {
    switch rule.kind {
    case .start: return .start
    case .recover: return .recover
    case .run: return .run
    case .message(let pattern): return checker.check(pattern, agent: id).map { .message($0) }
    case .step(let name, let test, let unfair):
      guard let test else { return .step(name: name.text, when: nil, unfair: unfair) }
      return checker.guardCondition(test).map {
        .step(name: name.text, when: $0, unfair: unfair)
      }
    }
  }

  private func checkMonitor(_ id: MonitorID) {
    let monitor = declared.monitors[id.index]
    let rules = monitor.syntax.compactMap { typed($0, of: id) }
    spec.monitors.append(
      Monitor(
        name: monitor.name.text, variables: variables(of: .monitor(id)), rules: rules,
        span: monitor.span))
  }

  private func typed(_ rule: MonitorRuleSyntax, of id: MonitorID) -> MonitorRule? {
    var checker = Checker(self, .monitor(id))
    let event = checker.check(rule.event)
    let test = rule.when.map { checker.guardCondition($0) }
    let body = checker.block(rule.body)
    guard let event, let when = checker.lifted(test) else { return nil }
    return MonitorRule(event: event, when: when, body: body, span: rule.span)
  }
}

extension RuleSyntax.Kind {
  /// The words of a rule that an agent has once.
  var onlyOnce: String? {
    switch self {
    case .start: "on start"
    case .recover: "on recover"
    case .run: "run"
    case .message, .step: nil
    }
  }
}

extension Checker {
  /// A `when` or `await`; what is constant there under all parameters is worth a word.
  mutating func guardCondition(_ expression: Expression) -> TypedExpression? {
    guard let value = condition(expression, "a condition") else { return nil }
    if !program.dependsOnParameters(expression),
      case .boolean(let constant)? = program.valueIfConstant(value)
    {
      report(.constantGuard(constant, at: expression.span))
    }
    return value
  }

  /// The event of a monitor's rule; its binders go into the current block.
  mutating func check(_ event: MonitorRuleSyntax.Event) -> MonitorRule.Event? {
    let outer = self
    switch event {
    case .sent(let name, let patterns, let from, let to):
      let message = mentioned(name)
      let fields = check(patterns, of: message?.type, name, outer)
      let senders = agents(message.flatMap { program.senders[$0.id] }, at: name.span)
      let sender = from.map { check($0, default: senders, outer) }
      let receiver = to.map { check($0, default: agents(nil, at: name.span), outer) }
      guard let message, let fields, let from = lifted(sender), let to = lifted(receiver)
      else { return nil }
      return .sent(message.id, fields, from: from, to: to)
    case .received(let name, let patterns, let by, let from):
      let message = mentioned(name)
      let fields = check(patterns, of: message?.type, name, outer)
      let takers = agents(message.flatMap { program.receivers[$0.id] }, at: name.span)
      let receiver = by.map { check($0, default: takers, outer) }
      let senders = message.map { (program.senders[$0.id] ?? []).union(program.byzantine) }
      let sender = from.map { check($0, default: agents(senders, at: name.span), outer) }
      guard let message, let fields, let by = lifted(receiver), let from = lifted(sender)
      else { return nil }
      return .received(message.id, fields, by: by, from: from)
    case .crash(let party):
      let type = agents(program.crashing, at: party.name.span)
      return check(party, default: type, outer).map { .crash(of: $0) }
    }
  }

  private func mentioned(_ name: Name) -> (id: MessageID, type: MessageType)? {
    let message = program.message(name)
    if let message { program.usage.mentionedMessages.insert(message.id) }
    return message
  }

  private func agents(_ ids: Set<AgentID>?, at span: Span) -> Type? {
    program.type(ofAgents: ids ?? [], at: span)
  }
}
