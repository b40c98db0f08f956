extension TypedSpec {
  /// All identities, the type `Agent`.
  var anyAgent: Type { .agent(first: 0, count: agentCount) }

  /// Whether a value of one type may be a value of the other: the types have one shape, and only
  /// ranges, capacities and families differ. (A value becomes an optional by `some`, not by this.)
  func hasShape(_ type: Type, of other: Type) -> Bool {
    switch (type, other) {
    case (.bool, .bool), (.integer, .integer): true
    case (.enumeration(let a), .enumeration(let b)): a == b
    case (.record(let a), .record(let b)): a == b
    case (.optional(let a), .optional(let b)), (.set(let a), .set(let b)): hasShape(a, of: b)
    case (.sequence(let a, _), .sequence(let b, _)): hasShape(a, of: b)
    case (.map(let keyA, let a), .map(let keyB, let b)): keyA == keyB && hasShape(a, of: b)
    case (.agent(let a, let countA), .agent(let b, let countB)):
      a < b + countB && b < a + countA
    default: false
    }
  }

  /// The least type that the values of both convert to, where there is one.
  func common(_ a: Type, _ b: Type) -> Type? {
    if a == b { return a }
    switch (a, b) {
    case (.integer(let lowerA, let upperA), .integer(let lowerB, let upperB)):
      return .integer(lower: min(lowerA, lowerB), upper: max(upperA, upperB))
    case (.agent(let first, let count), .agent(let otherFirst, let otherCount)):
      return commonAgents((first, count), (otherFirst, otherCount))
    case (.optional(let inner), .optional(let other)):
      return common(inner, other).map { .optional($0) }
    case (.set(let element), .set(let other)):
      return common(element, other).map { .set($0) }
    case (.sequence(let element, let capacity), .sequence(let other, let otherCapacity)):
      return common(element, other).map {
        .sequence($0, capacity: max(capacity, otherCapacity))
      }
    case (.map(let key, let value), .map(let otherKey, let other)):
      return key == otherKey ? common(value, other).map { .map(key: key, value: $0) } : nil
    case (.optional(let inner), let other), (let other, .optional(let inner)):
      return common(inner, other).map { .optional($0) }
    default:
      return nil
    }
  }

  private func commonAgents(_ a: (first: Int, count: Int), _ b: (first: Int, count: Int)) -> Type {
    let (outer, inner) = a.count >= b.count ? (a, b) : (b, a)
    let isInside =
      outer.first <= inner.first
      && inner.first + inner.count <= outer.first + outer.count
    return isInside ? .agent(first: outer.first, count: outer.count) : anyAgent
  }

  /// Whether every value of one type is a value of the other, so that a conversion cannot fail.
  func fits(_ type: Type, in other: Type) -> Bool { common(type, other) == other }

  /// The value as one of the type, nil where the shapes differ.
  func converted(_ value: TypedExpression, to type: Type) -> TypedExpression? {
    if value.type == type { return value }
    if case .optional(let inner) = type {
      if case .optional = value.type {
      } else {
        guard let present = converted(value, to: inner) else { return nil }
        return TypedExpression(.some(present), type, value.span)
      }
    }
    guard hasShape(value.type, of: type) else { return nil }
    return TypedExpression(.convert(value), type, value.span)
  }
}
