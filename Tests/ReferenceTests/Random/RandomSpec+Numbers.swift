extension RandomSpec {
  /// A number inside a range, by bending it back where that may be needed (or not, at times).
  mutating func ranged(_ lower: Int, _ upper: Int, _ place: Surroundings, depth: Int) -> Term {
    let type = SpecType.range(lower, upper)
    let plain = leaf(type, place)
    let sum = plain.at(least: .sum)
    switch pick(weights: [5, 3, 3, 2, 3, 2, 1]) {
    case 0: return plain
    case 1:
      return Term(
        "if \(plain.at(least: .union)) < \(upper) then \(sum) + 1 else \(lower)", .open)
    case 2: return Term("min(\(upper), \(sum) + \(number(1...2)))")
    case 3: return Term("max(\(lower), \(sum) - 1)")
    case 4 where lower == 0:
      let total = integer(place, depth: depth - 1)
      return Term("max(0, \(total.at(least: .product)) % \(upper + 1))")
    case 5:
      let total = integer(place, depth: depth - 1)
      return Term("max(\(lower), min(\(upper), \(total.text)))")
    default: return chance(35) ? integer(place, depth: depth - 1) : plain
    }
  }

  /// Some number.
  mutating func integer(_ place: Surroundings, depth: Int) -> Term {
    if depth <= 0 || chance(35) { return number(place) }
    switch pick(weights: [4, 6, 3, 3, 2, 2, 1]) {
    case 0: return number(place)
    case 1: return arithmetic(place, depth: depth - 1)
    case 2:
      let collection = expression(
        chance(70) ? .set(element(place)) : .sequence(key(), 2), place, depth: 0)
      if ["{", "["].contains(where: collection.text.hasPrefix) { return number(place) }
      return Term("size(\(collection.text))")
    case 3: return aggregate(place, depth: depth - 1)
    case 4:
      let identities = accesses(place).filter {
        if case .agent = $0.type { $0.isSafe } else { false }
      }
      return identities.isEmpty ? number(place) : Term("index(\(pick(identities).text))")
    case 5:
      let word = chance(50) ? "min(" : "max("
      if chance(25) {
        let set = setExpression(.range(0, number(1...2)), place, depth: depth - 1)
        return listed(word, [set.text], ")")
      }
      let terms = (0..<2).map { _ in integer(place, depth: depth - 1).text }
      return listed(word, terms, ")")
    default: return Term("-\(integer(place, depth: 0).at(least: .postfix))", .negation)
    }
  }

  /// A number that can be read, or a literal.
  private mutating func number(_ place: Surroundings) -> Term {
    let known = accesses(place).filter { $0.type.isRange && ($0.isSafe || chance(20)) }
    if !known.isEmpty && chance(75) { return Term(pick(known).text) }
    return chance(2) ? Term("\(pick([Int.max, Int.max / 2 + 1, 1 << 32]))") : literal(range())
  }

  private mutating func arithmetic(_ place: Surroundings, depth: Int) -> Term {
    let left = integer(place, depth: depth)
    let right = integer(place, depth: depth)
    switch pick(weights: [4, 3, 2, 1, 2]) {
    case 0: return Term("\(left.at(least: .sum)) + \(right.at(least: .product))", .sum)
    case 1: return Term("\(left.at(least: .sum)) - \(right.at(least: .product))", .sum)
    case 2: return Term("\(left.at(least: .product)) * \(right.at(least: .negation))", .product)
    case 3:
      let divisor = chance(70) ? "\(number(1...3))" : right.at(least: .negation)
      return Term("\(left.at(least: .product)) / \(divisor)", .product)
    default:
      let divisor = chance(80) ? "\(number(2...3))" : right.at(least: .negation)
      return Term("\(left.at(least: .product)) % \(divisor)", .product)
    }
  }

  /// `count x in S: p`, `sum x in S where p: e`.
  private mutating func aggregate(_ place: Surroundings, depth: Int) -> Term {
    let (element, set) = walkedExpression(place, depth: depth)
    let binder = name("x")
    var inner = place
    inner.readable.append(Named(text: binder, type: element))
    let heading = "\(binder)\(anotherBinder(element, &inner)) in \(set.text)"
    if chance(60) {
      return Term("count \(heading): \(expression(.bool, inner, depth: depth).text)", .open)
    }
    let filter = chance(40) ? " where \(expression(.bool, inner, depth: 0).text)" : ""
    return Term("sum \(heading)\(filter): \(integer(inner, depth: depth).text)", .open)
  }
}
