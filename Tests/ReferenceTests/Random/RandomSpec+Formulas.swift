/// Properties of executions.
extension RandomSpec {
  /// The text of a spec with properties of executions, with or without coins.
  static func text(seed: UInt64, formulas: Int, hasCoins: Bool) -> String {
    var spec = RandomSpec(seed: seed)
    spec.formulaCount = formulas
    spec.choices = hasCoins ? ["choose", "flip"] : ["choose", "ask"]
    spec.write()
    return spec.lines.joined(separator: "\n") + "\n"
  }

  /// Half of them are of the shapes that people write, the others of any.
  mutating func formula(_ place: Surroundings) -> String {
    let (a, b) = (atom(place), atom(place))
    switch pick(weights: [3, 3, 4, 2, 2, 1, 1, 1, 14]) {
    case 0: return "eventually \(a)"
    case 1: return "always eventually \(a)"
    case 2: return "\(a) leads to \(b)"
    case 3: return "eventually always \(a)"
    case 4: return "\(a) until \(b)"
    case 5: return "always (\(a) implies can \(b))"
    case 6: return "can always can \(a)"
    case 7: return "can always \(a)"
    default: return nested(place, depth: 3)
    }
  }

  private mutating func nested(_ place: Surroundings, depth: Int) -> String {
    if depth == 0 || (depth < 3 && chance(25)) { return atom(place) }
    let first = nested(place, depth: depth - 1)
    switch pick(weights: [4, 4, 4, 2, 2, 2, 3, 2, 2]) {
    case 0: return "(always \(first))"
    case 1: return "(eventually \(first))"
    case 2: return "(\(first) until \(nested(place, depth: depth - 1)))"
    case 3: return "(\(first) and \(nested(place, depth: depth - 1)))"
    case 4: return "(\(first) or \(nested(place, depth: depth - 1)))"
    case 5: return "(\(first) implies \(nested(place, depth: depth - 1)))"
    case 6: return "(not \(first))"
    case 7: return "(can \(possible(place, depth: depth - 1)))"
    default: return "(\(first) leads to \(nested(place, depth: depth - 1)))"
    }
  }

  /// What may stand behind `can`.
  private mutating func possible(_ place: Surroundings, depth: Int) -> String {
    if depth == 0 || chance(30) { return atom(place) }
    let first = possible(place, depth: depth - 1)
    switch pick(weights: [3, 3, 1, 1, 1]) {
    case 0: return "(always \(first))"
    case 1: return "(can \(first))"
    case 2: return "(\(first) and \(possible(place, depth: depth - 1)))"
    case 3: return "(\(first) iff \(possible(place, depth: depth - 1)))"
    default: return "(not \(first))"
    }
  }

  private mutating func atom(_ place: Surroundings) -> String {
    "(\(condition(place, depth: chance(70) ? 0 : 1).text))"
  }
}
