import Syntax

extension DumpWriter {
  /// A local by its name and number: several may have one name.
  func name(_ local: LocalID) -> String { "\(spec.locals[local.index].name)'\(local.index)" }

  func list(_ expressions: [TypedExpression]) -> String {
    expressions.map { words($0) }.joined(separator: ", ")
  }

  func words(_ e: TypedExpression) -> String {
    switch e.kind {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .enumerationCase, .agent, .allValues, .quiescent, .inFlight, .selfAgent, .sender, .none,
      .coherent, .determined:
      leaf(e)
    case .some(let inner): "some \(words(inner))"
    case .convert(let inner): "(\(words(inner)) as \(spec.text(of: e.type)))"
    case .local(let local): name(local)
    case .variable(let id, let owner): variable(id, owner)
    case .not(let inner): "not \(words(inner))"
    case .negate(let inner): "-\(words(inner))"
    case .connective(let connective, let a, let b): "(\(words(a)) \(connective) \(words(b)))"
    case .equal(let a, let b): "(\(words(a)) == \(words(b)))"
    case .notEqual(let a, let b): "(\(words(a)) != \(words(b)))"
    case .compare(let comparison, let a, let b): "(\(words(a)) \(symbol(comparison)) \(words(b)))"
    case .arithmetic(let operation, let a, let b): "(\(words(a)) \(symbol(operation)) \(words(b)))"
    case .conditional(let c, let a, let b): "(if \(words(c)) then \(words(a)) else \(words(b)))"
    case .contains(let element, let set): "(\(words(element)) in \(words(set)))"
    case .setOperation(let operation, let a, let b): "(\(words(a)) \(operation) \(words(b)))"
    case .range(let a, let b): "\(words(a))..\(words(b))"
    case .set(let elements): "{\(list(elements))}"
    case .sequence(let elements): "[\(list(elements))]"
    case .concatenate(let a, let b): "(\(words(a)) + \(words(b)))"
    case .setComprehension(let local, let domain, let filter):
      "{\(name(local)) in \(words(domain)) where \(words(filter))}"
    case .mapComprehension(let local, let body): "(map \(name(local)): \(words(body)))"
    case .quantifier(let quantifier, let local, let domain, let filter, let body):
      "(\(quantifier.rawValue) \(name(local)) in \(words(domain))"
        + (filter.map { " where \(words($0))" } ?? "") + ": \(words(body)))"
    default: access(e)
    }
  }

  private func leaf(_ e: TypedExpression) -> String {
    switch (e.kind, e.type) {
    case (.enumerationCase(let index), .enumeration(let id)):
      spec.enumerations[id.index].cases[index]
    case (.agent(let identity), _): spec.name(ofAgent: identity)
    case (.allValues, _): spec.text(of: e.type.element ?? e.type)
    case (.inFlight(let id), _): "\(spec.messages[id.index].name) in flight"
    case (.selfAgent, _): "self"
    case (.sender, _): "sender"
    case (.quiescent, _): "quiescent"
    case (.coherent, _): "coherent"
    case (.determined(let index), _): "determined(\(spec.prompt?.decisions[index].name.text ?? ""))"
    default: "none"
    }
  }

  private func access(_ e: TypedExpression) -> String {
    switch e.kind {
    case .field(let base, let index): "\(words(base)).\(fieldName(base.type, index))"
    case .lookup(let map, let key): "\(words(map))[\(words(key))]"
    case .element(let sequence, let index): "\(words(sequence))[\(words(index))]"
    case .unwrap(let inner): "\(words(inner))!"
    case .record(let values): "\(spec.text(of: e.type))(\(list(values)))"
    case .extremum(let extremum, let operands): "\(symbol(extremum))(\(list(operands)))"
    case .extremumOfSet(let extremum, let set): "\(symbol(extremum))(\(words(set)))"
    case .size(let inner): "size(\(words(inner)))"
    case .first(let inner): "first(\(words(inner)))"
    case .rest(let inner): "rest(\(words(inner)))"
    case .index(let inner): "index(\(words(inner)))"
    case .member(let agent, let place): "\(spec.agents[agent.index].name)[\(words(place))]"
    case .call(let id, let arguments): "\(spec.functions[id.index].name)(\(list(arguments)))"
    case .status(let status, let agent): "\(words(agent)).\(status)"
    default: "?"
    }
  }

  private func fieldName(_ type: Type, _ index: Int) -> String {
    if case .record(let id) = type { return spec.records[id.index].fields[index].name }
    return "\(index)"
  }

  private func variable(_ id: VariableID, _ owner: TypedExpression?) -> String {
    let variable = spec.variables[id.index]
    if let owner { return "\(words(owner)).\(variable.name)" }
    if case .monitor(let monitor) = variable.owner {
      return "\(spec.monitors[monitor.index].name).\(variable.name)"
    }
    return variable.name
  }

  private func symbol(_ comparison: Comparison) -> String {
    switch comparison {
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    }
  }

  private func symbol(_ operation: Arithmetic) -> String {
    switch operation {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    }
  }

  private func symbol(_ extremum: Extremum) -> String { extremum == .minimum ? "min" : "max" }
}
