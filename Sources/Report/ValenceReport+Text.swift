extension ValenceReport {
  /// As text for a terminal.
  public var text: String {
    var lines = ["\(title): valence of \(decision)  \(file)"]
    let extent = bound.map { "not all: \($0)" } ?? "all reachable states"
    lines.append("  \(counted(states, "state")), \(counted(transitions, "transition")) – \(extent)")
    if !isExhaustive {
      lines.append("  what is left out may add decisions: each state has at least those below")
    }
    for count in counts {
      let still = isExhaustive ? "still possible" : "seen to be possible"
      lines.append("  \(counted(count.states, "state")) with \(count.values) \(still)")
    }
    lines += initialLines + bivalentLines + criticalLines + undecidedLines
    return lines.joined(separator: "\n") + "\n"
  }

  private var title: String { workflow + (check.map { ", check \($0)" } ?? "") }

  private var atLeast: String { isExhaustive ? "" : "at least " }

  private var initialLines: [String] {
    var lines = ["", "Initial states, each one input from its neighbour where that can be:"]
    for (place, state) in initial.enumerated() {
      let mark = place == differing?.0 || place == differing?.1 ? "▸" : " "
      let inputs = state.inputs.isEmpty ? "the only one" : state.inputs
      let isNothingSeen = !isExhaustive && state.values == ValenceReport.noDecision
      let values = isNothingSeen ? "\(state.values) seen" : atLeast + state.values
      lines.append("  \(mark) \(inputs): \(values)")
    }
    if let (first, second) = differing {
      lines.append(
        "  ▸ differ in one input: from the one \(initial[first].values) is possible, "
          + "from the other \(initial[second].values)")
    }
    return lines
  }

  private var bivalentLines: [String] {
    if bivalent == 0 {
      return [
        "",
        isExhaustive
          ? "No state is bivalent: every decision is made by the inputs."
          : "No state was seen to be bivalent.",
      ]
    }
    return [
      "", "\(atLeast)\(counted(bivalent, "bivalent state")).".capitalizedFirst,
      "  \(atLeast)\(grouped(kept)) of \(grouped(pairs)) times, an extension with a pending event "
        + "ends bivalent",
    ]
  }

  private var criticalLines: [String] {
    if bivalent == 0 { return [] }
    if !isExhaustive { return ["  critical states need every state, and were not looked for"] }
    if criticalCount == 0 { return ["  no state is critical: no single step must decide"] }
    var lines = [
      "  \(counted(criticalCount, "critical state")), where the next step decides, "
        + "whoever takes it:"
    ]
    let shown = decisions.prefix(decisionsShown)
    for decision in shown {
      lines.append(
        "    \(decision.event) → \(decision.values), in \(counted(decision.states, "state"))")
    }
    let hidden = decisions.count - shown.count
    if hidden > 0 { lines.append("    and \(hidden) more ways to decide") }
    let way = wayToCritical.enumerated().map { "    \($0 + 1). \($1)" }
    lines +=
      way.isEmpty
      ? ["  one is an initial state, and there"]
      : ["  the first one, after \(counted(way.count, "step")):"] + way + ["  and then"]
    return lines + deciders.map { "    \($0.event) → \($0.values)" }
  }

  private var undecidedLines: [String] {
    switch undecided {
    case .none:
      return [
        "",
        isExhaustive
          ? "No fair run stays bivalent and undecided for ever."
          : "No fair run within these states stays bivalent and undecided for ever.",
      ]
    case .notSearched(let why):
      return ["", "Whether a fair run stays undecided is unknown: \(why)."]
    case .stem(let stem, let cycle):
      return ["", "Everybody keeps acting and nobody ever decides:"]
        + stem.enumerated().map { "  \($0 + 1). \($1)" }
        + ["  then for ever, \(counted(cycle.count, "step")):"]
        + cycle.enumerated().map { "  \(stem.count + $0 + 1). \($1)" }
    }
  }
}

/// Rows of the table of those who decide; the JSON has them all.
private let decisionsShown = 8

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
