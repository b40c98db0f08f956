extension TypedSpec {
  /// A type as the language writes it.
  public func text(of type: Type) -> String {
    switch type {
    case .bool: "bool"
    case .integer(let lower, let upper): "\(lower)..\(upper)"
    case .enumeration(let id): enumerations[id.index].name
    case .record(let id): records[id.index].name
    case .optional(let inner): "\(operand(inner))?"
    case .set(let element): "set of \(text(of: element))"
    case .sequence(let element, let capacity): "seq of \(text(of: element)) up to \(capacity)"
    case .map(let key, let value): "map[\(text(of: key))] of \(text(of: value))"
    case .agent(let first, let count): agentText(first: first, count: count)
    }
  }

  /// The type in parentheses where `?` would bind to a part of it.
  private func operand(_ type: Type) -> String {
    switch type {
    case .set, .sequence, .map: "(\(text(of: type)))"
    default: text(of: type)
    }
  }

  private func agentText(first: Int, count: Int) -> String {
    agents.first { $0.first == first && $0.count == count }?.name ?? "Agent"
  }
}
