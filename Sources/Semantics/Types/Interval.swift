/// Interval arithmetic over 64-bit integers, saturated at both ends.
struct Interval: Hashable, Sendable {
  let lower: Int64
  let upper: Int64

  init(_ lower: Int64, _ upper: Int64) {
    self.lower = lower
    self.upper = upper
  }

  var type: Type { .integer(lower: lower, upper: upper) }

  func hull(_ other: Interval) -> Interval {
    Interval(min(lower, other.lower), max(upper, other.upper))
  }

  var negated: Interval { Interval(saturatingNegation(upper), saturatingNegation(lower)) }

  func applying(_ operation: Arithmetic, _ other: Interval) -> Interval {
    switch operation {
    case .add:
      Interval(saturatingSum(lower, other.lower), saturatingSum(upper, other.upper))
    case .subtract:
      applying(.add, other.negated)
    case .multiply:
      product(other)
    case .divide:
      quotient(other)
    case .remainder:
      remainder(other)
    }
  }

  private func product(_ other: Interval) -> Interval {
    let corners = [
      saturatingProduct(lower, other.lower), saturatingProduct(lower, other.upper),
      saturatingProduct(upper, other.lower), saturatingProduct(upper, other.upper),
    ]
    return Interval(corners.min() ?? .min, corners.max() ?? .max)
  }

  /// The divisors nearest to zero and farthest from it give the extremes; zero itself is left out,
  /// because dividing by it is an evaluation error.
  private func quotient(_ other: Interval) -> Interval {
    var divisors: [Int64] = []
    for divisor in [other.lower, other.upper, -1, 1]
    where divisor != 0 && other.lower <= divisor && divisor <= other.upper {
      divisors.append(divisor)
    }
    let corners = divisors.flatMap {
      [saturatingQuotient(lower, $0), saturatingQuotient(upper, $0)]
    }
    guard let least = corners.min(), let greatest = corners.max() else { return self }
    return Interval(least, greatest)
  }

  /// Less than the greatest divisor in size, no larger than the dividend, with its sign.
  private func remainder(_ other: Interval) -> Interval {
    let size = max(magnitude(other.lower), magnitude(other.upper))
    let limit = size == 0 ? 0 : size - 1
    return Interval(
      lower >= 0 ? 0 : max(lower, -limit), upper <= 0 ? 0 : min(upper, limit))
  }

  private func magnitude(_ value: Int64) -> Int64 { value == .min ? .max : abs(value) }
}

func saturatingSum(_ a: Int64, _ b: Int64) -> Int64 {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? (b < 0 ? .min : .max) : sum
}

func saturatingProduct(_ a: Int64, _ b: Int64) -> Int64 {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? ((a < 0) == (b < 0) ? .max : .min) : product
}

private func saturatingNegation(_ a: Int64) -> Int64 { a == .min ? .max : -a }

private func saturatingQuotient(_ a: Int64, _ b: Int64) -> Int64 {
  a == .min && b == -1 ? .max : a / b
}

extension Type {
  static func constant(_ value: Int64) -> Type { .integer(lower: value, upper: value) }

  var interval: Interval? {
    guard case .integer(let lower, let upper) = self else { return nil }
    return Interval(lower, upper)
  }

  /// The type of what a `for` or a quantifier over a value binds: of a set or a sequence.
  var walked: Type? {
    if case .sequence(let element, _) = self { return element }
    return element
  }

  /// The element type, of a set.
  var element: Type? {
    guard case .set(let element) = self else { return nil }
    return element
  }

  var isAgent: Bool {
    if case .agent = self { return true }
    return false
  }

  /// The type without the `?` around it.
  var unwrapped: Type {
    if case .optional(let inner) = self { return inner }
    return self
  }
}
