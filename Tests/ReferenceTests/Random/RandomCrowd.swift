/// Small specs of two or three agents that mostly do not touch each other: what one of them does
/// can wait while another one moves, and fairness decides which formulas hold.
///
/// The same seed gives the same text.
struct RandomCrowd {
  private var random: SplitMix
  private var agents = 2
  private var hasRuns = false
  private var lines = ["workflow Crowd", "message M(v: 0..1)", "message N()"]

  static func text(seed: UInt64, formulas: Int) -> String {
    var crowd = RandomCrowd(random: SplitMix(seed: seed))
    crowd.write(formulas)
    return crowd.lines.joined(separator: "\n") + "\n"
  }

  private init(random: SplitMix) { self.random = random }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func chance(_ of: Int) -> Bool { number(1...of) == 1 }

  private static let names = ["Ann", "Bob", "Cay"]

  private mutating func write(_ formulas: Int) {
    agents = number(2...3)
    lines.append("network \(chance(2) ? "fifo" : "unordered")\(chance(2) ? " capacity 2" : "")")
    if chance(8) { lines.append("faults { lose messages }") }
    for shared in 0...1 { lines.append("shared var g\(shared): 0..2 = \(number(0...2))") }
    for name in RandomCrowd.names.prefix(agents) { agent(name) }
    if chance(3) {
      lines.append("environment Eve {")
      lines.append("  step tick when g1 == \(number(0...2)) { g1 = \(number(0...2)) }")
      lines.append("}")
    }
    for index in 0..<formulas {
      lines.append("property f\(index): \(formula(depth: number(1...2)))")
    }
  }

  private mutating func agent(_ name: String) {
    lines.append("agent \(name) {")
    lines.append("  var x: 0..2 = \(number(0...2))")
    lines.append("  var y: bool = \(chance(2))")
    if chance(3) { lines.append("  on start { \(effect(name)); \(sending(name)) }") }
    if chance(5) {
      turns(of: "g\(number(0...1))")
    } else if chance(2) {
      for step in 0..<number(1...3) {
        let word = chance(5) ? "unfair step" : "step"
        lines.append("  \(word) s\(step) when \(condition(name)) { \(effects(name)) }")
      }
    } else {
      run(name)
    }
    if chance(2) { lines.append("  on M(v)\(receiptGuard(name)) { \(effects(name)) }") }
    if chance(4) { lines.append("  on N()\(receiptGuard(name)) { \(effects(name)) }") }
    lines.append("}")
  }

  /// A shared variable that goes to and fro.
  private mutating func turns(of shared: String) {
    let (one, other) = (number(0...1), 2)
    lines.append("  step up when \(shared) == \(one) { \(shared) = \(other) }")
    lines.append("  step down when \(shared) == \(other) { \(shared) = \(one) }")
  }

  private mutating func receiptGuard(_ name: String) -> String {
    if chance(4) { return " when g0 == \(number(0...2)) and g1 == \(number(0...2))" }
    return chance(2) ? "" : " when \(condition(name))"
  }

  private mutating func run(_ name: String) {
    lines.append("  run {")
    let isLoop = !chance(4)
    if isLoop { lines.append("    loop {") }
    for _ in 0..<number(1...3) {
      switch number(0...4) {
      case 0: lines.append("      await \(condition(name))")
      case 1: lines.append("      yield")
      case 2:
        lines.append("      either { await \(condition(name)); \(effect(name)) }")
        lines.append("      or { await \(condition(name)); \(effect(name)) }")
      default: lines.append("      await \(condition(name))")
      }
      lines.append("      \(effects(name))")
    }
    if isLoop {
      lines.append("      yield")
      lines.append("    }")
    }
    lines.append("  }")
  }

  private mutating func condition(_ name: String) -> String {
    let own = ["x == \(number(0...2))", "x != \(number(0...2))", "y", "not y"]
    let shared = ["g0 == \(number(0...2))", "g1 != \(number(0...2))", "g0 == g1"]
    switch number(0...7) {
    case 0...2: return own[number(0...3)]
    case 3: return shared[number(0...2)]
    case 4: return "\(own[number(0...3)]) and \(shared[number(0...2)])"
    case 5: return "(\(own[number(0...3)]) or \(shared[number(0...2)]))"
    case 6: return "(\(own[number(0...1)]) and \(own[number(2...3)]))"
    default: return shared[0]
    }
  }

  private mutating func effects(_ name: String) -> String {
    chance(3) ? "\(effect(name)); \(sending(name))" : effect(name)
  }

  private mutating func effect(_ name: String) -> String {
    [
      "x = \(number(0...2))", "x = (x + 1) % 3", "y = not y", "y = \(chance(2))", "x = 2 - x",
      chance(2) ? "g0 = \(number(0...2))" : "x = (x + 1) % 3",
      chance(2) ? "g1 = (g1 + 1) % 3" : "y = not y",
    ][number(0...6)]
  }

  private mutating func sending(_ name: String) -> String {
    let others = RandomCrowd.names.prefix(agents).filter { $0 != name }
    let other = others[number(0...others.count - 1)]
    if chance(3) { return effect(name) }
    return chance(3) ? "send N() to \(other)" : "send M(\(number(0...1))) to \(other)"
  }

  private mutating func atom() -> String {
    let name = RandomCrowd.names[number(0...agents - 1)]
    switch number(0...5) {
    case 0, 1: return "(\(name).x == \(number(0...2)))"
    case 2: return "(\(name).x != \(number(0...2)))"
    case 3: return "\(name).y"
    case 4: return "(g0 == \(number(0...2)))"
    default: return "(not \(name).y)"
    }
  }

  private mutating func formula(depth: Int) -> String {
    if depth == 0 { return atom() }
    switch number(0...6) {
    case 0: return "(eventually \(formula(depth: depth - 1)))"
    case 1: return "(always eventually \(formula(depth: depth - 1)))"
    case 2: return "(eventually always \(formula(depth: depth - 1)))"
    case 3: return "(\(atom()) leads to \(formula(depth: depth - 1)))"
    case 4: return "(\(atom()) until \(formula(depth: depth - 1)))"
    case 5: return "((always eventually \(atom())) implies \(formula(depth: depth - 1)))"
    default: return "((eventually \(atom())) and \(formula(depth: depth - 1)))"
    }
  }
}
