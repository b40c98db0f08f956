import Diagnostics
import Syntax

extension Checker {
  mutating func inferName(_ name: String, _ hint: Type?, _ span: Span) -> TypedExpression? {
    if let entry = scope[name] { return bound(entry.binding, span) }
    if let special = special(name, span) { return special.expression }
    if let variable = ownVariable(name) { return read(variable, of: ownIdentity(span), span) }
    if let symbol = program.symbols[name] {
      program.usage.names.insert(name)
      return value(of: symbol, hint, span)
    }
    return refuse(unknown(name, span))
  }

  /// Whether nothing at all has that name, wherever it might be read.
  func isUnknown(_ name: String) -> Bool {
    scope[name] == nil && !reservedNames.contains(name) && ownVariable(name) == nil
      && program.symbols[name] == nil && program.owners(ofVariable: name).isEmpty
  }

  private func bound(_ binding: Scope.Binding, _ span: Span) -> TypedExpression? {
    switch binding {
    case .constant(let value):
      return make(value.kind, value.type, span)
    case .local(let id, let type, _):
      guard let id, let type else { return nil }
      program.usage.readLocals.insert(id)
      return make(.local(id), type, span)
    }
  }

  /// The names that the language gives a meaning; nil for all others.
  private func special(_ name: String, _ span: Span) -> (expression: TypedExpression?, Void)? {
    switch name {
    case "self": return (selfIdentity(span), ())
    case "sender": return (senderIdentity(span), ())
    case "quiescent":
      guard region == .property else {
        return (refuse(.onlyInProperties("quiescent", at: span)), ())
      }
      return (make(.quiescent, .bool, span), ())
    case "coherent": return (coherence(span), ())
    case "bool": return (make(.allValues, .set(.bool), span), ())
    case "Agent":
      guard program.layOutAgents(at: span) else { return (nil, ()) }
      return (make(.allValues, .set(spec.anyAgent), span), ())
    default: return nil
    }
  }

  private func coherence(_ span: Span) -> TypedExpression? {
    guard region == .property else { return refuse(.onlyInProperties("coherent", at: span)) }
    guard spec.prompt != nil else { return refuse(.nothingToCommitTo("coherent", at: span)) }
    return make(.coherent, .bool, span)
  }

  /// `determined(d)`.
  func determination(_ arguments: [Argument], _ span: Span) -> TypedExpression? {
    guard region == .property else { return refuse(.onlyInProperties("determined", at: span)) }
    guard let prompt = spec.prompt else {
      return refuse(.nothingToCommitTo("determined", at: span))
    }
    let names = prompt.decisions.map(\.name.text)
    guard arguments.count == 1, case .name(let name) = arguments[0].value.kind,
      let index = names.firstIndex(of: name)
    else {
      let given = arguments.first?.value.span ?? span
      let text = program.sources.text(of: given)
      return refuse(.notADecision(text, at: given, suggestion: closest(to: text, among: names)))
    }
    return make(.determined(index), .bool, span)
  }

  /// The agent whose code this is.
  var ownAgent: AgentID? {
    switch region {
    case .agent(let id, _): return id
    case .initializer(let variable, _):
      if case .agent(let id) = program.declared.variables[variable.index].owner { return id }
      return nil
    default: return nil
    }
  }

  private func selfIdentity(_ span: Span) -> TypedExpression? {
    guard let own = ownAgent else { return refuse(.noSelf(at: span)) }
    return program.agentType(own, at: span).map { make(.selfAgent, $0, span) }
  }

  private func senderIdentity(_ span: Span) -> TypedExpression? {
    guard let senderType else { return refuse(.noSender(region, at: span)) }
    return make(.sender, senderType, span)
  }

  /// The variable of this agent or monitor with that name.
  func ownVariable(_ name: String) -> VariableID? {
    if let own = ownAgent { return program.declared.agents[own.index].variables[name] }
    switch region {
    case .monitor(let id): return program.declared.monitors[id.index].variables[name]
    case .initializer(let variable, _):
      if case .monitor(let id) = program.declared.variables[variable.index].owner {
        return program.declared.monitors[id.index].variables[name]
      }
      return nil
    default: return nil
    }
  }

  /// `self`, where variables have one copy for each member.
  func ownIdentity(_ span: Span) -> TypedExpression? {
    guard let own = ownAgent, let type = program.agentType(own, at: span) else { return nil }
    return make(.selfAgent, type, span)
  }

  /// Reads a variable, if code may do that here.
  func read(
    _ id: VariableID, of owner: TypedExpression?, _ span: Span
  ) -> TypedExpression? {
    program.usage.readVariables.insert(id)
    let variable = program.declared.variables[id.index]
    switch region {
    case .constant: return refuse(.notEvaluated(.init(reason: .notConstant, span: span)))
    case .function: return refuse(.impure(variable.syntax.name, at: span))
    case .initializer(let reader, let readsItself)
    where readsItself ? id.index > reader.index : id.index >= reader.index:
      return refuse(.readsLaterVariable(variable.syntax.name, at: span))
    default: break
    }
    guard let type = program.variableType(id) else { return nil }
    return make(.variable(id, of: owner), type, span)
  }

  private func value(of symbol: Symbol, _ hint: Type?, _ span: Span) -> TypedExpression? {
    switch symbol.kind {
    case .parameter(let index): return placed(program.parameter(index, at: span), span)
    case .constant(let index): return placed(program.constant(index, at: span), span)
    case .cases(let cases): return enumerationCase(cases, symbol.name.text, hint, span)
    case .shared(let id): return read(id, of: nil, span)
    case .agent(let id) where program.declared.agents[id.index].syntax.count == nil:
      return program.agentType(id, at: span).flatMap { type in
        guard case .agent(let first, _) = type else { return nil }
        return make(.agent(first), type, span)
      }
    case .alias, .enumeration, .record, .agent:
      guard let type = program.type(of: symbol, at: span),
        program.requireSmall(type, "a set of all its values", at: span)
      else { return nil }
      return make(.allValues, .set(type), span)
    case .function, .monitor:
      return refuse(.notAValue(symbol, at: span))
    }
  }

  /// A constant where it is used.
  private func placed(_ value: TypedExpression?, _ span: Span) -> TypedExpression? {
    value.map { make($0.kind, $0.type, span) }
  }

  private func enumerationCase(
    _ cases: [EnumerationCase], _ name: String, _ hint: Type?, _ span: Span
  ) -> TypedExpression? {
    var candidates = cases
    if case .enumeration(let wanted)? = hint?.unwrapped,
      let fitting = cases.first(where: { $0.enumeration == wanted })
    {
      candidates = [fitting]
    }
    guard let found = candidates.first, candidates.count == 1 else {
      let names = cases.map { spec.enumerations[$0.enumeration.index].name }
      return refuse(.ambiguousCase(name, of: names, at: span))
    }
    program.usage.names.insert(spec.enumerations[found.enumeration.index].name)
    return make(.enumerationCase(found.index), .enumeration(found.enumeration), span)
  }

  private func unknown(_ name: String, _ span: Span) -> Diagnostic {
    let owners = program.owners(ofVariable: name)
    let own = ownAgent.map { program.declared.agents[$0.index].variables.keys.sorted() } ?? []
    var monitored: [String] = []
    if case .monitor(let id) = region {
      monitored = program.declared.monitors[id.index].variables.keys.sorted()
    }
    let candidates = scope.names + own + monitored + program.symbols.keys.sorted()
    let suggestion = owners.isEmpty ? closest(to: name, among: candidates) : nil
    return .unknownName(name, at: span, suggestion: suggestion, qualified: owners)
  }
}

extension Program {
  /// How variables of that name of agents and monitors are written from outside.
  func owners(ofVariable name: String) -> [String] {
    let agents = declared.agents.filter { $0.variables[name] != nil }.map {
      $0.syntax.count == nil
        ? "\($0.syntax.name.text).\(name)" : "\($0.syntax.name.text)[0].\(name)"
    }
    let monitors = declared.monitors.filter { $0.variables[name] != nil }.map {
      "\($0.name.text).\(name)"
    }
    return agents + monitors
  }
}
