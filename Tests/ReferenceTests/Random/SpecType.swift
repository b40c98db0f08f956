/// A type of a random spec, by how it is written.
indirect enum SpecType: Hashable {
  case bool
  case range(Int, Int)
  /// Index of the enumeration.
  case enumeration(Int)
  case record(Int)
  case optional(SpecType)
  case set(SpecType)
  case sequence(SpecType, Int)
  case map(SpecType, SpecType)
  /// Index of the agent declaration.
  case agent(Int)
  case anyAgent

  var isRange: Bool { if case .range = self { true } else { false } }
}

/// An expression of a random spec: its text, and how tightly it binds.
struct Term {
  enum Level: Int, Comparable {
    /// Reaches as far right as it can: `if`, quantifiers.
    case open
    case iff, implies, or, and, not, comparison, union, intersect, range, sum, product, negation
    case postfix
    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }
  let text: String
  let level: Level

  init(_ text: String, _ level: Level = .postfix) {
    self.text = text
    self.level = level
  }

  /// In parentheses unless it binds at least that tightly.
  func at(least level: Level) -> String { self.level < level ? "(\(text))" : text }
}

/// Something with a name that an expression may read or a statement may write.
struct Named {
  let text: String
  let type: SpecType
}

/// Where an expression or statement stands.
struct Surroundings {
  enum Region {
    case agent(Int)
    case monitor, property, function, initializer
  }
  var region: Region
  var readable: [Named] = []
  var writable: [Named] = []
  /// Whether a message is at hand.
  var hasSender = false
  /// Whether sends may be repeated without end, so that they need a limit of their own.
  var repeats = true
  /// How deep blocks may still nest.
  var depth = 2
}
