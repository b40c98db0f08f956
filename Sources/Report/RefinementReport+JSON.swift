import Decisions
import Diagnostics

extension RefinementReport {
  public var json: String { document.text() + "\n" }

  /// Schema 1.
  var document: JSONText {
    .object([
      ("schema", .integer(1)), ("prompt", .string(model.name)),
      ("agents", .array(model.agents.map(JSONText.string))),
      ("satisfiable", consistency(refinement.prompt)), ("refines", consistency(refinement.joint)),
      ("conflicts", .array(refinement.conflicts.map(conflict))),
      ("moreConflicts", .bool(refinement.hasMoreConflicts)),
      ("withdraw", refinement.withdrawal.map { .array($0.map(clause)) } ?? .null),
      ("decisions", .array(refinement.choices.map(choice))),
      ("remarks", .array(refinement.remarks.map(remark))),
      ("coordination", coordination), ("difference", difference.map(changes) ?? .null),
      ("unknown", .array(refinement.unknowns.map(JSONText.string))),
      ("solverCalls", .integer(refinement.queryCount)),
    ])
  }

  private func consistency(_ consistency: Consistency) -> JSONText {
    switch consistency {
    case .satisfiable(let sample, let changes):
      .object([
        ("answer", .string("yes")), ("sample", assignment(sample)),
        ("changed", .array(changes.map { .string(model.decisions[$0].name) })),
      ])
    case .conflict(let found): .object([("answer", .string("no")), ("conflict", conflict(found))])
    case .unknown(let why): .object([("answer", .string("unknown")), ("reason", .string(why))])
    }
  }

  private func assignment(_ assignment: Assignment) -> JSONText {
    .object(
      zip(model.leaves, assignment.values).map {
        ($0.name, .string(model.text(of: $1, $0.sort)))
      })
  }

  private func conflict(_ conflict: Conflict) -> JSONText {
    .array((conflict.claims + conflict.requirements).map(clause))
  }

  private func clause(_ id: ClauseID) -> JSONText {
    let clause = model[id]
    let location = sources.location(of: clause.span)
    return .object([
      ("agent", clause.agent.map { .string(model.agents[$0]) } ?? .null),
      ("clause", .string(clause.text)), ("file", .string(location.file)),
      ("line", .integer(location.line)), ("column", .integer(location.column)),
    ])
  }

  private func choice(_ choice: Choice) -> JSONText {
    let leaf = model.leaves[choice.leaf.index]
    return .object([
      ("decision", .string(leaf.name)),
      ("owner", model.decisions[leaf.decision].owner.map { .string(model.agents[$0]) } ?? .null),
      ("inPrompt", possible(choice.inPrompt, choice.leaf)),
      ("withClaims", choice.withClaims.map { possible($0, choice.leaf) } ?? .null),
    ])
  }

  private func possible(_ possible: Possible, _ leaf: LeafID) -> JSONText {
    let sort = model.leaves[leaf.index].sort
    func value(_ value: LeafValue) -> JSONText { .string(model.text(of: value, sort)) }
    switch possible {
    case .forced(let only): return .object([("forced", value(only))])
    case .values(let all): return .object([("open", .array(all.map(value)))])
    case .range(let lower, let upper):
      return .object([
        ("from", lower.map { .string($0.value) } ?? .null),
        ("fromIsPossible", lower.map { .bool($0.isAttained) } ?? .null),
        ("to", upper.map { .string($0.value) } ?? .null),
        ("toIsPossible", upper.map { .bool($0.isAttained) } ?? .null),
      ])
    case .texts(let some):
      return .object([("open", .array(some.map(value))), ("others", .bool(true))])
    case .unknown(let reason): return .object([("unknown", .string(reason))])
    }
  }

  private func remark(_ remark: ClaimRemark) -> JSONText {
    let kind =
      switch remark.kind {
      case .contradictsPrompt: "contradicts the prompt"
      case .isImplied: "implied by the prompt"
      case .isForeign: "decides for others"
      case .isUnowned: "decided by nobody"
      }
    return .object([
      ("kind", .string(kind)), ("claim", clause(remark.claim)), ("text", .string(text(of: remark))),
    ])
  }

  private var coordination: JSONText {
    switch refinement.coordination {
    case .notAsked: return .null
    case .notNeeded, .free: return .object([("needed", .bool(false))])
    case .unknown(let reason): return .object([("unknown", .string(reason))])
    case .clashes(let clashes, let doubt, let pins):
      return .object([
        ("needed", .bool(true)), ("complete", .bool(doubt == nil)),
        ("clashes", .array(clashes.map(clash))), ("pins", self.pins(pins)),
        ("pinsNeeded", pinsNeeded(pins)),
      ])
    }
  }

  private func pins(_ answer: PinAnswer) -> JSONText {
    switch answer {
    case .fewest(let pins, let program), .enough(let pins, let program, _):
      .array(pins.map { .string(values(of: $0, in: program)) })
    case .unknown: .null
    }
  }

  /// As many as there are where these are the fewest, otherwise a lower bound.
  private func pinsNeeded(_ answer: PinAnswer) -> JSONText {
    switch answer {
    case .fewest(let pins, _): .integer(pins.count)
    case .enough(_, _, let least): .integer(least)
    case .unknown: .null
    }
  }

  private func clash(_ clash: Clash) -> JSONText {
    let choices = zip(clash.agents, clash.choices).map { agent, values in
      (
        model.agents[agent],
        JSONText.object(
          values.sorted { $0.key.index < $1.key.index }.map {
            let leaf = model.leaves[$0.key.index]
            return (leaf.name, .string(model.text(of: $0.value, leaf.sort)))
          })
      )
    }
    return .object([
      ("choices", .object(choices)), ("requirements", .array(clash.requirements.map(clause))),
    ])
  }

  private func changes(_ difference: RefinementDifference) -> JSONText {
    func list(_ items: [String]) -> JSONText { .array(items.map(JSONText.string)) }
    return .object([
      ("newConflicts", list(difference.newConflicts)),
      ("mendedConflicts", list(difference.mendedConflicts)),
      ("newlyForced", list(difference.newlyForced)),
      ("newlyFree", list(difference.newlyFree)),
      ("changed", list(difference.changedChoices)),
      ("newRemarks", list(difference.newRemarks)),
    ])
  }
}
