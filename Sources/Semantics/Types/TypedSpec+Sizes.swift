/// The largest set of values that a set's elements or a map's keys may come from.
let elementCountMax = 4096

/// How many bits the variables of a state may take together.
let stateBitsMax = 1 << 20

extension TypedSpec {
  /// Number of values of a type, `Int.max` where it is that many or more.
  public func cardinality(of type: Type) -> Int {
    switch type {
    case .bool: 2
    case .integer(let lower, let upper):
      upper.subtractingReportingOverflow(lower).overflow || upper - lower >= Int64.max - 1
        ? Int.max : Int(upper - lower) + 1
    case .enumeration(let id): enumerations[id.index].cases.count
    case .record(let id):
      records[id.index].fields.reduce(1) { saturating($0, times: cardinality(of: $1.type)) }
    case .optional(let inner): saturating(cardinality(of: inner), plus: 1)
    case .set(let element): power(2, cardinality(of: element))
    case .sequence(let element, let capacity):
      sequences(of: cardinality(of: element), upTo: capacity)
    case .map(let key, let value): power(cardinality(of: value), cardinality(of: key))
    case .agent(_, let count): count
    }
  }

  /// Bits that a plain representation of a value takes, saturated.
  func bits(of type: Type) -> Int {
    switch type {
    case .bool: 1
    case .integer, .enumeration, .agent: width(cardinality(of: type))
    case .record(let id):
      records[id.index].fields.reduce(0) { saturating($0, plus: bits(of: $1.type)) }
    case .optional(let inner): saturating(bits(of: inner), plus: 1)
    case .set(let element): cardinality(of: element)
    case .sequence(let element, let capacity):
      saturating(saturating(bits(of: element), times: capacity), plus: width(capacity + 1))
    case .map(let key, let value): saturating(cardinality(of: key), times: bits(of: value))
    }
  }

  private func width(_ count: Int) -> Int {
    count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }

  private func sequences(of count: Int, upTo capacity: Int) -> Int {
    var total = 1
    var ofLength = 1
    for _ in 0..<capacity {
      ofLength = saturating(ofLength, times: count)
      total = saturating(total, plus: ofLength)
      if total == .max { break }
    }
    return total
  }

  private func power(_ base: Int, _ exponent: Int) -> Int {
    guard base > 1 else { return base == 0 && exponent > 0 ? 0 : 1 }
    var result = 1
    for _ in 0..<min(exponent, 64) { result = saturating(result, times: base) }
    return result
  }
}

func saturating(_ a: Int, plus b: Int) -> Int {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? .max : sum
}

func saturating(_ a: Int, times b: Int) -> Int {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? .max : product
}
