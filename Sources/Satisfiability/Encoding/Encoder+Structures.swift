import Decisions
import Semantics

extension Encoder {
  func structured(_ e: TypedExpression) throws(NotEncoded) -> SymbolicValue {
    switch e.kind {
    case .record(let list): return .record(try evaluate(all: list))
    case .field(let inner, let index):
      guard case .record(let values) = try evaluate(inner) else { throw .noValues }
      return values[index]
    case .lookup(let map, let key): return try lookup(map, key)
    case .unwrap(let inner):
      guard case .optional(let isPresent, let value) = try evaluate(inner) else {
        throw .noValues
      }
      require(isPresent)
      return value
    case .mapComprehension(let local, let body): return try map(local, body, e.type)
    case .sequence(let list):
      return .sequence(length: .integer(Int64(list.count)), try evaluate(all: list))
    case .element(let inner, let index):
      let (length, values) = try sequence(inner)
      let place = try number(index)
      require(.comparison(.integer(0), place, orEqual: true))
      require(.comparison(place, length, orEqual: false))
      return try element(at: place, of: values, inner.type)
    case .first(let inner):
      let (length, values) = try sequence(inner)
      require(.comparison(.integer(0), length, orEqual: false))
      return values.first ?? placeholder(ofElement: inner.type)
    case .rest(let inner):
      let (length, values) = try sequence(inner)
      require(.comparison(.integer(0), length, orEqual: false))
      return .sequence(length: .sum([length, .integer(-1)]), Array(values.dropFirst()))
    case .concatenate(let a, let b): return try concatenation(a, b)
    default: throw .noValues
    }
  }

  private func placeholder(ofElement type: Type) -> SymbolicValue {
    guard case .sequence(let element, _) = type else { return .bool(.bool(false)) }
    return spec.placeholder(element)
  }

  func sequence(_ e: TypedExpression) throws(NotEncoded) -> (Term, [SymbolicValue]) {
    guard case .sequence(let length, let values) = try evaluate(e) else { throw .noValues }
    return (length, values)
  }

  private func lookup(
    _ map: TypedExpression, _ key: TypedExpression
  ) throws(NotEncoded) -> SymbolicValue {
    guard case .map(let values) = try evaluate(map), case .map(let keyType, _) = map.type,
      var result = values.last
    else { throw .noValues }
    let key = try evaluate(key)
    for (constant, value) in zip(try universe(keyType), values).dropLast().reversed() {
      result = try choice(.equality(key, constant), value, result)
    }
    return result
  }

  private func map(
    _ local: LocalID, _ body: TypedExpression, _ type: Type
  ) throws(NotEncoded) -> SymbolicValue {
    guard case .map(let keyType, _) = type else { throw .noValues }
    var values: [SymbolicValue] = []
    for key in try universe(keyType) {
      values.append(try with(local, key) { () throws(NotEncoded) in try evaluate(body) })
    }
    return .map(values)
  }

  private func element(
    at place: Term, of values: [SymbolicValue], _ type: Type
  ) throws(NotEncoded) -> SymbolicValue {
    if let constant = place.integerValue {
      return values.indices.contains(Int(constant))
        ? values[Int(constant)] : placeholder(ofElement: type)
    }
    guard var result = values.last else { return placeholder(ofElement: type) }
    for (index, value) in values.enumerated().dropLast().reversed() {
      result = try choice(.equality(place, .integer(Int64(index))), value, result)
    }
    return result
  }

  /// The element at a place is one of the left side, or, by the length of that, one of the right.
  private func concatenation(
    _ a: TypedExpression, _ b: TypedExpression
  ) throws(NotEncoded) -> SymbolicValue {
    let (length, left) = try sequence(a)
    let (otherLength, right) = try sequence(b)
    try spend(left.count * right.count)
    var values: [SymbolicValue] = []
    for place in 0..<left.count + right.count {
      var value = left.indices.contains(place) ? left[place] : nil
      for before in 0...min(place, left.count) where right.indices.contains(place - before) {
        let other = right[place - before]
        let begins = Term.equality(length, .integer(Int64(before)))
        value = try value.map { now throws(NotEncoded) in try choice(begins, other, now) } ?? other
      }
      if let value { values.append(value) }
    }
    return .sequence(length: .sum([length, otherLength]), values)
  }
}
