import Decisions
import Semantics

extension Encoder {
  func encode(_ e: TypedExpression) throws(NotEncoded) -> SymbolicValue {
    switch e.kind {
    case .boolean(let value): return .bool(.bool(value))
    case .integer(let value): return .number(.integer(value))
    case .enumerationCase(let place), .agent(let place): return .number(.integer(Int64(place)))
    case .none: return spec.placeholder(e.type)
    case .some(let inner): return .optional(isPresent: .bool(true), try evaluate(inner))
    case .convert(let inner):
      return try converted(try evaluate(inner), from: inner.type, to: e.type)
    case .local(let id):
      if let value = locals[id] { return value }
      return try free(.local(id), spec.locals[id.index].type)
    case .variable(let id, let owner): return try variable(id, owner)
    case .selfAgent: return try agentAtHand(e.type)
    case .sender: return try free(.sender, e.type)
    case .not(let inner): return .bool(.negation(try truth(inner)))
    case .connective(let connective, let a, let b): return try connected(connective, a, b)
    case .equal(let a, let b): return .bool(.equality(try evaluate(a), try evaluate(b)))
    case .notEqual(let a, let b):
      return .bool(.negation(.equality(try evaluate(a), try evaluate(b))))
    case .compare(let comparison, let a, let b):
      return .bool(compared(comparison, try number(a), try number(b)))
    case .conditional(let test, let a, let b): return try conditional(test, a, b)
    case .call(let id, let arguments): return try call(spec.functions[id.index], arguments)
    case .status(let status, let owner):
      return try chosen(by: owner) { identity throws(NotEncoded) in
        try self.free(.status(status, of: identity), .bool)
      }
    case .quiescent: return try free(.quiescent, .bool)
    case .inFlight(let message): return try free(.inFlight(message), .bool)
    case .coherent: return try free(.coherent, .bool)
    case .determined(let decision): return try free(.determined(decision), .bool)
    case .negate, .arithmetic, .extremum, .extremumOfSet, .size, .index, .member:
      return .number(try numeric(e))
    case .field, .lookup, .element, .unwrap, .first, .rest, .sequence, .concatenate,
      .mapComprehension, .record:
      return try structured(e)
    case .contains, .setOperation, .allValues, .range, .set, .setComprehension:
      return try setLike(e)
    case .quantifier(let quantifier, let local, let domain, let filter, let body):
      return try quantified(quantifier, local, domain, filter, body, e.type)
    }
  }

  // MARK: Logic

  private func connected(
    _ connective: Connective, _ a: TypedExpression, _ b: TypedExpression
  ) throws(NotEncoded) -> SymbolicValue {
    let left = try truth(a)
    switch connective {
    case .and:
      let right = try under(left) { () throws(NotEncoded) in try truth(b) }
      return .bool(.conjunction([left, right]))
    case .or:
      let right = try under(.negation(left)) { () throws(NotEncoded) in try truth(b) }
      return .bool(.disjunction([left, right]))
    case .implies:
      let right = try under(left) { () throws(NotEncoded) in try truth(b) }
      return .bool(.disjunction([.negation(left), right]))
    case .iff: return .bool(.equality(left, try truth(b)))
    }
  }

  private func compared(_ comparison: Comparison, _ a: Term, _ b: Term) -> Term {
    switch comparison {
    case .less: .comparison(a, b, orEqual: false)
    case .lessEqual: .comparison(a, b, orEqual: true)
    case .greater: .comparison(b, a, orEqual: false)
    case .greaterEqual: .comparison(b, a, orEqual: true)
    }
  }

  private func conditional(
    _ test: TypedExpression, _ a: TypedExpression, _ b: TypedExpression
  ) throws(NotEncoded) -> SymbolicValue {
    let condition = try truth(test)
    let then = try under(condition) { () throws(NotEncoded) in try evaluate(a) }
    let otherwise = try under(.negation(condition)) { () throws(NotEncoded) in try evaluate(b) }
    return try choice(condition, then, otherwise)
  }

  private func call(
    _ function: Function, _ arguments: [TypedExpression]
  ) throws(NotEncoded) -> SymbolicValue {
    let values = try evaluate(all: arguments)
    let outer = locals
    for (parameter, value) in zip(function.parameters, values) { locals[parameter] = value }
    defer { locals = outer }
    return try evaluate(function.body)
  }

  // MARK: Who

  private func agentAtHand(_ type: Type) throws(NotEncoded) -> SymbolicValue {
    if case .agent(let first, 1) = type { return .number(.integer(Int64(first))) }
    return try free(.selfAgent, type)
  }

  private func variable(
    _ id: VariableID, _ owner: TypedExpression?
  ) throws(NotEncoded) -> SymbolicValue {
    let type = spec.variables[id.index].type
    guard let owner else { return try free(.variable(id, of: nil), type) }
    if case .selfAgent = owner.kind, !readsAll { return try free(.variable(id, of: nil), type) }
    return try chosen(by: owner) { identity throws(NotEncoded) in
      try self.free(.variable(id, of: identity), type)
    }
  }

  /// What belongs to the identity that an expression gives.
  private func chosen(
    by owner: TypedExpression, _ value: (Int) throws(NotEncoded) -> SymbolicValue
  ) throws(NotEncoded) -> SymbolicValue {
    let identity = try number(owner)
    if let constant = identity.integerValue { return try value(Int(constant)) }
    guard case .agent(let first, let count) = owner.type, count > 0, count <= universeMax else {
      throw .tooLarge
    }
    var result = try value(first + count - 1)
    for place in (first..<first + count - 1).reversed() {
      result = try choice(.equality(identity, .integer(Int64(place))), try value(place), result)
    }
    return result
  }

  // MARK: Conversion

  func converted(
    _ value: SymbolicValue, from source: Type, to type: Type
  ) throws(NotEncoded) -> SymbolicValue {
    if source == type { return value }
    switch (value, source, type) {
    case (.number(let term), _, .integer(let lower, let upper)):
      requireRange(term, source, lower, upper)
      return value
    case (.number(let term), _, .agent(let first, let count)):
      requireRange(term, source, Int64(first), Int64(first + count) - 1)
      return value
    case (.optional(let isPresent, let inner), .optional(let from), .optional(let to)):
      let result = try under(isPresent) { () throws(NotEncoded) in
        try converted(inner, from: from, to: to)
      }
      return .optional(isPresent: isPresent, result)
    case (.record(let values), .record(let from), .record(let to)):
      return .record(
        try converted(
          values, spec.records[from.index].fields.map(\.type),
          spec.records[to.index].fields.map(\.type)))
    case (.map(let values), .map(_, let from), .map(_, let to)):
      return .map(
        try converted(
          values, Array(repeating: from, count: values.count),
          Array(repeating: to, count: values.count)))
    case (.set(let elements, let isIn), .set(let from), .set(let to)):
      return try convertedSet(elements, isIn, from, to)
    case (.sequence(let length, let values), .sequence(let from, _), .sequence(let to, let room)):
      return try convertedSequence(length, values, from, to, room)
    default: return value
    }
  }

  private func converted(
    _ values: [SymbolicValue], _ sources: [Type], _ types: [Type]
  ) throws(NotEncoded) -> [SymbolicValue] {
    var result: [SymbolicValue] = []
    for (index, value) in values.enumerated() {
      result.append(try converted(value, from: sources[index], to: types[index]))
    }
    return result
  }

  private func requireRange(_ term: Term, _ source: Type, _ lower: Int64, _ upper: Int64) {
    switch source {
    case .integer(let least, let greatest) where lower <= least && greatest <= upper: return
    case .agent(let first, let count)
    where lower <= Int64(first) && Int64(first + count) - 1 <= upper:
      return
    default: break
    }
    require(.comparison(.integer(lower), term, orEqual: true))
    require(.comparison(term, .integer(upper), orEqual: true))
  }

  private func convertedSet(
    _ elements: [SymbolicValue], _ isIn: [Term], _ source: Type, _ type: Type
  ) throws(NotEncoded) -> SymbolicValue {
    var bits: [(constant: SymbolicValue, isIn: Term)] = []
    for (element, isIn) in zip(elements, isIn) where isIn != .bool(false) {
      let constant = try under(isIn) { () throws(NotEncoded) in
        try converted(element, from: source, to: type)
      }
      bits.append((constant, isIn))
    }
    let all = try universe(type)
    try spend(all.count)
    // Compared as values: what stands in for an absent one may differ from type to type.
    return .set(
      all,
      isIn: all.map { value in
        bits.first { Term.equality($0.constant, value) == .bool(true) }?.isIn ?? .bool(false)
      })
  }

  private func convertedSequence(
    _ length: Term, _ values: [SymbolicValue], _ source: Type, _ type: Type, _ capacity: Int
  ) throws(NotEncoded) -> SymbolicValue {
    require(.comparison(length, .integer(Int64(capacity)), orEqual: true))
    var result: [SymbolicValue] = []
    for (place, value) in values.enumerated() {
      let isThere = Term.comparison(.integer(Int64(place)), length, orEqual: false)
      result.append(
        try under(isThere) { () throws(NotEncoded) in
          try converted(value, from: source, to: type)
        })
    }
    return .sequence(length: length, result)
  }
}

extension Term {
  static func equality(_ a: SymbolicValue, _ b: SymbolicValue) -> Term {
    SymbolicValue.equality(a, b)
  }
}
