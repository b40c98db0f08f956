import Diagnostics
import Syntax

extension Checker {
  /// `x.field`, `Merger.merged`, `n.crashed`, `Approvals.approved`, `Vote.yes`.
  mutating func inferMember(
    _ base: Expression, _ member: Name, _ span: Span
  ) -> TypedExpression? {
    if case .name(let name) = base.kind, let symbol = symbolOutside(name) {
      switch symbol.kind {
      case .monitor(let id):
        program.usage.names.insert(name)
        return monitorVariable(id, member, span)
      case .enumeration(let id):
        program.usage.names.insert(name)
        return caseOf(id, member, span)
      case .agent(let id) where program.declared.agents[id.index].syntax.count != nil:
        return refuse(.memberOfFamily(symbol.name.text, member, at: span))
      default: break
      }
    }
    guard let value = infer(base) else { return nil }
    switch value.type {
    case .record(let id): return recordField(value, id, member, span)
    case .agent: return agentMember(value, member, span)
    default:
      return refuse(
        .noMembers(
          spec.text(of: value.type), program.sources.text(of: base.span), member, at: base.span))
    }
  }

  /// The file's symbol of that name, where nothing local hides it.
  func symbolOutside(_ name: String) -> Symbol? {
    if scope[name] != nil || ownVariable(name) != nil { return nil }
    return program.symbols[name]
  }

  private func caseOf(
    _ id: EnumerationID, _ member: Name, _ span: Span
  ) -> TypedExpression? {
    let enumeration = spec.enumerations[id.index]
    if let index = enumeration.cases.firstIndex(of: member.text) {
      program.usage.names.insert(member.text)
      return make(.enumerationCase(index), .enumeration(id), span)
    }
    return refuse(
      .unknownMember(
        member, of: enumeration.name,
        suggestion: closest(to: member.text, among: enumeration.cases)))
  }

  private func recordField(
    _ value: TypedExpression, _ id: RecordID, _ member: Name, _ span: Span
  ) -> TypedExpression? {
    let record = spec.records[id.index]
    if let index = record.fields.firstIndex(where: { $0.name == member.text }) {
      return make(.field(value, index), record.fields[index].type, span)
    }
    return refuse(
      .unknownMember(
        member, of: record.name,
        suggestion: closest(to: member.text, among: record.fields.map(\.name))))
  }

  private func monitorVariable(
    _ id: MonitorID, _ member: Name, _ span: Span
  ) -> TypedExpression? {
    let monitor = program.declared.monitors[id.index]
    guard let variable = monitor.variables[member.text] else {
      return refuse(
        .unknownMember(
          member, of: monitor.name.text,
          suggestion: closest(to: member.text, among: monitor.variables.keys.sorted())))
    }
    guard readsEverything || region == .monitor(id) else {
      program.usage.readVariables.insert(variable)
      return refuse(.readsForeign("\(monitor.name.text).\(member.text)", at: span))
    }
    return read(variable, of: nil, span)
  }

  /// Properties, monitors and environments.
  var readsEverything: Bool {
    switch region {
    case .property, .monitor: true
    case .agent(let id, _): program.declared.agents[id.index].syntax.isEnvironment
    default: false
    }
  }

  private func agentMember(
    _ value: TypedExpression, _ member: Name, _ span: Span
  ) -> TypedExpression? {
    if let status = statusNames.first(where: { $0.name == member.text })?.status {
      if readsEverything { return make(.status(status, of: value), .bool, span) }
      if region == .constant {
        return refuse(.notEvaluated(.init(reason: .notConstant, span: span)))
      }
      return refuse(.readsStatus(program.sources.text(of: span), at: span))
    }
    guard let owner = program.declaration(of: value.type) else {
      return refuse(.memberOfAnyAgent(member, at: span))
    }
    let agent = program.declared.agents[owner.index]
    guard let variable = agent.variables[member.text] else {
      let candidates = agent.variables.keys.sorted() + statusNames.map(\.name)
      return refuse(
        .unknownMember(
          member, of: agent.syntax.name.text,
          suggestion: closest(to: member.text, among: candidates)))
    }
    return agentVariable(variable, owner, value, span)
  }

  private func agentVariable(
    _ variable: VariableID, _ owner: AgentID, _ value: TypedExpression, _ span: Span
  ) -> TypedExpression? {
    if case .selfAgent = value.kind { return read(variable, of: value, span) }
    guard readsEverything else {
      program.usage.readVariables.insert(variable)
      switch region {
      case .constant, .function: return read(variable, of: value, span)
      default: return refuse(.readsForeign(program.sources.text(of: span), at: span))
      }
    }
    return read(variable, of: value, span)
  }
}

extension Program {
  /// The one declaration whose identities a type holds, where there is one.
  func declaration(of type: Type) -> AgentID? {
    guard case .agent(let first, let count) = type else { return nil }
    let index = spec.agents.firstIndex {
      $0.first <= first && first + count <= $0.first + $0.count
    }
    return index.map { AgentID($0) }
  }
}
