/// Small specs in which fairness decides: messages that can be taken at times only, and steps that
/// come and go, fair, unfair and of environments.
///
/// The same seed gives the same text.
struct RandomGates {
  private var random: SplitMix
  private let hasCoins: Bool
  /// Variables that nobody reads, or messages only, out of which nobody does.
  private let hasDeadData: Bool
  private var isShadeSent = false
  private var lines = ["workflow Gates", "shared var gate: 0..2 = 0"]

  static func text(
    seed: UInt64, formulas: Int, hasCoins: Bool, hasDeadData: Bool = false
  ) -> String {
    var gates = RandomGates(
      random: SplitMix(seed: seed), hasCoins: hasCoins, hasDeadData: hasDeadData)
    gates.write(formulas)
    return gates.lines.joined(separator: "\n") + "\n"
  }

  private init(random: SplitMix, hasCoins: Bool, hasDeadData: Bool) {
    self.random = random
    self.hasCoins = hasCoins
    self.hasDeadData = hasDeadData
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func write(_ formulas: Int) {
    isShadeSent = hasDeadData && number(0...3) == 0
    lines.append("message M(v: 0..1\(isShadeSent ? ", w: bool" : ""))")
    lines.append("network \(number(0...1) == 0 ? "fifo" : "unordered") capacity 2")
    if number(0...3) == 0 { lines.append("faults { lose messages }") }
    keeper("agent Ann", steps: number(1...2), isFair: true)
    if number(0...1) == 0 { keeper("environment Eve", steps: number(1...2), isFair: false) }
    receiver()
    for index in 0..<formulas {
      let formula = hasCoins && index % 2 == 0 ? combination() : formula(depth: 2)
      lines.append("property f\(index): \(formula)")
    }
  }

  /// Moves the gate, and may send.
  private mutating func keeper(_ heading: String, steps: Int, isFair: Bool) {
    lines.append("\(heading) {")
    if hasDeadData { lines += ["  var a: bool = false", "  var b: bool = false"] }
    if isFair { lines.append("  on start { \(send("\(number(0...1))", shade: "a")) }") }
    for step in 0..<steps {
      let word = isFair && number(0...3) == 0 ? "unfair step" : "step"
      lines.append("  \(word) s\(step) when gate == \(number(0...2)) {")
      if hasDeadData {
        lines.append("    \(["a = not a", "b = a", "a = not b", "a = b"][number(0...3)])")
      }
      if hasCoins && number(0...1) == 0 {
        lines.append("    flip c in 0..\(number(1...2))")
        lines.append("    gate = \(["c", "2 - c", "(gate + c) % 3"][number(0...2)])")
      } else if number(0...3) == 0 {
        lines.append("    choose c in 0..2")
        lines.append("    gate = c")
      } else {
        lines.append("    gate = \(number(0...2))")
      }
      if isFair && number(0...4) == 0 {
        lines.append("    \(send("\(number(0...1))", shade: "a"))")
      }
      lines.append("  }")
    }
    lines.append("}")
  }

  private func send(_ value: String, shade: String) -> String {
    "send M(\(value)\(isShadeSent ? ", \(shade)" : "")) to Bob"
  }

  private mutating func receiver() {
    lines.append("agent Bob {")
    lines.append("  var got: 0..2 = 0")
    lines.append("  on M(v\(isShadeSent ? ", w" : "")) when gate == \(number(0...2)) {")
    lines.append("    got = \(["1", "v", "(got + 1) % 3"][number(0...2)])")
    if number(0...2) == 0 { lines.append("    \(send("1 - v", shade: "true"))") }
    if number(0...2) == 0 { lines.append("    gate = \(number(0...2))") }
    lines.append("  }")
    if number(0...1) == 0 {
      lines.append("  step rest when got == \(number(0...2)) { gate = \(number(0...2)) }")
    }
    lines.append("}")
  }

  private mutating func atom() -> String {
    "(\(["gate", "Bob.got"][number(0...1)]) \(["==", "!="][number(0...1)]) \(number(0...2)))"
  }

  /// What `NaiveMonitors` decides.
  private mutating func combination() -> String {
    let shapes = (0..<number(1...3)).map { _ in
      [
        "eventually \(atom())", "always eventually \(atom())", "eventually always \(atom())",
        "\(atom()) leads to \(atom())", "\(atom()) until \(atom())", "always \(atom())",
        "not (always eventually \(atom()))",
      ][number(0...6)]
    }
    return shapes.map { "(\($0))" }.joined(
      separator: [" and ", " or ", " implies "][number(0...2)])
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
    default: return "(always (\(atom()) implies can \(atom())))"
    }
  }
}
