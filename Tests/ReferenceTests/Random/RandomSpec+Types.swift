extension RandomSpec {
  /// A type with few values.
  mutating func type(depth: Int = 1) -> SpecType {
    let depth = depth == 1 && chance(8) ? 2 : depth
    switch pick(weights: [4, 6, 4, depth > 0 ? 9 : 0]) {
    case 0: return .bool
    case 1: return range()
    case 2: return finite()
    default: return compound(depth: depth - 1)
    }
  }

  mutating func range() -> SpecType {
    let lower = pick([0, 0, 0, 0, 0, 0, 1, -1, -7])
    return .range(lower, lower + (chance(2) ? 100 : number(1...3)))
  }

  /// An enumeration or identities.
  private mutating func finite() -> SpecType {
    if agents.isEmpty || chance(50) { return .enumeration(number(0...enumerations.count - 1)) }
    return chance(15) ? .anyAgent : .agent(number(0...agents.count - 1))
  }

  private mutating func compound(depth: Int) -> SpecType {
    switch pick(weights: [5, 4, 3, 3, 2]) {
    case 0: .optional(type(depth: depth))
    case 1: .set(setElement())
    case 2: .sequence(type(depth: chance(20) ? 1 : 0), number(1...2))
    case 3: .map(key(), type(depth: chance(15) ? 1 : 0))
    default: records.isEmpty ? .optional(range()) : .record(number(0...records.count - 1))
    }
  }

  private mutating func setElement() -> SpecType {
    let small = records.indices.filter { cardinality(.record($0)) <= 64 }
    switch pick(weights: [40, 2, 2, small.isEmpty ? 0 : 4]) {
    case 0: return key()
    case 1: return .range(0, pick([62, 63, 64, 70]))
    case 2: return .optional(key())
    default: return .record(pick(small))
    }
  }

  /// A type of whose values all sets can be written.
  mutating func key() -> SpecType {
    switch pick(weights: [1, 3, 4]) {
    case 0: .bool
    case 1: chance(80) ? .range(0, number(1...2)) : .range(-1, number(0...1))
    default: finite()
    }
  }

  func text(_ type: SpecType) -> String {
    switch type {
    case .bool: "bool"
    case .range(let lower, let upper): "\(lower)..\(upper)"
    case .enumeration(let index): enumerations[index].name
    case .record(let index): records[index].name
    case .optional(let inner): inner.isRange ? "(\(text(inner)))?" : "\(text(inner))?"
    case .set(let element): "set of \(text(element))"
    case .sequence(let element, let capacity): "seq of \(text(element)) up to \(capacity)"
    case .map(let key, let value): "map[\(text(key))] of \(text(value))"
    case .agent(let index): agents[index].name
    case .anyAgent: "Agent"
    }
  }

  /// About how many values there are; large numbers saturate.
  func cardinality(_ type: SpecType) -> Int {
    switch type {
    case .bool: 2
    case .range(let lower, let upper): upper - lower + 1
    case .enumeration(let index): enumerations[index].cases.count
    case .record(let index):
      records[index].fields.reduce(1) { min(1 << 20, $0 * cardinality($1.type)) }
    case .optional(let inner): cardinality(inner) + 1
    case .set(let element): 1 << min(20, cardinality(element))
    case .sequence(let element, let capacity):
      (0...capacity).reduce(0) { $0 + power(cardinality(element), $1) }
    case .map(let key, let value): power(cardinality(value), cardinality(key))
    case .agent(let index): agents[index].count ?? 1
    case .anyAgent: agents.reduce(0) { $0 + ($1.count ?? 1) }
    }
  }

  private func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { result, _ in min(1 << 20, result * base) }
  }

  /// Whether a variable of it may go without an initial value.
  func hasDefault(_ type: SpecType) -> Bool {
    switch type {
    case .bool, .optional, .set, .sequence: true
    case .record(let index): records[index].fields.allSatisfy { hasDefault($0.type) }
    case .map(_, let value): hasDefault(value)
    default: false
    }
  }

  /// A type as a set of all its values, where it has a name or is a range.
  func domain(_ type: SpecType) -> Term? {
    switch type {
    case .range(let lower, let upper): Term("\(lower)..\(upper)", .range)
    case .agent(let index) where agents[index].count == nil: Term("{\(agents[index].name)}")
    case .bool, .enumeration, .agent, .anyAgent: Term(text(type))
    default: nil
    }
  }
}
