import Diagnostics
import Syntax

/// The longest sequence a type may allow, and the largest family.
let sequenceCapacityMax: Int64 = 1024
let familyCountMax: Int64 = 255

extension Program {
  /// The type that was written; nil after an error. Requires: nothing.
  func type(_ syntax: TypeSyntax) -> Type? {
    depth += 1
    defer { depth -= 1 }
    if isTooDeep(at: syntax.span) { return nil }
    switch syntax.kind {
    case .named(let name): return namedType(name, at: syntax.span)
    case .range(let lower, let upper): return rangeType(lower, upper, at: syntax.span)
    case .optional(let inner): return type(inner).map { .optional($0) }
    case .set(let element): return setType(element)
    case .sequence(let element, let capacity): return sequenceType(element, capacity)
    case .map(let key, let value): return mapType(key, value)
    case .enumeration:
      report(.typeOfDecisions("an enumeration without a name", at: syntax.span))
      return nil
    }
  }

  private func namedType(_ name: String, at span: Span) -> Type? {
    switch name {
    case "bool": return .bool
    case "int", "real", "string":
      report(.infiniteType(name, at: span))
      return nil
    case "Agent": return layOutAgents(at: span) ? spec.anyAgent : nil
    default: break
    }
    guard let symbol = symbols[name] else {
      report(.unknownType(name, at: span, suggestion: closest(to: name, among: typeNames)))
      return nil
    }
    usage.names.insert(name)
    guard let type = type(of: symbol, at: span) else { return nil }
    return type
  }

  /// The type a symbol stands for where a type is expected; nil after an error.
  func type(of symbol: Symbol, at span: Span) -> Type? {
    switch symbol.kind {
    case .alias(let index): return aliasType(index, at: span)
    case .enumeration(let id): return .enumeration(id)
    case .record(let id): return resolveRecord(id, at: span) == nil ? nil : .record(id)
    case .agent(let id): return agentType(id, at: span)
    default:
      report(.notAType(symbol, at: span))
      return nil
    }
  }

  /// Whether a symbol stands for a type.
  func isType(_ symbol: Symbol) -> Bool {
    switch symbol.kind {
    case .alias, .enumeration, .record, .agent: true
    default: false
    }
  }

  func agentType(_ id: AgentID, at span: Span) -> Type? {
    guard layOutAgents(at: span) else { return nil }
    let declaration = spec.agents[id.index]
    return .agent(first: declaration.first, count: declaration.count)
  }

  var typeNames: [String] {
    ["bool", "Agent"] + symbols.filter { isType($0.value) }.keys.sorted()
  }

  private func aliasType(_ index: Int, at span: Span) -> Type? {
    let alias = declared.aliases[index]
    return resolve(\.declared.aliases[index].type, alias.name.text, at: span) {
      type(alias.syntax)
    }
  }

  func resolveRecord(_ id: RecordID, at span: Span) -> RecordType? {
    let record = declared.records[id.index]
    let type = resolve(\.declared.records[id.index].type, record.name.text, at: span) {
      fields(record.fields).map { RecordType(name: record.name.text, fields: $0) }
    }
    if let type { spec.records[id.index] = type }
    return type
  }

  /// The fields of a record or message, nil if one is wrong.
  func fields(_ syntax: [FieldSyntax]) -> [Field]? {
    var seen: [String: Span] = [:]
    var fields: [Field] = []
    for field in syntax {
      if let earlier = seen[field.name.text] {
        report(.duplicateInList("field", field.name, earlier: earlier))
      }
      seen[field.name.text] = field.name.span
      if let type = type(field.type) { fields.append(Field(name: field.name.text, type: type)) }
    }
    return fields.count == syntax.count ? fields : nil
  }

  private func rangeType(_ lower: Expression, _ upper: Expression, at span: Span) -> Type? {
    let low = constantInteger(lower)
    let high = constantInteger(upper)
    guard let low, let high else { return nil }
    if low > high {
      report(.emptyRange(lower: low, upper: high, at: span))
      return nil
    }
    return .integer(lower: low, upper: high)
  }

  private func setType(_ element: TypeSyntax) -> Type? {
    guard let type = type(element), requireSmall(type, "the elements of a set", at: element.span)
    else { return nil }
    return .set(type)
  }

  private func mapType(_ key: TypeSyntax, _ value: TypeSyntax) -> Type? {
    let keyType = type(key)
    let valueType = type(value)
    guard let keyType, let valueType, requireSmall(keyType, "the keys of a map", at: key.span)
    else { return nil }
    return .map(key: keyType, value: valueType)
  }

  private func sequenceType(_ element: TypeSyntax, _ capacity: Expression) -> Type? {
    let elementType = type(element)
    let limit = constantInteger(capacity)
    guard let elementType, let limit else { return nil }
    guard (0...sequenceCapacityMax).contains(limit) else {
      report(
        .sizeOutOfLimits(
          "The capacity of a sequence", limit, 0...sequenceCapacityMax, at: capacity.span))
      return nil
    }
    return .sequence(elementType, capacity: Int(limit))
  }

  /// Whether a type has few enough values for a set of them; reports it when not.
  func requireSmall(_ type: Type, _ role: String, at span: Span) -> Bool {
    if spec.cardinality(of: type) <= elementCountMax { return true }
    report(.tooManyValues(spec.text(of: type), role, spec.cardinality(of: type), at: span))
    return false
  }
}
