import Decisions

/// A value that depends on what is not known: a term for each scalar in it.
indirect enum SymbolicValue: Hashable, Sendable {
  case bool(Term)
  /// An integer, the place of a case, or an identity.
  case number(Term)
  /// What is inside means nothing where the value is absent.
  case optional(isPresent: Term, SymbolicValue)
  /// Whether each of these constants, which ascend, is an element.
  case set([SymbolicValue], isIn: [Term])
  /// What stands behind the length means nothing.
  case sequence(length: Term, [SymbolicValue])
  /// By key, ascending.
  case map([SymbolicValue])
  case record([SymbolicValue])
}

extension SymbolicValue {
  /// One of two values of one type; nil where their sets have different candidates.
  static func choice(
    _ condition: Term, _ then: SymbolicValue, _ otherwise: SymbolicValue
  ) -> SymbolicValue? {
    switch (then, otherwise) {
    case (.bool(let a), .bool(let b)): return .bool(truth(condition, a, b))
    case (.number(let a), .number(let b)): return .number(Term.choice(condition, a, b))
    case (.optional(let isPresent, let a), .optional(let otherIsPresent, let b)):
      return choice(condition, a, b).map {
        .optional(isPresent: truth(condition, isPresent, otherIsPresent), $0)
      }
    case (.set(let elements, let isIn), .set(let others, let otherIsIn)):
      guard elements == others else { return nil }
      return .set(elements, isIn: zip(isIn, otherIsIn).map { truth(condition, $0, $1) })
    case (.sequence(let length, let a), .sequence(let otherLength, let b)):
      let common = list(condition, Array(a.prefix(b.count)), Array(b.prefix(a.count)))
      let rest = Array(a.dropFirst(b.count) + b.dropFirst(a.count))
      return common.map {
        .sequence(length: Term.choice(condition, length, otherLength), $0 + rest)
      }
    case (.map(let a), .map(let b)): return list(condition, a, b).map { .map($0) }
    case (.record(let a), .record(let b)): return list(condition, a, b).map { .record($0) }
    default: return nil
    }
  }

  /// Solvers like clauses better than conditionals between truth values.
  private static func truth(_ condition: Term, _ a: Term, _ b: Term) -> Term {
    if a == b { return a }
    return .disjunction([
      .conjunction([condition, a]), .conjunction([.negation(condition), b]),
    ])
  }

  private static func list(
    _ condition: Term, _ a: [SymbolicValue], _ b: [SymbolicValue]
  ) -> [SymbolicValue]? {
    var result: [SymbolicValue] = []
    for (left, right) in zip(a, b) {
      guard let value = choice(condition, left, right) else { return nil }
      result.append(value)
    }
    return result
  }

  /// Whether two values of one shape are the same.
  static func equality(_ a: SymbolicValue, _ b: SymbolicValue) -> Term {
    switch (a, b) {
    case (.bool(let x), .bool(let y)), (.number(let x), .number(let y)): return .equality(x, y)
    case (.optional(let isPresent, let x), .optional(let otherIsPresent, let y)):
      return .disjunction([
        .conjunction([isPresent, otherIsPresent, equality(x, y)]),
        .conjunction([.negation(isPresent), .negation(otherIsPresent)]),
      ])
    case (.set(let elements, let isIn), .set(let others, let otherIsIn)):
      let other = Dictionary(uniqueKeysWithValues: zip(others, otherIsIn))
      let own = Set(elements)
      return .conjunction(
        zip(elements, isIn).map { .equality($1, other[$0] ?? .bool(false)) }
          + zip(others, otherIsIn).filter { !own.contains($0.0) }.map { .negation($1) })
    case (.sequence(let length, let x), .sequence(let otherLength, let y)):
      return .conjunction(
        [.equality(length, otherLength)]
          + zip(x, y).enumerated().map { place, pair in
            .disjunction([
              .comparison(length, .integer(Int64(place)), orEqual: true), equality(pair.0, pair.1),
            ])
          })
    case (.map(let x), .map(let y)), (.record(let x), .record(let y)):
      return .conjunction(zip(x, y).map { equality($0, $1) })
    default: return .bool(false)
    }
  }
}
