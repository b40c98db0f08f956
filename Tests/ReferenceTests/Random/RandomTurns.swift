/// Small specs in which two agents go to and fro while a third one waits for messages: which of
/// their states come together, and how often, is what strong fairness hangs on.
///
/// The same seed gives the same text.
struct RandomTurns {
  private var random: SplitMix
  private var lines = ["workflow Turns", "message M()", "message N()"]

  static func text(seed: UInt64, formulas: Int) -> String {
    var turns = RandomTurns(random: SplitMix(seed: seed))
    turns.write(formulas)
    return turns.lines.joined(separator: "\n") + "\n"
  }

  private init(random: SplitMix) { self.random = random }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func chance(_ of: Int) -> Bool { number(1...of) == 1 }

  private mutating func write(_ formulas: Int) {
    lines.append("network \(chance(2) ? "fifo" : "unordered")")
    for shared in ["a", "b"] { lines.append("shared var \(shared): 0..2 = \(number(0...1))") }
    walker("Ann", along: "a", sends: "M")
    walker("Cay", along: "b", sends: chance(2) ? "N" : "M")
    lines.append("agent Bob {")
    lines.append("  var got: 0..2 = 0")
    lines.append("  on M() when \(meeting()) { got = \(number(1...2)) }")
    if chance(2) { lines.append("  on N()\(chance(2) ? "" : " when \(meeting())") { got = 1 }") }
    if chance(3) { lines.append("  step rest when \(meeting()) { got = \(number(0...2)) }") }
    lines.append("}")
    for index in 0..<formulas { lines.append("property f\(index): \(formula())") }
  }

  /// Round a ring of two or three values, perhaps with a place to stay.
  private mutating func walker(_ name: String, along shared: String, sends message: String) {
    lines.append("agent \(name) {")
    if chance(2) { lines.append("  on start { send \(message)() to Bob }") }
    let length = number(2...3)
    for value in 0..<length {
      let word = chance(6) ? "unfair step" : "step"
      let next = (value + 1) % length
      lines.append("  \(word) s\(value) when \(shared) == \(value) { \(shared) = \(next) }")
    }
    lines.append("}")
  }

  private mutating func meeting() -> String {
    let (one, other) = ("a == \(number(0...2))", "b == \(number(0...2))")
    switch number(0...5) {
    case 0...2: return "\(one) and \(other)"
    case 3: return "(\(one) or \(other))"
    case 4: return chance(2) ? "a == b" : "a != b"
    default: return chance(2) ? one : other
    }
  }

  private mutating func atom() -> String {
    chance(6) ? "(a == \(number(0...2)))" : "(Bob.got \(chance(2) ? "==" : "!=") \(number(0...2)))"
  }

  private mutating func formula() -> String {
    switch number(0...4) {
    case 0, 1: "eventually \(atom())"
    case 2: "always eventually \(atom())"
    case 3: "eventually always \(atom())"
    default: "\(atom()) leads to \(atom())"
    }
  }
}
