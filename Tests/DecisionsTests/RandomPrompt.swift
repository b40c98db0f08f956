/// SplitMix64 (Steele, Lea, Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A small random prompt with claims of three agents.
struct RandomPrompt {
  static let agents = ["Ann", "Bob", "Cid"]

  private(set) var types: [ReferenceType] = []
  private(set) var text = ""
  /// By decision, who decides it.
  private(set) var owners: [String?] = []
  private var random: SeededGenerator

  /// Prompts of one seed are the same, whatever the other seed makes of the claims.
  init(seed: UInt64, claims claimSeed: UInt64? = nil) {
    random = SeededGenerator(state: seed)
    let kinds: [ReferenceType] = [
      .bool, .range(-1, 2), .range(0, 2), .cases(["red", "green", "blue"]), .set(.range(0, 1)),
      .map(.bool, .range(0, 1)), .cases(["on", "off"]),
    ]
    types = (0..<pick(2...4)).map { _ in kinds[pick(0...kinds.count - 1)] }
    // One with more values than are listed, and one without bounds but for what is required.
    if chance(20) { types[0] = .range(-2, 64) }
    if chance(20) { types[1] = .int(-2, 2) }
    var lines = ["prompt Random \"a task\" {"]
    for (index, type) in types.enumerated() {
      let values = type.values.filter { if case .map = $0 { false } else { true } }
      let value = values.isEmpty ? nil : literal(values[pick(0...values.count - 1)])
      let ending = chance(60) ? value.map { " default \($0)" } ?? "" : ""
      lines.append("  decision d\(index): \(type.text)\(ending)")
    }
    for (index, type) in types.enumerated() {
      guard case .int(let low, let high) = type else { continue }
      lines += ["  require d\(index) >= \(low)", "  require d\(index) <= \(high)"]
    }
    for _ in 0..<pick(0...3) { lines.append("  require \(condition(2))") }
    lines.append("}")
    if let claimSeed { random = SeededGenerator(state: claimSeed) }
    finish(lines)
  }

  /// One in which agents are likely to clash: many decisions of few values in short clauses.
  init(clashing seed: UInt64) {
    random = SeededGenerator(state: seed)
    let kinds: [ReferenceType] = [
      .bool, .bool, .bool, .range(0, 2), .cases(["red", "green", "blue"]), .set(.range(0, 1)),
    ]
    types = (0..<pick(4...6)).map { _ in kinds[pick(0...kinds.count - 1)] }
    var lines = ["prompt Random \"a task\" {"]
    for (index, type) in types.enumerated() { lines.append("  decision d\(index): \(type.text)") }
    for _ in 0..<pick(2...6) {
      let atoms = (0..<pick(2...3)).map { _ in atom(pick(0...types.count - 1)) }
      lines.append("  require \(atoms.joined(separator: " or "))")
    }
    finish(lines + ["}"])
  }

  /// One with a decision for each of five agents, and one that nobody decides.
  init(groups seed: UInt64) {
    random = SeededGenerator(state: seed)
    types = (0..<6).map { $0 < 4 ? .bool : .range(0, 2) }
    var lines = ["prompt Random \"a task\" {"]
    for (index, type) in types.enumerated() { lines.append("  decision d\(index): \(type.text)") }
    for _ in 0..<pick(1...4) {
      let atoms = types.indices.shuffled(using: &random).prefix(pick(2...4)).map { atom($0) }
      lines.append("  require \(atoms.joined(separator: " or "))")
    }
    finish(lines + ["}"], agents: Self.agents + ["Dan", "Eve"], owners: [0, 1, 2, 3, 4, 5])
  }

  private mutating func finish(
    _ prompt: [String], agents: [String] = Self.agents, owners given: [Int]? = nil
  ) {
    var lines = prompt
    let owners = given ?? types.indices.map { _ in pick(0...3) }
    self.owners = owners.map { agents.indices.contains($0) ? agents[$0] : nil }
    for (agent, name) in agents.enumerated() {
      let own = types.indices.filter { owners[$0] == agent }.map { "d\($0)" }
      lines.append("claims of \(name) {")
      if !own.isEmpty { lines.append("  decides \(own.joined(separator: ", "))") }
      for _ in 0..<pick(0...2) { lines.append("  \(condition(1))") }
      lines.append("}")
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    .random(in: range, using: &random)
  }

  private mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }

  private func literal(_ value: ReferenceValue) -> String? {
    switch value {
    case .set(let members): "{\(members.map(\.text).sorted().joined(separator: ", "))}"
    case .map, .record: nil
    default: value.text
    }
  }

  // MARK: Expressions

  private mutating func condition(_ depth: Int) -> String {
    if depth > 0, chance(60) {
      let (a, b) = (condition(depth - 1), condition(depth - 1))
      switch pick(0...5) {
      case 0: return "(\(a) and \(b))"
      case 1: return "(\(a) or \(b))"
      case 2: return "(\(a) implies \(b))"
      case 3: return "(\(a) iff \(b))"
      case 4: return "not (\(a))"
      default: return "(if \(a) then \(b) else \(condition(0)))"
      }
    }
    return atom(pick(0...types.count - 1))
  }

  private mutating func atom(_ index: Int) -> String {
    let name = "d\(index)"
    switch types[index] {
    case .bool: return chance(50) ? name : "\(name) == \(chance(50))"
    case .range, .int: return comparison(name)
    case .cases(let names):
      let one = names[pick(0...names.count - 1)]
      switch pick(0...2) {
      case 0: return "\(name) == \(one)"
      case 1: return "\(one) != \(name)"
      default: return "\(name) in {\(one), \(names[pick(0...names.count - 1)])}"
      }
    case .set: return setAtom(name)
    case .map:
      switch pick(0...3) {
      case 0: return "\(name)[true] == \(pick(0...1))"
      case 1: return "(all k in bool: \(name)[k] >= \(pick(0...1)))"
      case 2: return "(some k in bool where k: \(name)[k] < 1)"
      default: return "(sum k in bool: \(name)[k]) == \(pick(0...2))"
      }
    }
  }

  private mutating func setAtom(_ name: String) -> String {
    switch pick(0...4) {
    case 0: return "\(pick(0...1)) in \(name)"
    case 1: return "size(\(name)) == \(pick(0...2))"
    case 2: return "\(name) minus {0} == {\(pick(0...1))}"
    case 3: return "(count x in \(name) union {1}: x > 0) <= \(pick(0...1))"
    default: return "{x in 0..1 where x != \(pick(0...1))} == \(name) intersect 0..1"
    }
  }

  private mutating func comparison(_ name: String) -> String {
    let operators = ["<", "<=", "==", "!=", ">", ">="]
    let sign = operators[pick(0...operators.count - 1)]
    let other = number(1)
    switch pick(0...6) {
    case 0: return "\(name) / 2 \(sign) \(other)"
    case 1: return "\(name) % 2 \(sign) \(other)"
    case 2: return "\(name) * \(other) \(sign) 1"
    case 3: return "max(\(name), \(other)) \(sign) 1"
    case 4: return "\(name) - \(other) \(sign) 0"
    case 5: return "\(name) in \(pick(-1...1))..\(other)"
    default: return "\(name) \(sign) \(other)"
    }
  }

  private mutating func number(_ depth: Int) -> String {
    let ranges = types.indices.filter {
      switch types[$0] {
      case .range, .int: true
      default: false
      }
    }
    if depth > 0, chance(30) { return "(\(number(0)) + \(number(0)))" }
    return !ranges.isEmpty && chance(50)
      ? "d\(ranges[pick(0...ranges.count - 1)])" : "\(pick(-1...2))"
  }
}
