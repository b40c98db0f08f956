/// A small random spec that is correct by construction, or nearly so.
///
/// The same seed gives the same text.
struct RandomSpec {
  struct Enumeration {
    let name: String
    let cases: [String]
  }
  struct Record {
    let name: String
    let fields: [Named]
  }
  struct MessageType {
    let name: String
    let fields: [Named]
    let isFIFO: Bool
    /// Declarations that take it.
    let receivers: [Int]
  }
  struct Agent {
    let name: String
    /// Nil: no family.
    let count: Int?
    let isEnvironment: Bool
    var variables: [Named] = []
  }
  struct Decision {
    enum Kind {
      case bool
      case range(Int, Int)
      /// The index of the enumeration; nil for one in braces.
      case cases([String], enumeration: Int?)
    }
    let name: String
    let kind: Kind
  }
  struct FunctionType {
    let name: String
    let parameters: [SpecType]
    let result: SpecType
  }
  struct Faults {
    var lines: [String] = []
    var hasRecovery = false
    var hasByzantine = false
    var hasCrash = false
  }

  var random: SplitMix
  var enumerations: [Enumeration] = []
  var records: [Record] = []
  var messages: [MessageType] = []
  var agents: [Agent] = []
  var functions: [FunctionType] = []
  var constants: [Named] = []
  var shared: [Named] = []
  /// Names with the monitor in front.
  var monitored: [Named] = []
  /// Names of variables that are never assigned.
  var inputs: Set<String> = []
  var faults = Faults()
  var decisions: [Decision] = []
  var hasCapacity = false
  /// Words of choices.
  var choices = ["choose", "ask", "flip"]
  /// Properties of executions to write.
  var formulaCount = 0
  /// Names given out so far.
  private var names = 0
  private(set) var lines: [String] = []
  private var indentation = 0

  /// Whether it has a prompt that agents commit to.
  let hasPrompt: Bool

  init(seed: UInt64) {
    random = SplitMix(seed: seed)
    hasPrompt = seed % 4 == 3
  }

  /// The text of a spec.
  static func text(seed: UInt64) -> String {
    var spec = RandomSpec(seed: seed)
    spec.write()
    return spec.lines.joined(separator: "\n") + "\n"
  }

  // Choices.

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    precondition(!elements.isEmpty, "nothing to pick from")
    return elements[number(0...elements.count - 1)]
  }

  /// One of the indices, each as often as its weight.
  mutating func pick(weights: [Int]) -> Int {
    var rest = number(0...weights.reduce(0, +) - 1)
    for (index, weight) in weights.enumerated() {
      if rest < weight { return index }
      rest -= weight
    }
    return 0
  }

  // Text.

  mutating func name(_ prefix: String) -> String {
    names += 1
    return "\(prefix)\(names)"
  }

  mutating func line(_ text: String) {
    lines.append(String(repeating: "  ", count: indentation) + text)
  }

  mutating func block(_ heading: String, _ body: (inout RandomSpec) -> Void) {
    line("\(heading) {")
    indented(body)
    line("}")
  }

  mutating func indented(_ body: (inout RandomSpec) -> Void) {
    indentation += 1
    body(&self)
    indentation -= 1
  }
}
