import Decisions
import Semantics
import Syntax

extension Encoder {
  /// What the solver's values mean for what the conditions read.
  func valuation(_ values: [LeafValue]) -> Valuation {
    Valuation(
      items: subjects.compactMap { subject, type, value in
        decoded(value, type, values).map {
          Valuation.Item(subject: subject, type: type, value: $0)
        }
      })
  }

  private func decoded(_ value: SymbolicValue, _ type: Type, _ values: [LeafValue]) -> Value? {
    switch (value, type) {
    case (.bool(let term), _): return .boolean(truth(term, values))
    case (.number(let term), .integer): return number(term, values).map { .integer($0) }
    case (.number(let term), .enumeration):
      return number(term, values).map { .enumerationCase(Int($0)) }
    case (.number(let term), .agent): return number(term, values).map { .agent(Int($0)) }
    case (.optional(let isPresent, let inner), .optional(let type)):
      return truth(isPresent, values) ? decoded(inner, type, values).map { .some($0) } : Value.none
    case (.set(let elements, let isIn), .set(let type)):
      let present = zip(elements, isIn).filter { truth($0.1, values) }.map(\.0)
      return .set(present.compactMap { decoded($0, type, values) })
    case (.sequence(let length, let elements), .sequence(let type, _)):
      let present = elements.prefix(number(length, values).map { Int($0) } ?? 0)
      return .sequence(present.compactMap { decoded($0, type, values) })
    case (.map(let elements), .map(_, let type)):
      return .map(elements.compactMap { decoded($0, type, values) })
    case (.record(let elements), .record(let id)):
      let fields = spec.records[id.index].fields
      return .record(zip(elements, fields).compactMap { decoded($0, $1.type, values) })
    default: return nil
    }
  }

  private func truth(_ term: Term, _ values: [LeafValue]) -> Bool {
    switch term {
    case .bool(let value): value
    case .leaf(let leaf): values[leaf.index] == .bool(true)
    default: false
    }
  }

  private func number(_ term: Term, _ values: [LeafValue]) -> Int64? {
    switch term {
    case .integer(let value): return value
    case .leaf(let leaf):
      guard case .number(let digits) = values[leaf.index] else { return nil }
      return Int64(digits)
    default: return nil
    }
  }
}

extension TypedSpec {
  /// `tries = 3`, `Node[1].x = none`, a message's `round = 2`.
  public func text(of item: Valuation.Item) -> String {
    "\(text(of: item.subject)) = \(valueText(item.value, item.type))"
  }

  private func valueText(_ value: Value, _ type: Type) -> String {
    guard case (.map(let values), .map(let key, let valueType)) = (value, type) else {
      return text(of: value, type)
    }
    let keys = (0..<values.count).map { keyText($0, key) }
    let parts = zip(keys, values).map { "\($0): \(valueText($1, valueType))" }
    return "[\(parts.joined(separator: ", "))]"
  }

  private func keyText(_ place: Int, _ type: Type) -> String {
    switch type {
    case .bool: place == 0 ? "false" : "true"
    case .integer(let lower, _): String(lower + Int64(place))
    case .enumeration(let id): enumerations[id.index].cases[place]
    case .agent(let first, _): name(ofAgent: first + place)
    default: "#\(place)"
    }
  }

  func text(of subject: Subject) -> String {
    switch subject {
    case .variable(let id, let owner):
      let variable = variables[id.index]
      if let owner { return "\(name(ofAgent: owner)).\(variable.name)" }
      guard case .monitor(let monitor) = variable.owner else { return variable.name }
      return "\(monitors[monitor.index].name).\(variable.name)"
    case .local(let id): return locals[id.index].name
    case .field(let message, let index): return messages[message.index].fields[index].name
    case .selfAgent: return "self"
    case .sender: return "sender"
    case .status(let status, let identity): return "\(name(ofAgent: identity)).\(status)"
    case .quiescent: return "quiescent"
    case .inFlight(let message): return "\(messages[message.index].name) in flight"
    case .coherent: return "coherent"
    case .determined(let decision):
      return "determined(\(prompt?.decisions[decision].name.text ?? ""))"
    }
  }
}
