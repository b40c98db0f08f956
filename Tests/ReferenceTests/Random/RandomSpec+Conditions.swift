extension RandomSpec {
  /// A condition.
  mutating func condition(_ place: Surroundings, depth: Int) -> Term {
    if depth <= 0 { return comparison(place, depth: 0) }
    switch pick(weights: [3, 9, 3, 2, 1, 1, 2, 3, 3]) {
    case 0: return leaf(.bool, place)
    case 1: return comparison(place, depth: depth - 1)
    case 2: return connected("and", .and, .and, .not, place, depth: depth - 1)
    case 3: return connected("or", .or, .or, .and, place, depth: depth - 1)
    case 4: return connected("implies", .implies, .or, .implies, place, depth: depth - 1)
    case 5: return connected("iff", .iff, .iff, .implies, place, depth: depth - 1)
    case 6: return Term("not \(condition(place, depth: depth - 1).at(least: .not))", .not)
    case 7: return membership(place, depth: depth - 1)
    default: return quantified(place, depth: depth - 1)
    }
  }

  private mutating func connected(
    _ word: String, _ level: Term.Level, _ left: Term.Level, _ right: Term.Level,
    _ place: Surroundings, depth: Int
  ) -> Term {
    let first = condition(place, depth: depth).at(least: left)
    let second = condition(place, depth: depth).at(least: right)
    return Term("\(first) \(word) \(second)", level)
  }

  private mutating func comparison(_ place: Surroundings, depth: Int) -> Term {
    let candidates = accesses(place).filter { $0.isSafe || chance(8) }
    if candidates.isEmpty || chance(12) {
      let left = integer(place, depth: depth).at(least: .union)
      let right = integer(place, depth: depth).at(least: .union)
      return Term("\(left) \(pick(["<", "<=", ">", ">=", "==", "!="])) \(right)", .comparison)
    }
    let access = pick(candidates)
    if access.type == .bool && chance(60) {
      return chance(50) ? Term(access.text) : Term("not \(access.text)", .not)
    }
    if case .range(let lower, let upper) = access.type, chance(60) {
      let bound = Term("\(number(lower...upper))").text
      return Term("\(access.text) \(pick(["<", "<=", ">", ">=", "=="])) \(bound)", .comparison)
    }
    let other = expression(access.type, place, depth: depth).at(least: .union)
    return Term("\(access.text) \(chance(55) ? "==" : "!=") \(other)", .comparison)
  }

  private mutating func membership(_ place: Surroundings, depth: Int) -> Term {
    let sequences = accesses(place).filter { access in
      if case .sequence = access.type { access.isSafe } else { false }
    }
    if !sequences.isEmpty, chance(40) { return contained(in: pick(sequences), place) }
    let element = element(place)
    let value = leaf(element, place).at(least: .union)
    let set = domainExpression(element, place, depth: depth).at(least: .union)
    return Term("\(value) in \(set)", .comparison)
  }

  /// `x in s` for a sequence.
  private mutating func contained(in sequence: Access, _ place: Surroundings) -> Term {
    guard case .sequence(let element, _) = sequence.type else { return Term(sequence.text) }
    let value = concrete(element, place, depth: 0).at(least: .union)
    return Term("\(value) in \(sequence.text)", .comparison)
  }

  private mutating func quantified(_ place: Surroundings, depth: Int) -> Term {
    let (element, set) = walkedExpression(place, depth: depth)
    let binder = name("x")
    var inner = place
    inner.readable.append(Named(text: binder, type: element))
    inner.readable += foreignVariables(of: binder, element, place)
    let others = anotherBinder(element, &inner)
    let filter = chance(30) ? " where \(condition(inner, depth: 0).text)" : ""
    let word = chance(50) ? "all" : "some"
    return Term(
      "\(word) \(binder)\(others) in \(set.text)\(filter): "
        + condition(inner, depth: depth).text, .open)
  }

  /// `, y` behind the first binder, at times.
  mutating func anotherBinder(_ element: SpecType, _ place: inout Surroundings) -> String {
    guard chance(12) else { return "" }
    let binder = Named(text: name("x"), type: element)
    place.readable.append(binder)
    return ", \(binder.text)"
  }

  /// What properties, monitors and environments may read of a bound agent.
  private func foreignVariables(
    of binder: String, _ type: SpecType, _ place: Surroundings
  ) -> [Named] {
    guard case .agent(let index) = type, readsEverything(place) else { return [] }
    return agents[index].variables.map { Named(text: "\(binder).\($0.text)", type: $0.type) }
      + ["crashed", "stopped", "byzantine"].map { Named(text: "\(binder).\($0)", type: .bool) }
  }

  func readsEverything(_ place: Surroundings) -> Bool {
    switch place.region {
    case .agent(let index): agents[index].isEnvironment
    case .monitor, .property: true
    case .function, .initializer: false
    }
  }
}
