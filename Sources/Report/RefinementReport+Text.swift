import Decisions

extension RefinementReport {
  public var text: String {
    let parts = [verdict, difference.map(changes), choices, remarks, coordination, statistics]
    return parts.compactMap { $0 }.filter { !$0.isEmpty }
      .map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  // MARK: The verdict

  private var verdict: [String] {
    switch (refinement.prompt, refinement.joint) {
    case (.conflict(let conflict), _):
      return ["\(model.name): no program satisfies the prompt", "", "  these cannot all hold:"]
        + clauses(conflict.requirements)
    case (.unknown(let reason), _):
      return ["\(model.name): whether any program satisfies the prompt is unknown: \(reason)"]
    case (_, .conflict): return clash
    case (_, .unknown(let reason)):
      return ["\(model.name): whether the claims refine one program is unknown: \(reason)"]
    case (_, .satisfiable(let sample, let changes)): return agreement(sample, changes)
    }
  }

  private func agreement(_ sample: Assignment, _ changes: [Int]) -> [String] {
    let isClaimed = !model.claims.isEmpty
    var lines = wrapped(
      isClaimed
        ? "\(model.name): the claims of \(list(model.agents)) refine one program"
        : "\(model.name): the prompt is satisfiable; nothing is claimed yet", indent: 0, hanging: 2)
    lines.append("")
    for leaf in model.leaves.indices {
      lines.append("  " + model.text(of: LeafID(leaf), in: sample))
    }
    if !changes.isEmpty {
      let names = list(changes.map { model.decisions[$0].name })
      lines += [""] + wrapped("other than by default: \(names)", indent: 2, hanging: 4)
    }
    return lines
  }

  private var clash: [String] {
    let count = refinement.conflicts.count
    let more = refinement.hasMoreConflicts ? " or more" : ""
    var lines = [
      "\(model.name): the claims refine no common program: "
        + (count == 1 && more.isEmpty ? "1 conflict" : "\(count)\(more) conflicts")
    ]
    for (index, conflict) in refinement.conflicts.enumerated() {
      let agents = Set(conflict.claims.compactMap { model[$0].agent }).sorted()
      let title = "conflict \(index + 1), of \(list(agents.map { model.agents[$0] })):"
      lines += [""] + wrapped(title, indent: 2, hanging: 4)
      lines += clauses(conflict.claims + conflict.requirements)
    }
    if let withdrawal = refinement.withdrawal {
      lines += ["", "  without \(withdrawal.count == 1 ? "this" : "these") the rest agrees:"]
      lines += clauses(withdrawal)
    }
    return lines
  }

  /// A line for each where all fit into 80 columns, with the places in a column of their own;
  /// otherwise the place is below the clause.
  private func clauses(_ ids: [ClauseID]) -> [String] {
    let speakers = ids.map(speaker)
    let width = speakers.map(\.count).max() ?? 0
    let textWidth = ids.map { model[$0].text.count }.max() ?? 0
    let lines = zip(ids, speakers).map { id, speaker in
      "    \(pad(speaker, width))  \(pad(model[id].text, textWidth))  \(place(model[id].span))"
    }
    if lines.allSatisfy({ $0.count <= Self.columns }) { return lines }
    return zip(ids, speakers).flatMap { id, speaker in
      wrapped("\(pad(speaker, width))  \(model[id].text)", indent: 4, hanging: 6 + width)
        + ["      \(place(model[id].span))"]
    }
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  func list(_ names: [String]) -> String {
    guard let last = names.last else { return "nobody" }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
  }

  // MARK: Decisions

  private var choices: [String] {
    if refinement.choices.isEmpty { return [] }
    let names = refinement.choices.map { model.leaves[$0.leaf.index].name }
    let width = min(40, names.map(\.count).max() ?? 0)
    var lines = ["decisions"]
    for (choice, name) in zip(refinement.choices, names) {
      let decision = model.leaves[choice.leaf.index].decision
      var line = "\(pad(name, width))  \(text(of: choice.inPrompt, choice.leaf))"
      if let claimed = choice.withClaims, claimed != choice.inPrompt {
        line += "; by the claims \(text(of: claimed, choice.leaf))"
      }
      lines += wrapped(line + "  (\(owner(decision)))", indent: 2, hanging: width + 4)
    }
    return lines
  }

  func text(of remark: ClaimRemark) -> String {
    let claim = "\(speaker(remark.claim)) `\(model[remark.claim].text)`"
    switch remark.kind {
    case .contradictsPrompt(let clauses):
      return "\(claim), against the prompt: \(list(clauses.map { "`\(model[$0].text)`" }))"
    case .isImplied: return "\(claim), which the prompt implies already"
    case .isForeign(let owners):
      return "\(claim), which is for \(list(owners.map { model.agents[$0] })) to decide"
    case .isUnowned: return "\(claim), which nobody decides"
    }
  }

  private var remarks: [String] {
    if refinement.remarks.isEmpty { return [] }
    return ["remarks"]
      + refinement.remarks.flatMap { remark in
        wrapped(
          "\(text(of: remark))  \(place(model[remark.claim].span))", indent: 2, hanging: 4)
      }
  }

  // MARK: Coordination

  private var coordination: [String] {
    switch refinement.coordination {
    case .notAsked, .notNeeded: return []
    case .free: return ["coordination: not needed; whatever each agent decides, all of it fits"]
    case .unknown(let reason): return ["coordination: unknown: \(reason)"]
    case .clashes(let clashes, let doubt, let pins):
      var lines = ["coordination: agents that decide alone can clash"]
      for clash in clashes.prefix(Self.witnessesMax) { lines += witness(clash) }
      lines += others(clashes.dropFirst(Self.witnessesMax))
      if let doubt { lines.append("  perhaps others, too: \(doubt)") }
      return lines + self.pins(pins)
    }
  }

  /// Clashes that are shown with their choices.
  private static let witnessesMax = 12

  /// The other groups by name, so that none is left out.
  private func others(_ clashes: ArraySlice<Clash>) -> [String] {
    if clashes.isEmpty { return [] }
    let groups = clashes.map { $0.agents.map { model.agents[$0] }.joined(separator: "–") }
    return ["  and \(clashes.count) more (choices in --format json):"]
      + filled(groups, indent: 4)
  }

  private func pins(_ answer: PinAnswer) -> [String] {
    switch answer {
    case .fewest(let pins, let program):
      let count = pins.count == 1 ? "this decision" : "these \(pins.count) decisions"
      return ["  nobody needs to talk if the prompt pins \(count):"]
        + filled(pins.map { values(of: $0, in: program) }, indent: 4)
    case .enough(let pins, let program, let least):
      return wrapped(
        "nobody needs to talk if the prompt pins these \(pins.count) decisions; at least "
          + "\(least) must be pinned, and whether fewer than \(pins.count) do is not known:",
        indent: 2, hanging: 2)
        + filled(pins.map { values(of: $0, in: program) }, indent: 4)
    case .unknown(let reason): return ["  the fewest decisions to pin are not known: \(reason)"]
    }
  }

  private func witness(_ clash: Clash) -> [String] {
    var lines = ["  \(list(clash.agents.map { model.agents[$0] })) must talk; for example"]
    for (agent, choices) in zip(clash.agents, clash.choices) {
      let values = choices.sorted { $0.key.index < $1.key.index }.map { leaf, value in
        let known = model.leaves[leaf.index]
        return "\(known.name) = \(model.text(of: value, known.sort))"
      }
      let words = "\(model.agents[agent]) decides \(values.joined(separator: ", "))"
      lines += wrapped(words, indent: 4, hanging: 6)
    }
    return lines + clauses(clash.requirements)
  }

  // MARK: The rest

  private func changes(_ difference: RefinementDifference) -> [String] {
    if difference.isEmpty { return ["against the claims of before: nothing changes"] }
    func part(_ title: String, _ items: [String]) -> [String] {
      items.flatMap { wrapped("\(title): \($0)", indent: 2, hanging: 4) }
    }
    return ["against the claims of before"] + part("new conflict", difference.newConflicts)
      + part("no conflict any more", difference.mendedConflicts)
      + part("newly forced", difference.newlyForced) + part("newly free", difference.newlyFree)
      + part("changed", difference.changedChoices)
      + part("new remark", difference.newRemarks)
  }

  private var statistics: [String] {
    let counts = [
      (model.decisions.count, "decision"), (model.requirements.count, "requirement"),
      (model.claims.count, "claim"), (model.agents.count, "agent"),
      (refinement.queryCount, "solver call"),
    ]
    let words = counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    return refinement.unknowns.flatMap { wrapped("unknown: \($0)", indent: 0, hanging: 2) }
      + ["  \(words)"]
  }
}
