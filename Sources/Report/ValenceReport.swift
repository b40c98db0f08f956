import TransitionSystem

/// Which decisions are still possible where, for people.
public struct ValenceReport: Sendable {
  public var workflow = ""
  public var check: String?
  public var file = ""
  public var decision = ""
  public var states = 0
  public var transitions = 0
  public var isExhaustive = true
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
  /// The events of the first critical state, each with its agent and the values left after it.
  public var deciders: [(agent: String, event: String, values: String)] = []
  public var undecided = UndecidedRun.none

  /// A fair run in which nobody decides.
  public enum UndecidedRun: Sendable {
    case none
    case stem([String], cycle: [String])
    case notDrawn(states: Int)
    /// Why it was not looked for.
    case notSearched(String)
  }

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

extension ValenceReport {
  /// As text for a terminal.
  public var text: String {
    var lines = ["\(title): valence of \(decision)  \(file)"]
    let extent = isExhaustive ? "all reachable states" : "not all: numbers below are at least so"
    lines.append("  \(counted(states, "state")), \(counted(transitions, "transition")) – \(extent)")
    for count in counts {
      lines.append("  \(counted(count.states, "state")) with \(count.values) still possible")
    }
    lines += initialLines + bivalentLines + criticalLines + undecidedLines
    return lines.joined(separator: "\n") + "\n"
  }

  private var title: String { workflow + (check.map { ", check \($0)" } ?? "") }

  private var initialLines: [String] {
    var lines = ["", "Initial states, each one input from its neighbour where that can be:"]
    for (place, state) in initial.enumerated() {
      let mark = place == differing?.0 || place == differing?.1 ? "▸" : " "
      lines.append(
        "  \(mark) \(state.inputs.isEmpty ? "the only one" : state.inputs): \(state.values)")
    }
    if let (first, second) = differing {
      lines.append(
        "  ▸ differ in one input: from the one \(initial[first].values) is possible, "
          + "from the other \(initial[second].values)")
    }
    return lines
  }

  private var bivalentLines: [String] {
    if bivalent == 0 { return ["", "No state is bivalent: every decision is made by the inputs."] }
    return [
      "", "\(atLeast)\(counted(bivalent, "bivalent state")).",
      "  \(grouped(kept)) of \(grouped(pairs)) times, an extension with a pending event "
        + "ends bivalent",
    ]
  }

  private var atLeast: String { isExhaustive ? "" : "at least " }

  private var criticalLines: [String] {
    if bivalent == 0 { return [] }
    if criticalCount == 0 { return ["  no state is critical: no single step must decide"] }
    return ["  \(atLeast)\(counted(criticalCount, "critical state")); in the first one"]
      + deciders.map { "    \($0.event) → \($0.values)" }
  }

  private var undecidedLines: [String] {
    switch undecided {
    case .none: return ["", "No fair run stays bivalent and undecided for ever."]
    case .notSearched(let why): return ["", "Fair undecided runs were not looked for: \(why)."]
    case .notDrawn(let states):
      return ["", "A fair run stays undecided for ever, within \(counted(states, "state"))."]
    case .stem(let stem, let cycle):
      return ["", "Everybody keeps acting and nobody ever decides:"]
        + stem.enumerated().map { "  \($0 + 1). \($1)" }
        + ["  then for ever, \(counted(cycle.count, "step")):"]
        + cycle.enumerated().map { "  \(stem.count + $0 + 1). \($1)" }
    }
  }

  /// The same as JSON.
  public var json: String {
    let run: JSONText =
      switch undecided {
      case .none: .object([("found", .bool(false))])
      case .notSearched(let why): .object([("notSearched", .string(why))])
      case .notDrawn(let states):
        .object([("found", .bool(true)), ("states", .integer(states))])
      case .stem(let stem, let cycle):
        .object([
          ("found", .bool(true)), ("stem", .array(stem.map { .string($0) })),
          ("cycle", .array(cycle.map { .string($0) })),
        ])
      }
    return JSONText.object([
      ("workflow", .string(workflow)), ("check", check.map { .string($0) } ?? .null),
      ("file", .string(file)), ("decision", .string(decision)), ("states", .integer(states)),
      ("transitions", .integer(transitions)), ("exhaustive", .bool(isExhaustive)),
      (
        "possible",
        .array(
          counts.map {
            .object([("values", .string($0.values)), ("states", .integer($0.states))])
          })
      ),
      ("bivalent", .integer(bivalent)), ("pairs", .integer(pairs)), ("kept", .integer(kept)),
      (
        "initial",
        .array(
          initial.map {
            .object([("inputs", .string($0.inputs)), ("values", .string($0.values))])
          })
      ),
      (
        "differing",
        differing.map { .array([.integer($0.0), .integer($0.1)]) } ?? .null
      ),
      ("critical", .integer(criticalCount)),
      (
        "deciders",
        .array(
          deciders.map {
            .object([
              ("agent", .string($0.agent)), ("event", .string($0.event)),
              ("values", .string($0.values)),
            ])
          })
      ),
      ("undecidedRun", run),
    ]).text() + "\n"
  }
}
