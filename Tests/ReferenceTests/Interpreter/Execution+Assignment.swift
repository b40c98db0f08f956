import Semantics

extension Execution {
  /// A step of the way into a value, with its key or index evaluated.
  private enum Hop {
    case field(Int)
    case key(Int)
    case element(Int64)
  }

  func assign(_ place: Place, _ value: TypedExpression) throws(Interruption) {
    var hops: [Hop] = []
    var type = rootType(of: place)
    for step in place.path {
      switch step {
      case .field(let index):
        hops.append(.field(index))
        guard case .record(let id) = type else { preconditionFailure("no record") }
        type = spec.records[id.index].fields[index].type
      case .key(let key):
        guard case .map(let keyType, let valueType) = type else { preconditionFailure("no map") }
        hops.append(.key(domain.rank(of: try evaluate(key), in: keyType)))
        type = valueType
      case .element(let index):
        guard case .sequence(let element, _) = type else { preconditionFailure("no sequence") }
        hops.append(.element(try evaluate(index).integer))
        type = element
      }
    }
    let new = try evaluate(value)
    let updated = try replacing(hops[...], in: current(place.root), by: new, place)
    write(updated, to: place.root)
  }

  private func rootType(of place: Place) -> Type {
    switch place.root {
    case .variable(let id): spec.variables[id.index].type
    case .local(let id): spec.locals[id.index].type
    }
  }

  private func current(_ root: Place.Root) -> Value {
    switch root {
    case .variable(let id): return state.variables[interpreter.slot(of: id, identity: agent)]
    case .local(let id):
      guard let value = locals[id.index] else { preconditionFailure("assignment before binding") }
      return value
    }
  }

  private func write(_ value: Value, to root: Place.Root) {
    switch root {
    case .variable(let id): state.variables[interpreter.slot(of: id, identity: agent)] = value
    case .local(let id): locals[id.index] = value
    }
  }

  private func replacing(
    _ hops: ArraySlice<Hop>, in value: Value, by new: Value, _ place: Place
  ) throws(Interruption) -> Value {
    guard let hop = hops.first else { return new }
    let rest = hops.dropFirst()
    switch (hop, value) {
    case (.field(let index), .record(var fields)):
      fields[index] = try replacing(rest, in: fields[index], by: new, place)
      return .record(fields)
    case (.key(let rank), .map(var values)):
      values[rank] = try replacing(rest, in: values[rank], by: new, place)
      return .map(values)
    case (.element(let index), .sequence(var elements)):
      guard index >= 0, index < Int64(elements.count) else { throw .evaluation(place.span) }
      elements[Int(index)] = try replacing(rest, in: elements[Int(index)], by: new, place)
      return .sequence(elements)
    default: preconditionFailure("no such place in \(value)")
    }
  }
}
