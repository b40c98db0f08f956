extension RandomSpec {
  /// An expression whose value is of the type, in most states at least.
  mutating func expression(_ type: SpecType, _ place: Surroundings, depth: Int = 2) -> Term {
    if depth <= 0 || chance(15) { return leaf(type, place) }
    if chance(12) { return conditional(type, place, depth: depth - 1) }
    if chance(8), let call = call(type, place, depth: depth - 1) { return call }
    switch type {
    case .bool: return condition(place, depth: depth)
    case .range(let lower, let upper): return ranged(lower, upper, place, depth: depth)
    case .set(let element): return setExpression(element, place, depth: depth)
    case .sequence(let element, let capacity):
      return sequence(element, capacity, place, depth: depth)
    case .record(let index):
      return chance(60)
        ? leaf(type, place) : record(index) { $0.expression($1, place, depth: depth - 1) }
    case .map(let key, let value): return mapExpression(key, value, place, depth: depth)
    case .optional(let inner):
      return chance(45) ? leaf(type, place) : expression(inner, place, depth: depth - 1)
    case .agent(let index): return member(index, place, depth: depth)
    case .enumeration, .anyAgent: return leaf(type, place)
    }
  }

  /// A value that can be read as it is, or a literal.
  mutating func leaf(_ type: SpecType, _ place: Surroundings) -> Term {
    let candidates = accesses(place).filter { fits($0.type, type) && ($0.isSafe || chance(20)) }
    if !candidates.isEmpty && chance(75) { return Term(pick(candidates).text) }
    return literal(type)
  }

  /// Ranges mix: a variable of another range may fail to fit, now and then.
  private mutating func fits(_ type: SpecType, _ wanted: SpecType) -> Bool {
    if type == wanted { return true }
    if case .agent = type, wanted == .anyAgent { return true }
    guard case .range(let lower, let upper) = type, case .range(let least, let most) = wanted else {
      return false
    }
    return least <= lower && upper <= most || lower <= most && least <= upper && chance(10)
  }

  struct Access {
    let text: String
    let type: SpecType
    /// Whether reading it cannot fail.
    var isSafe = true
  }

  /// What can be read: names, and what is inside of them.
  mutating func accesses(_ place: Surroundings) -> [Access] {
    var result = place.readable.map { Access(text: $0.text, type: $0.type) }
    if case .agent(let index) = place.region {
      result.append(Access(text: "self", type: .agent(index)))
    }
    if place.hasSender { result.append(Access(text: "sender", type: .anyAgent)) }
    for access in result { result += insides(access) }
    return result
  }

  private mutating func insides(_ access: Access) -> [Access] {
    let text = access.text
    switch access.type {
    case .record(let index):
      return records[index].fields.map { Access(text: "\(text).\($0.text)", type: $0.type) }
    case .optional(let inner): return [Access(text: "\(text)!", type: inner, isSafe: false)]
    case .map(let key, let value):
      return [Access(text: "\(text)[\(literal(key).text)]", type: value)]
    case .sequence(let element, let capacity):
      return [
        Access(text: "\(text)[\(number(0...capacity - 1))]", type: element, isSafe: false),
        Access(text: "first(\(text))", type: element, isSafe: false),
      ]
    default: return []
    }
  }

  private mutating func conditional(_ type: SpecType, _ place: Surroundings, depth: Int) -> Term {
    let test = expression(.bool, place, depth: depth)
    let yes = concrete(type, place, depth: depth)
    let no = expression(type, place, depth: depth)
    return Term("if \(test.text) then \(yes.at(least: .iff)) else \(no.text)", .open)
  }

  /// An expression that tells its type without help.
  mutating func concrete(_ type: SpecType, _ place: Surroundings, depth: Int) -> Term {
    for _ in 0..<8 {
      let term = expression(type, place, depth: depth)
      if !["none", "{}", "[]"].contains(where: term.text.hasSuffix) { return term }
    }
    if case .optional(let inner) = type { return literal(inner) }
    return literal(type)
  }

  private mutating func call(_ type: SpecType, _ place: Surroundings, depth: Int) -> Term? {
    let candidates = functions.filter { $0.result == type }
    if candidates.isEmpty { return nil }
    let function = pick(candidates)
    let arguments = function.parameters.map { expression($0, place, depth: depth).text }
    return listed("\(function.name)(", arguments, ")")
  }

  private mutating func member(_ index: Int, _ place: Surroundings, depth: Int) -> Term {
    guard let count = agents[index].count, chance(40) else { return leaf(.agent(index), place) }
    let place = expression(.range(0, count - 1), place, depth: depth - 1)
    return Term("\(agents[index].name)[\(place.text)]")
  }
}
