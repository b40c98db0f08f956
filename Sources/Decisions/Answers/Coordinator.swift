import CZ3

/// Whether agents that choose on their own can clash.
///
/// A choice of an agent fixes all its decisions, such that the prompt can still be satisfied.
/// Choices clash where the prompt cannot be satisfied with all of them. That such choices exist is
/// a formula with two quantifiers, ∃ choices ∀ rest: decided by guessing choices and learning,
/// from each completion that refutes the guess, what else it completes (counterexample-guided;
/// Solar-Lezama et al. 2006, Janota and Marques-Silva 2011).
struct Coordinator {
  /// Rounds of guessing for one group.
  private static let roundsMax = 400

  private let refiner: Refiner
  private let model: PromptModel
  private let session: Z3Session
  /// The requirements over each agent's own copy of the decisions, by agent.
  private var copies: [Int: (translation: Translation, isLegal: Literal)] = [:]
  private let deadline: ContinuousClock.Instant

  init(_ refiner: Refiner) {
    self.refiner = refiner
    model = refiner.model
    session = refiner.session
    deadline = .now + refiner.options.coordinationTime
  }

  private enum Verdict {
    case clash(choices: [Int: [LeafID: LeafValue]], members: [Int: Assignment])
    case free
    case unknown(String)
  }

  mutating func run() -> Coordination {
    let agents = model.agents.indices.filter { !owned($0).isEmpty }
    if agents.count < 2 { return .notNeeded }
    for agent in agents { addCopy(agent) }
    let plain = plainClashes()
    // All at once then: mostly nobody can clash, and that is known soon.
    let early = min(deadline, .now + refiner.options.coordinationTime / 4)
    let whole = plain.isEmpty ? search(agents, until: early) : .unknown("not asked")
    if case .free = whole { return .free }
    return clashes(agents, whole, plain)
  }

  /// Clashes that one requirement shows which speaks of chosen decisions alone: nothing is left to
  /// complete it with, so that a single query tells. By agents.
  private mutating func plainClashes() -> [[Int]: Clash] {
    var found: [[Int]: Clash] = [:]
    for requirement in model.requirements where ContinuousClock.now < deadline {
      let leaves = model[requirement].term.leaves
      let owners = leaves.map { model.decisions[model.leaves[$0.index].decision].owner ?? -1 }
      let agents = Set(owners).sorted()
      guard agents.count > 1, agents[0] >= 0, found[agents] == nil else { continue }
      let term = choosing(agents).ast(model[requirement].term)
      let isBroken = session.literal(for: cz3_mk_not(session.context, term))
      let areLegal = agents.compactMap { copies[$0]?.isLegal }
      guard case .satisfiable = session.check(areLegal + [isBroken]), let members = members(agents)
      else { continue }
      found[agents] = Clash(
        agents: agents,
        choices: agents.map { agent in
          Dictionary(
            uniqueKeysWithValues: owned(agent).compactMap { leaf in
              members[agent].map { (leaf, $0[leaf]) }
            })
        }, requirements: [requirement])
    }
    return found
  }

  /// Terms in which each agent's decisions are those of its own copy.
  private func choosing(_ agents: [Int]) -> Translation {
    var leaves = refiner.translation.leaves
    for agent in agents {
      guard let copy = copies[agent] else { continue }
      for leaf in owned(agent) { leaves[leaf.index] = copy.translation.leaves[leaf.index] }
    }
    return Translation(session, leaves: leaves)
  }

  private func owned(_ agent: Int) -> [LeafID] {
    model.decisions.filter { $0.owner == agent }.flatMap(\.leaves)
  }

  private mutating func addCopy(_ agent: Int) {
    let translation = Translation(session, model)
    let terms: [cz3_ast?] = model.requirements.map { translation.ast(model[$0].term) }
    let all = cz3_mk_and(session.context, UInt32(terms.count), terms) as cz3_ast
    copies[agent] = (translation, session.literal(for: all))
  }

  // MARK: One group

  /// Whether the agents can clash when the pinned decisions have their values.
  private func search(
    _ agents: [Int], pins: [LeafID: LeafValue] = [:], until deadline: ContinuousClock.Instant
  ) -> Verdict {
    // What speaks of no choice holds in every completion.
    let chosen = Set(agents.flatMap { owned($0) })
    let touched = model.requirements.filter { !model[$0].term.leaves.isDisjoint(with: chosen) }
    var assumptions = agents.compactMap { copies[$0]?.isLegal }
    for agent in agents {
      guard let copy = copies[agent] else { continue }
      assumptions += pins.map { session.literal(for: equality($0.key, $0.value, copy.translation)) }
    }
    for _ in 0..<Self.roundsMax {
      if ContinuousClock.now > deadline { return .unknown("it took too long") }
      switch session.check(assumptions) {
      case .unsatisfiable: return .free
      case .unknown(let reason): return .unknown(reason)
      case .satisfiable: break
      }
      guard let members = members(agents) else { return .unknown("a choice is irrational") }
      let choices = members.mapValuesWithKey { agent, member in
        Dictionary(uniqueKeysWithValues: owned(agent).map { ($0, member[$0]) })
      }
      switch session.check(refiner.promptLiterals + literals(choices) + literals([0: pins])) {
      case .unsatisfiable: return .clash(choices: choices, members: members)
      case .unknown(let reason): return .unknown(reason)
      case .satisfiable:
        guard let completion = refiner.assignment() else { return .unknown("irrational") }
        assumptions.append(isNotCompleted(by: completion, agents, touched))
      }
    }
    return .unknown("no end after \(Self.roundsMax) guesses")
  }

  private func members(_ agents: [Int]) -> [Int: Assignment]? {
    var result: [Int: Assignment] = [:]
    for agent in agents {
      guard let copy = copies[agent] else { return nil }
      var values: [LeafValue] = []
      for leaf in copy.translation.leaves {
        guard let value = session.value(of: leaf) else { return nil }
        values.append(value)
      }
      result[agent] = Assignment(values: values)
    }
    return result
  }

  private func equality(
    _ leaf: LeafID, _ value: LeafValue, _ translation: Translation
  ) -> cz3_ast {
    let constant = translation.constant(value, model.leaves[leaf.index].sort)
    return cz3_mk_eq(session.context, translation.leaves[leaf.index], constant)
  }

  /// One literal for each agent: that the decisions have the values it chose.
  private func literals(_ choices: [Int: [LeafID: LeafValue]]) -> [Literal] {
    choices.sorted { $0.key < $1.key }.map { _, values in literal(values) }
  }

  private func literal(_ values: [LeafID: LeafValue]) -> Literal {
    let terms: [cz3_ast?] = values.sorted { $0.key.index < $1.key.index }.map {
      equality($0.key, $0.value, refiner.translation)
    }
    return session.literal(for: cz3_mk_and(session.context, UInt32(terms.count), terms))
  }

  /// The agents' choices are such that the prompt does not hold with these values for all that they
  /// do not decide.
  private func isNotCompleted(
    by completion: Assignment, _ agents: [Int], _ requirements: [ClauseID]
  ) -> Literal {
    var leaves = model.leaves.indices.map { index in
      refiner.translation.constant(completion.values[index], model.leaves[index].sort)
    }
    for agent in agents {
      guard let copy = copies[agent] else { continue }
      for leaf in owned(agent) { leaves[leaf.index] = copy.translation.leaves[leaf.index] }
    }
    let mixed = Translation(session, leaves: leaves)
    let broken = requirements.map { mixed.ast(model[$0].term) }
    return session.literal(for: session.anyOf(broken, negated: true))
  }

  // MARK: All groups

  private func clashes(
    _ agents: [Int], _ whole: Verdict, _ plain: [[Int]: Clash]
  ) -> Coordination {
    var found: [Clash] = []
    var unknown: String?
    for (place, agent) in agents.enumerated() {
      for other in agents[(place + 1)...] where mayMeet(agent, other) {
        if let clash = plain[[agent, other].sorted()] {
          found.append(clash)
          continue
        }
        switch search([agent, other], until: deadline) {
        case .clash(let choices, _): found.append(clash(choices))
        case .free: break
        case .unknown(let reason): unknown = reason
        }
      }
    }
    if found.isEmpty {
      if let larger = smallest(plain) {
        found.append(larger)
      } else if case .clash(let choices, _) = whole {
        // Pair by pair they agree: the group is larger.
        found.append(clash(choices))
      } else {
        return .unknown(unknown ?? "whether more than two agents can clash took too long")
      }
    }
    let pinned: Assignment? =
      switch (refiner.refinement.joint, refiner.refinement.prompt) {
      case (.satisfiable(let joint, _), _): joint
      case (_, .satisfiable(let sample, _)): sample
      default: nil
      }
    let fewest = pinned.flatMap { pins(agents, to: $0) }
    return .clashes(found, isComplete: unknown == nil, pins: fewest, pinned: pinned)
  }

  /// Of the fewest agents, the first ones.
  private func smallest(_ clashes: [[Int]: Clash]) -> Clash? {
    clashes.min { a, b in
      a.key.count == b.key.count
        ? a.key.lexicographicallyPrecedes(b.key) : a.key.count < b.key.count
    }?.value
  }

  /// Whether requirements connect the decisions of the two, perhaps by way of others.
  private func mayMeet(_ agent: Int, _ other: Int) -> Bool {
    var reached = Set(model.decisions.indices.filter { model.decisions[$0].owner == agent })
    var connected = model.requirements.map { model.decisions(in: model[$0].term) }
    var isGrowing = true
    while isGrowing {
      let touching = connected.filter { !$0.isDisjoint(with: reached) }
      isGrowing = !touching.isEmpty
      connected.removeAll { !$0.isDisjoint(with: reached) }
      reached.formUnion(touching.flatMap { $0 })
    }
    return reached.contains { model.decisions[$0].owner == other }
  }

  /// The witness with only those agents and requirements that it takes.
  private func clash(_ choices: [Int: [LeafID: LeafValue]]) -> Clash {
    let agents = choices.keys.sorted()
    let chosen = Dictionary(uniqueKeysWithValues: agents.map { (literal(choices[$0] ?? [:]), $0) })
    var all = chosen.sorted { $0.value < $1.value }.map(\.key) + refiner.promptLiterals
    if case .unsatisfiable(let core) = session.check(all) { all = core }
    let few = refiner.session.shrunk(all, keeping: Set(refiner.promptLiterals))
    let needed = refiner.session.shrunk(few, keeping: Set(few.filter { chosen[$0] != nil }))
    let clashing = needed.compactMap { chosen[$0] }.sorted()
    return Clash(
      agents: clashing, choices: clashing.map { choices[$0] ?? [:] },
      requirements: needed.compactMap { refiner.clauseOf[$0] }.sorted())
  }

  // MARK: Pins

  /// The fewest decisions that, pinned to their values in a member of Φ(P), leave no clash; nil
  /// where that is not known.
  ///
  /// A clash stays possible unless one of the decisions is pinned in which somebody's idea of the
  /// whole differs from the member: a hitting set, of the fewest elements, of the clashes found so
  /// far either leaves none or shows another (Reiter 1987; Chandrasekaran et al. 2011).
  private func pins(_ agents: [Int], to member: Assignment) -> [Int]? {
    guard let map = try? Z3Session(refiner.options.limits) else { return nil }
    let isPinned = model.decisions.map { _ in map.freshBool() }
    var toHit: [cz3_ast] = []
    while true {
      guard case .satisfiable = map.minimize(isPinned.map { ($0, 1) }, hard: toHit) else {
        return nil
      }
      let fewest = isPinned.indices.filter { map.isTrue(isPinned[$0]) }
      var values: [LeafID: LeafValue] = [:]
      for leaf in fewest.flatMap({ model.decisions[$0].leaves }) { values[leaf] = member[leaf] }
      switch search(agents, pins: values, until: deadline) {
      case .free: return fewest
      case .unknown: return nil
      case .clash(_, let members):
        let differing = model.decisions.indices.filter { index in
          model.decisions[index].leaves.contains { leaf in
            members.values.contains { $0[leaf] != member[leaf] }
          }
        }
        toHit.append(map.anyOf(differing.map { isPinned[$0] }, negated: false))
      }
    }
  }
}

extension Dictionary {
  fileprivate func mapValuesWithKey<Result>(
    _ transform: (Key, Value) -> Result
  ) -> [Key: Result] {
    [Key: Result](uniqueKeysWithValues: map { ($0.key, transform($0.key, $0.value)) })
  }
}
