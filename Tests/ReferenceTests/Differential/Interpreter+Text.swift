import Semantics

extension Interpreter {
  /// A state in words, to be compared with the product's.
  func rendered(_ state: State) -> RenderedState {
    var variables: [String: String] = [:]
    for (index, variable) in spec.variables.enumerated() {
      for (name, identity) in owners(of: variable) {
        let value = state.variables[slot(of: VariableID(index), identity: identity)]
        variables[name] = text(value, variable.type)
      }
    }
    return RenderedState(variables: variables, messages: state.messages.map(text).sorted())
  }

  private func owners(of variable: Variable) -> [(name: String, identity: Int?)] {
    switch variable.owner {
    case .shared: [(variable.name, nil)]
    case .monitor(let id): [("\(spec.monitors[id.index].name).\(variable.name)", nil)]
    case .agent(let id):
      (0..<spec.agents[id.index].count).map {
        let identity = spec.agents[id.index].first + $0
        return ("\(spec.name(ofAgent: identity)).\(variable.name)", identity)
      }
    }
  }

  private func text(_ message: Message) -> String {
    let type = spec.messages[message.type.index]
    let fields = zip(message.fields, type.fields).map { text($0, $1.type) }
    let parties = [message.sender, message.receiver].map { spec.name(ofAgent: $0) }
    return "\(type.name)(\(fields.joined(separator: ", "))) from \(parties[0]) to \(parties[1])"
  }

  /// A value as the language writes it.
  func text(_ value: Value, _ type: Type) -> String {
    switch (value, type) {
    case (.bool(let value), _): return "\(value)"
    case (.integer(let value), _): return "\(value)"
    case (.enumeration(let index), .enumeration(let id)):
      return spec.enumerations[id.index].cases[index]
    case (.agent(let identity), _): return spec.name(ofAgent: identity)
    case (.none, _): return "none"
    case (.some(let inner), .optional(let type)): return text(inner, type)
    case (.record(let values), .record(let id)):
      let record = spec.records[id.index]
      let fields = zip(values, record.fields).map { "\($1.name): \(text($0, $1.type))" }
      return "\(record.name)(\(fields.joined(separator: ", ")))"
    case (.set(let elements), .set(let type)):
      return "{\(elements.map { text($0, type) }.joined(separator: ", "))}"
    case (.sequence(let elements), .sequence(let type, _)):
      return "[\(elements.map { text($0, type) }.joined(separator: ", "))]"
    case (.map(let values), .map(let key, let type)):
      let entries = zip(domain.values(of: key), values).map {
        "\(text($0, key)): \(text($1, type))"
      }
      return "{\(entries.joined(separator: ", "))}"
    default: return "?"
    }
  }
}
