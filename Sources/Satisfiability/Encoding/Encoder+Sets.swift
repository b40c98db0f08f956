import Decisions
import Semantics
import Syntax

extension Encoder {
  func setLike(_ e: TypedExpression) throws(NotEncoded) -> SymbolicValue {
    switch e.kind {
    case .contains(let element, let set): return .bool(try contains(element, set))
    case .setOperation(let operation, let a, let b):
      let (elements, left) = try set(a)
      let (others, right) = try set(b)
      guard elements == others else { throw .tooLarge }
      return .set(elements, isIn: zip(left, right).map { combined(operation, $0, $1) })
    case .set(let list):
      var bits: [SymbolicValue: [Term]] = [:]
      let all = try universe(elementType(e.type))
      for value in try evaluate(all: list) {
        try spend(all.count)
        for constant in all { bits[constant, default: []].append(.equality(value, constant)) }
      }
      return .set(all, isIn: all.map { .disjunction(bits[$0] ?? []) })
    case .setComprehension(let local, let domain, let filter):
      return try filtered(local, domain, filter, e.type)
    case .allValues, .range:
      let walked = try walk(e)
      let all = try universe(elementType(e.type))
      let bits = Dictionary(walked.map { ($0.value, $0.isIn) }, uniquingKeysWith: { a, _ in a })
      return .set(all, isIn: all.map { bits[$0] ?? .bool(false) })
    default: throw .noValues
    }
  }

  private func elementType(_ type: Type) throws(NotEncoded) -> Type {
    guard case .set(let element) = type else { throw .noValues }
    return element
  }

  private func set(_ e: TypedExpression) throws(NotEncoded) -> ([SymbolicValue], [Term]) {
    guard case .set(let elements, let isIn) = try evaluate(e) else { throw .noValues }
    return (elements, isIn)
  }

  private func combined(_ operation: SetOperator, _ a: Term, _ b: Term) -> Term {
    switch operation {
    case .union: .disjunction([a, b])
    case .minus: .conjunction([a, .negation(b)])
    case .intersect: .conjunction([a, b])
    }
  }

  private func contains(
    _ element: TypedExpression, _ set: TypedExpression
  ) throws(NotEncoded) -> Term {
    let value = try evaluate(element)
    if case .range(let lower, let upper) = set.kind, case .number(let term) = value {
      return between(try number(lower), term, try number(upper))
    }
    if case .allValues = set.kind, case .number(let term) = value,
      case .set(.integer(let lower, let upper)) = set.type
    {
      return between(.integer(lower), term, .integer(upper))
    }
    return .disjunction(
      try walk(set).map { .conjunction([$0.isIn, .equality($0.value, value)]) })
  }

  private func between(_ lower: Term, _ term: Term, _ upper: Term) -> Term {
    .conjunction([
      .comparison(lower, term, orEqual: true), .comparison(term, upper, orEqual: true),
    ])
  }

  private func filtered(
    _ local: LocalID, _ domain: TypedExpression, _ filter: TypedExpression, _ type: Type
  ) throws(NotEncoded) -> SymbolicValue {
    var bits: [SymbolicValue: Term] = [:]
    for (value, isIn) in try walk(domain) {
      bits[value] = try under(isIn) { () throws(NotEncoded) in
        try with(local, value) { () throws(NotEncoded) in
          .conjunction([isIn, try truth(filter)])
        }
      }
    }
    let all = try universe(elementType(type))
    return .set(all, isIn: all.map { bits[$0] ?? .bool(false) })
  }

  // MARK: Walks

  /// What a quantifier goes through, in its order, each with the condition that it is there.
  func walk(_ e: TypedExpression) throws(NotEncoded) -> [(value: SymbolicValue, isIn: Term)] {
    switch e.kind {
    case .allValues: return try universe(elementType(e.type)).map { ($0, .bool(true)) }
    case .range(let lower, let upper):
      let (least, greatest) = (try number(lower), try number(upper))
      return try universe(elementType(e.type)).map { value in
        guard case .number(let term) = value else { return (value, .bool(false)) }
        return (value, between(least, term, greatest))
      }
    default: break
    }
    switch try evaluate(e) {
    case .set(let elements, let isIn): return Array(zip(elements, isIn))
    case .sequence(let length, let values):
      return values.enumerated().map {
        ($1, .comparison(.integer(Int64($0)), length, orEqual: false))
      }
    default: throw .noValues
    }
  }

  /// That there is something to choose, or nothing.
  func isSome(
    _ local: LocalID, _ domain: TypedExpression, _ filter: TypedExpression?, is wanted: Bool
  ) throws(NotEncoded) -> Term {
    try collected { () throws(NotEncoded) in
      var parts: [Term] = []
      for (value, isIn) in try walk(domain) {
        guard let filter else {
          parts.append(isIn)
          continue
        }
        let passes = try under(isIn) { () throws(NotEncoded) in
          try with(local, value) { () throws(NotEncoded) in try truth(filter) }
        }
        parts.append(.conjunction([isIn, passes]))
      }
      let some = Term.disjunction(parts)
      return wanted ? some : .negation(some)
    }
  }

  func quantified(
    _ quantifier: Quantifier, _ local: LocalID, _ domain: TypedExpression,
    _ filter: TypedExpression?, _ body: TypedExpression, _ type: Type
  ) throws(NotEncoded) -> SymbolicValue {
    if quantifier == .sum { try requireExact(type) }
    /// Whether `all` and `some` are decided, or what the others count.
    var parts: [Term] = []
    var isOpen = Term.bool(true)
    for (value, isIn) in try walk(domain) {
      let part = try under(.conjunction([isOpen, isIn])) { () throws(NotEncoded) in
        try with(local, value) { () throws(NotEncoded) in
          try self.part(quantifier, isIn, filter, body)
        }
      }
      parts.append(part)
      if quantifier == .all || quantifier == .some {
        isOpen = named(.conjunction([isOpen, .negation(part)]))
      }
    }
    switch quantifier {
    case .all: return .bool(.negation(.disjunction(parts)))
    case .some: return .bool(.disjunction(parts))
    case .count, .sum: return .number(.sum(parts))
    }
  }

  /// What one element contributes.
  private func part(
    _ quantifier: Quantifier, _ isIn: Term, _ filter: TypedExpression?, _ body: TypedExpression
  ) throws(NotEncoded) -> Term {
    let passes = try filter.map { e throws(NotEncoded) in try truth(e) } ?? .bool(true)
    let isTaken = named(.conjunction([isIn, passes]))
    return try under(passes) { () throws(NotEncoded) in
      switch quantifier {
      case .all: named(.conjunction([isTaken, .negation(try truth(body))]))
      case .some: named(.conjunction([isTaken, try truth(body)]))
      case .count:
        .choice(.conjunction([isTaken, try truth(body)]), .integer(1), .integer(0))
      case .sum: named(.choice(isTaken, try number(body), .integer(0)), isNumber: true)
      }
    }
  }
}
