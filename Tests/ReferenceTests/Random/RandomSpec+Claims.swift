extension RandomSpec {
  /// A prompt with a few decisions of few values.
  mutating func prompt() {
    for _ in 0..<number(1...3) {
      let kind: Decision.Kind
      switch number(0...3) {
      case 0: kind = .bool
      case 1: kind = .range(number(-1...0), number(1...3))
      case 2:
        let index = number(0...enumerations.count - 1)
        kind = .cases(enumerations[index].cases, enumeration: index)
      default: kind = .cases((0..<number(2...3)).map { _ in name("e") }, enumeration: nil)
      }
      decisions.append(Decision(name: name("d"), kind: kind))
    }
    block("prompt Random") { spec in
      for decision in spec.decisions {
        spec.line("decision \(decision.name): \(spec.text(decision))")
      }
      for _ in 0..<spec.number(0...2) {
        spec.line("require \(spec.claim(Surroundings(region: .property), depth: 1).text)")
      }
    }
  }

  private func text(_ decision: Decision) -> String {
    switch decision.kind {
    case .bool: "bool"
    case .range(let lower, let upper): "\(lower)..\(upper)"
    case .cases(_, let index?): enumerations[index].name
    case .cases(let cases, nil): "{ \(cases.joined(separator: ", ")) }"
    }
  }

  mutating func commit(_ place: Surroundings) {
    line("commit \(claim(place, depth: 1).text)")
  }

  /// A condition on decisions with what is readable in it.
  private mutating func claim(_ place: Surroundings, depth: Int) -> Term {
    guard depth > 0, chance(45) else { return atom(place) }
    switch number(0...3) {
    case 0:
      let first = claim(place, depth: depth - 1).at(least: .and)
      return Term("\(first) and \(atom(place).at(least: .not))", .and)
    case 1:
      let first = claim(place, depth: depth - 1).at(least: .or)
      return Term("\(first) or \(atom(place).at(least: .and))", .or)
    case 2:
      let flag = values(place) { $0 == .bool }.first ?? "true"
      return Term("\(flag) implies \(atom(place).at(least: .implies))", .implies)
    default: return Term("not \(claim(place, depth: depth - 1).at(least: .not))", .not)
    }
  }

  private mutating func atom(_ place: Surroundings) -> Term {
    let decision = pick(decisions)
    let name = decision.name
    switch decision.kind {
    case .bool:
      let flags = values(place) { $0 == .bool }
      if let flag = flags.first { return Term("\(name) == \(flag)", .comparison) }
      return chance(50) ? Term(name) : Term("not \(name)", .not)
    case .range(let lower, let upper):
      let numbers = values(place, \.isRange)
      let other = numbers.first.map { chance(30) ? "\($0) + 1" : $0 } ?? "\(number(lower...upper))"
      return Term("\(name) \(pick(["==", "!=", "<", "<=", ">", ">="])) \(other)", .comparison)
    case .cases(let cases, let index):
      if let index {
        let same = values(place) { $0 == .enumeration(index) }
        if let value = same.first { return Term("\(name) == \(value)", .comparison) }
        let sets = values(place) { $0 == .set(.enumeration(index)) }
        if let set = sets.first { return Term("\(name) in \(set)", .comparison) }
      }
      if chance(30) { return Term("\(name) in {\(pick(cases)), \(pick(cases))}", .comparison) }
      return Term("\(name) \(pick(["==", "!="])) \(pick(cases))", .comparison)
    }
  }

  /// What is readable with such a type, sometimes, in any order; constants that are no parameters
  /// are left to the prompt.
  private mutating func values(
    _ place: Surroundings, _ isWanted: (SpecType) -> Bool
  ) -> [String] {
    if chance(35) { return [] }
    let names = place.readable.filter { isWanted($0.type) && !$0.text.hasPrefix("C") }
    return names.map(\.text).shuffled(using: &random)
  }
}
