/// The value of a term when all leaves have one.
enum Scalar: Hashable {
  case bool(Bool)
  case number(Rational)
  case string(String)

  /// Nil for numbers beyond 64 bits.
  init?(_ value: LeafValue) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .string(let text): self = .string(text)
    case .number(let digits):
      guard let number = Rational(digits) else { return nil }
      self = .number(number)
    }
  }

  init(_ value: Int64) { self = .number(Rational(value)) }

  var leafValue: LeafValue {
    switch self {
    case .bool(let value): .bool(value)
    case .number(let number): .number(number.text)
    case .string(let text): .string(text)
    }
  }
}

extension Term {
  /// The value under values for the leaves; nil where it leaves 64 bits.
  func value(_ leaves: [Scalar]) -> Scalar? {
    switch self {
    case .bool(let value): return .bool(value)
    case .integer(let value): return Scalar(value)
    case .real(let text): return Rational(text).map { .number($0) }
    case .string(let text): return .string(text)
    case .leaf(let leaf): return leaves[leaf.index]
    case .not(let inner): return inner.isTrue(leaves).map { .bool(!$0) }
    case .and(let terms): return Self.all(terms, leaves).map { .bool($0) }
    case .or(let terms): return Self.all(terms.map(Term.negation), leaves).map { .bool(!$0) }
    case .equal(let a, let b):
      guard let left = a.value(leaves), let right = b.value(leaves) else { return nil }
      return .bool(left == right)
    case .less(let a, let b): return Self.isLess(a, b, orEqual: false, leaves)
    case .lessEqual(let a, let b): return Self.isLess(a, b, orEqual: true, leaves)
    case .conditional(let test, let then, let otherwise):
      return test.isTrue(leaves).flatMap { ($0 ? then : otherwise).value(leaves) }
    case .add, .multiply, .divide, .remainder, .ratio, .toReal:
      return number(leaves).map { .number($0) }
    }
  }

  func isTrue(_ leaves: [Scalar]) -> Bool? {
    if case .bool(let value)? = value(leaves) { value } else { nil }
  }

  private static func all(_ terms: [Term], _ leaves: [Scalar]) -> Bool? {
    var isKnown = true
    for term in terms {
      guard let value = term.isTrue(leaves) else {
        isKnown = false
        continue
      }
      if !value { return false }
    }
    return isKnown ? true : nil
  }

  private static func isLess(
    _ a: Term, _ b: Term, orEqual: Bool, _ leaves: [Scalar]
  ) -> Scalar? {
    guard let left = a.number(leaves), let right = b.number(leaves) else { return nil }
    return left.isLess(than: right, orEqual: orEqual).map { .bool($0) }
  }

  private func number(_ leaves: [Scalar]) -> Rational? {
    switch self {
    case .add(let terms):
      return terms.reduce(Rational(0)) { sum, term in
        sum.flatMap { sum in term.number(leaves).flatMap { sum.plus($0) } }
      }
    case .multiply(let a, let b):
      return a.number(leaves).flatMap { left in b.number(leaves).flatMap { left.times($0) } }
    case .ratio(let a, let b):
      return a.number(leaves).flatMap { left in b.number(leaves).flatMap { left.divided(by: $0) } }
    case .divide(let a, let b):
      return Self.whole(a, b.number(leaves)?.whole, leaves) { $0 / $1 }
    case .remainder(let a, let divisor): return Self.whole(a, divisor, leaves) { $0 % $1 }
    case .toReal(let inner): return inner.number(leaves)
    default: if case .number(let number)? = value(leaves) { return number } else { return nil }
    }
  }

  private static func whole(
    _ a: Term, _ divisor: Int64?, _ leaves: [Scalar], _ operation: (Int64, Int64) -> Int64
  ) -> Rational? {
    guard let dividend = a.number(leaves)?.whole, let divisor, divisor != 0, divisor != -1 else {
      return nil
    }
    return Rational(operation(dividend, divisor))
  }
}
