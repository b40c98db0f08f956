import TransitionSystem

/// Which decisions are still possible where, for people.
public struct ValenceReport: Sendable {
  /// The text of no possible value.
  public static let noDecision = "no decision"

  public var workflow = ""
  public var check: String?
  public var file = ""
  /// As it was written.
  public var decision = ""
  public var states = 0
  public var transitions = 0
  /// Where the graph ends, in words; nil where it has all reachable states.
  public var bound: String?
  /// The bound is the user's own wish.
  public var isWished = false
  /// By text of the possible values, such as `{0, 1}`: how many states.
  public var counts: [(values: String, states: Int)] = []
  public var bivalent = 0
  /// Pairs of bivalent state and pending event, and those that an extension keeps bivalent.
  public var pairs = 0
  public var kept = 0
  /// In an order of one-input changes: the inputs, and the values possible from there.
  public var initial: [(inputs: String, values: String)] = []
  /// Places in `initial` of two neighbours from which different values are possible.
  public var differing: (Int, Int)?
  public var criticalCount = 0
  /// The steps of a shortest way to the first critical state.
  public var wayToCritical: [String] = []
  /// The events of the first critical state, each with the values left after it.
  public var deciders: [(event: String, values: String)] = []
  /// Who decides, by what and on which values, in how many critical states; the most frequent
  /// first.
  public var decisions: [(agent: String, event: String, values: String, states: Int)] = []
  public var undecided = UndecidedRun.none
  public var drawing: ValenceDrawing?

  /// A fair run in which nobody decides.
  public enum UndecidedRun: Sendable {
    case none
    case stem([String], cycle: [String])
    /// Why it was not looked for, or not found out.
    case notSearched(String)
  }

  public init() {}

  public var isExhaustive: Bool { bound == nil }

  /// Initial states from which more than one value is possible.
  public var bivalentStarts: Int { initial.count { $0.values.contains(",") } }
}

/// The graph behind a report, for drawings.
public struct ValenceDrawing: Sendable {
  public struct Node: Sendable {
    /// The length of a shortest way to it.
    public let depth: Int
    /// Index in `ValenceReport.counts`.
    public let values: Int
    public let isDecided: Bool
    public let isCritical: Bool
    public let isInitial: Bool
    public init(depth: Int, values: Int, isDecided: Bool, isCritical: Bool, isInitial: Bool) {
      self.depth = depth
      self.values = values
      self.isDecided = isDecided
      self.isCritical = isCritical
      self.isInitial = isInitial
    }
  }
  public struct Edge: Sendable {
    public let from: Int
    public let to: Int
    /// A step of the run that never decides.
    public let isOnLasso: Bool
    public init(from: Int, to: Int, isOnLasso: Bool) {
      self.from = from
      self.to = to
      self.isOnLasso = isOnLasso
    }
  }
  /// Empty where there are too many to draw one by one.
  public var nodes: [Node] = []
  public var edges: [Edge] = []
  /// By depth, by index in `ValenceReport.counts`: how many states.
  public var levels: [[Int]] = []
  public init() {}
}

/// What a step is called in the spec's own words, with what it changes: "Node step bid (x: 0 → 1)".
public func stepWords(
  _ step: TraceStep, from before: [UInt64], in system: TransitionSystem
) -> String {
  let words = TraceWords(system: system)
  let changes = step.state.map { words.changes(from: before, to: $0) } ?? []
  let told = changes.filter { !$0.isSecondary }.map(\.text).joined(separator: ", ")
  return words.label(step) + (told.isEmpty ? "" : " (\(told))")
}

/// "3 of 8 initial states, 99 of 222 states": how much is bivalent, beside a verdict.
public func valenceWords(
  starts: Int, of initial: Int, bivalent: Int, of states: Int, isComplete: Bool
) -> String {
  let atLeast = isComplete ? "" : "at least "
  return "\(atLeast)\(grouped(starts)) of \(counted(initial, "initial state")), "
    + "\(atLeast)\(grouped(bivalent)) of \(counted(states, "state"))"
}
