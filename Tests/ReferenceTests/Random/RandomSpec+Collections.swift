extension RandomSpec {
  /// A type of which there are sets to choose from or walk through.
  mutating func element(_ place: Surroundings) -> SpecType {
    let known = accesses(place).compactMap { access -> SpecType? in
      if case .set(let element) = access.type, access.isSafe { element } else { nil }
    }
    return known.isEmpty || chance(70) ? key() : pick(known)
  }

  /// A set to choose from or walk through.
  mutating func domainExpression(
    _ element: SpecType, _ place: Surroundings, depth: Int
  ) -> Term {
    if let domain = domain(element), depth <= 0 || chance(50) { return domain }
    return setExpression(element, place, depth: depth)
  }

  /// What a `for` or a quantifier goes through, and what it binds: a set, or at times a sequence.
  mutating func walkedExpression(
    _ place: Surroundings, depth: Int
  ) -> (element: SpecType, domain: Term) {
    if chance(35), let sequence = walkedSequence(place, depth: depth) { return sequence }
    let element = element(place)
    return (element, domainExpression(element, place, depth: depth))
  }

  /// A sequence that tells its type: one that can be read, a part of it, or a list.
  private mutating func walkedSequence(
    _ place: Surroundings, depth: Int
  ) -> (element: SpecType, domain: Term)? {
    let known = accesses(place).filter { access in
      if case .sequence = access.type { access.isSafe } else { false }
    }
    if !known.isEmpty, chance(75) {
      let sequence = pick(known)
      guard case .sequence(let element, _) = sequence.type else { return nil }
      switch pick(weights: [6, 1, 2]) {
      case 0: return (element, Term(sequence.text))
      case 1: return (element, Term("rest(\(sequence.text))"))
      default:
        let last = concrete(element, place, depth: 0).at(least: .iff)
        return (element, Term("\(sequence.text) + [\(last)]", .sum))
      }
    }
    let element = key()
    let elements = (0..<number(1...3)).map { _ in
      concrete(element, place, depth: 0).at(least: .iff)
    }
    return (element, listed("[", elements, "]"))
  }

  mutating func setExpression(_ element: SpecType, _ place: Surroundings, depth: Int) -> Term {
    let type = SpecType.set(element)
    if case .optional = element { return leaf(type, place) }
    if depth <= 0 { return filledSet(element, place) }
    switch pick(weights: [4, 3, 4, 2]) {
    case 0:
      let term = leaf(type, place)
      return term.text == "{}" ? filledSet(element, place) : term
    case 1: return filledSet(element, place)
    case 2:
      let left = setExpression(element, place, depth: depth - 1)
      let right = setExpression(element, place, depth: depth - 1)
      switch number(0...2) {
      case 0: return Term("\(left.at(least: .union)) union \(right.at(least: .intersect))", .union)
      case 1: return Term("\(left.at(least: .union)) minus \(right.at(least: .intersect))", .union)
      default:
        return Term(
          "\(left.at(least: .intersect)) intersect \(right.at(least: .range))", .intersect)
      }
    default:
      let binder = name("x")
      let set = domainExpression(element, place, depth: depth - 1)
      var inner = place
      inner.readable.append(Named(text: binder, type: element))
      let filter = condition(inner, depth: depth - 1)
      return Term("{\(binder) in \(set.text) where \(filter.text)}")
    }
  }

  private mutating func filledSet(_ element: SpecType, _ place: Surroundings) -> Term {
    let elements = (0..<number(1...2)).map { _ in
      concrete(element, place, depth: 0).at(least: .iff)
    }
    return listed("{", elements, "}")
  }

  /// Sequences grow as long as they are not full, and now and then beyond.
  mutating func sequence(
    _ element: SpecType, _ capacity: Int, _ place: Surroundings, depth: Int
  ) -> Term {
    let type = SpecType.sequence(element, capacity)
    let known = accesses(place).filter { $0.type == type && $0.isSafe }
    if known.isEmpty || chance(25) { return leaf(type, place) }
    let sequence = pick(known).text
    let longer = "\(sequence) + [\(expression(element, place, depth: depth - 1).at(least: .iff))]"
    switch pick(weights: [5, 4, 1]) {
    case 0: return Term("if size(\(sequence)) < \(capacity) then \(longer) else \(sequence)", .open)
    case 1: return Term("if size(\(sequence)) > 0 then rest(\(sequence)) else \(sequence)", .open)
    default: return chance(60) ? Term(longer, .sum) : Term("rest(\(sequence))")
    }
  }

  mutating func mapExpression(
    _ key: SpecType, _ value: SpecType, _ place: Surroundings, depth: Int
  ) -> Term {
    if chance(60) { return leaf(.map(key, value), place) }
    let binder = name("k")
    var inner = place
    inner.readable.append(Named(text: binder, type: key))
    let body = expression(value, inner, depth: depth - 1)
    return Term("map \(binder) in \(text(key)): \(body.text)", .open)
  }
}
