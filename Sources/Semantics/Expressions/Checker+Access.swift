import Diagnostics
import Syntax

extension Checker {
  /// `m[k]`, `s[i]`, `Node[e]`.
  mutating func inferIndex(
    _ base: Expression, _ index: Expression, _ span: Span
  ) -> TypedExpression? {
    if case .name(let name) = base.kind, case .agent(let id)? = symbolOutside(name)?.kind {
      program.usage.names.insert(name)
      return inferFamilyMember(id, index, span)
    }
    guard let value = infer(base) else {
      _ = needsContext(index) ? nil : infer(index)
      return nil
    }
    switch value.type {
    case .map(let keyType, let type):
      guard let key = check(index, as: keyType, "the key") else { return nil }
      return make(.lookup(value, key: key), type, span)
    case .sequence(let type, _):
      guard let place = integer(index, "the place in a sequence") else { return nil }
      return make(.element(value, index: place), type, span)
    default:
      return refuse(.notIndexed(spec.text(of: value.type), at: value.span))
    }
  }

  /// An expression that must be an integer of any range.
  mutating func integer(_ expression: Expression, _ role: String) -> TypedExpression? {
    guard let value = infer(expression) else { return nil }
    if value.type.interval != nil { return value }
    return refuse(
      .mismatch(
        expected: "an integer", found: spec.text(of: value.type), at: value.span,
        notes: ["this is \(role)"]))
  }

  private mutating func inferFamilyMember(
    _ id: AgentID, _ index: Expression, _ span: Span
  ) -> TypedExpression? {
    let agent = program.declared.agents[id.index].syntax
    if agent.count == nil { return refuse(.notAFamily(agent.name, at: span)) }
    guard let place = integer(index, "the place in `\(agent.name.text)`"),
      let type = program.agentType(id, at: span)
    else { return nil }
    if case .integer(let value) = place.kind, case .agent(let first, let count) = type,
      value >= 0, value < Int64(count)
    {
      return make(.agent(first + Int(value)), type, span)
    }
    return make(.member(id, place), type, span)
  }
}
