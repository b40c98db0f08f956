extension RandomSpec {
  mutating func faultDeclaration() {
    guard chance(65) else { return }
    for _ in 0..<pick(weights: [0, 6, 3, 1]) { fault() }
    block("faults") { spec in
      for line in spec.faults.lines { spec.line(line) }
    }
  }

  private mutating func fault() {
    let budget = "up to \(chance(75) ? 1 : 2)"
    switch pick(weights: [3, 3, 4, 3, messages.isEmpty ? 0 : 3, messages.isEmpty ? 0 : 3]) {
    case 0: crash(budget, "")
    case 1: crash(budget, ", partial sends")
    case 2:
      let inside = chance(30) ? ", partial sends" : ""
      faults.hasRecovery = true
      crash(budget, "\(inside) with recovery")
    case 3:
      faults.hasByzantine = true
      faults.lines.append("byzantine \(budget) of \(victims())")
    case 4: faults.lines.append("lose \(chance(60) ? "\(budget) " : "")messages\(types())")
    default:
      let isLimited = !hasCapacity || chance(50)
      faults.lines.append("duplicate \(isLimited ? "\(budget) " : "")messages\(types())")
    }
  }

  private mutating func crash(_ budget: String, _ variant: String) {
    faults.hasCrash = true
    faults.lines.append("crash \(budget) of \(victims())\(variant)")
  }

  private mutating func victims() -> String {
    chance(25) ? "Agent" : pick(agents).name
  }

  private mutating func types() -> String {
    guard chance(30) else { return "" }
    let names = messages.map(\.name).shuffled(using: &random)
    return " of \(names.prefix(number(1...2)).joined(separator: ", "))"
  }
}
