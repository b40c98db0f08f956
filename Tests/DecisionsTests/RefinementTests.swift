import Decisions
import Diagnostics
import Foundation
import Syntax
import Testing

/// Every answer about random prompts, against trying everything.
@Suite struct RefinementTests {
  private static let settings = ProcessInfo.processInfo.environment

  /// WFCHECK_SEED repeats a run, WFCHECK_RANDOM_PROMPTS says how many prompts it has.
  @Test func agreesWithTryingEverything() throws {
    let seed =
      Self.settings["WFCHECK_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
    let count = Self.settings["WFCHECK_RANDOM_PROMPTS"].flatMap { Int($0) } ?? 150
    print("random prompts: WFCHECK_SEED=\(seed) WFCHECK_RANDOM_PROMPTS=\(count)")
    var seen = Set<String>()
    for number in 0..<UInt64(count) {
      let trial = try #require(try Trial(seed: seed &+ number))
      let differences = trial.differences()
      #expect(differences == [], "seed \(seed &+ number)\n\(trial.text)")
      seen.formUnion(trial.kinds)
      if !differences.isEmpty { break }
    }
    if count >= 100 {
      #expect(seen.isSuperset(of: ["unsatisfiable", "refines", "conflicts", "clash", "free"]))
    }
  }
}

/// One random prompt with both sets of answers.
private struct Trial {
  let text: String
  private let refinement: Refinement
  private let truth: BruteForce
  private let weights: [Int32]
  private var model: PromptModel { refinement.model }

  /// Nil where the prompt is not understood.
  init?(seed: UInt64) throws {
    let prompt = RandomPrompt(seed: seed)
    text = prompt.text
    var sources = SourceSet()
    let id = sources.add(SourceFile(name: "random.wf", text: Array(text.utf8)))
    let (file, wrong) = parse(id, in: sources)
    let (model, found) = elaborate([file], in: sources)
    guard let model, wrong.isEmpty else {
      for diagnostic in wrong + found {
        Issue.record("\(renderText(diagnostic, sources: sources, color: false))\n\(text)")
      }
      return nil
    }
    var requirements: [Syntax.Expression] = []
    var claims: [Syntax.Expression] = []
    for declaration in file.declarations {
      switch declaration.kind {
      case .prompt(let prompt): requirements = prompt.requirements
      case .claims(let own): claims += own.clauses
      default: break
      }
    }
    truth = BruteForce(
      types: prompt.types, requirements: requirements, claims: claims,
      owners: model.decisions.map(\.owner))
    var options = RefinementOptions()
    options.conflictsMax = 100
    options.coordinationTime = .seconds(20)
    options.weights = ["Bob": 3]
    weights = model.claims.map { model[$0].agent.map { model.agents[$0] } == "Bob" ? 3 : 1 }
    refinement = try Refiner(model, options).run()
  }

  /// What kinds of answers there are.
  var kinds: Set<String> {
    var kinds: Set<String> = []
    if truth.programs.isEmpty { kinds.insert("unsatisfiable") }
    if !truth.refined.isEmpty { kinds.insert("refines") }
    if !refinement.conflicts.isEmpty { kinds.insert("conflicts") }
    if case .clashes = refinement.coordination { kinds.insert("clash") }
    if case .free = refinement.coordination { kinds.insert("free") }
    return kinds
  }

  func differences() -> [String] {
    var found: [String] = refinement.unknowns
    found += consistency(refinement.prompt, truth.programs, "prompt")
    if truth.programs.isEmpty { return found }
    found += consistency(refinement.joint, truth.refined, "claims")
    let conflicts = Set(refinement.conflicts.map { Set($0.claims.map(place)) })
    if conflicts != truth.conflicts {
      found.append("conflicts: \(conflicts) not \(truth.conflicts)")
    }
    if conflicts.count != refinement.conflicts.count { found.append("a conflict is there twice") }
    for conflict in refinement.conflicts where !isNeeded(conflict) {
      found.append("requirements of a conflict are not minimal")
    }
    if let withdrawal = refinement.withdrawal {
      let cost = withdrawal.reduce(0) { $0 + weights[place($1)] }
      if cost != truth.leastWithdrawal(weights) { found.append("withdrawal costs \(cost)") }
      let rest = Set(model.claims.map(place)).subtracting(withdrawal.map(place))
      if !truth.isConsistent(rest) { found.append("the rest does not agree") }
    } else if truth.refined.isEmpty {
      found.append("no withdrawal")
    }
    return found + choices() + remarks() + coordination()
  }

  private func place(_ claim: ClauseID) -> Int { claim.index - model.requirements.count }

  private func consistency(
    _ answer: Consistency, _ members: [BruteForce.Whole], _ what: String
  ) -> [String] {
    switch answer {
    case .unknown(let reason): return ["\(what): unknown, \(reason)"]
    case .conflict: return members.isEmpty ? [] : ["\(what): not satisfiable"]
    case .satisfiable(let sample, let changes):
      let texts = members.map(leafTexts)
      guard texts.contains(leafTexts(sample)) else { return ["\(what): the sample is no member"] }
      let least = members.map { defaultsBroken($0) }.min()
      return changes.count == least ? [] : ["\(what): \(changes.count) changes, not \(least ?? -1)"]
    }
  }

  private func leafTexts(_ whole: BruteForce.Whole) -> [String] {
    whole.enumerated().flatMap { index, value in
      truth.types[index].leaves("d\(index)", value).map(\.text)
    }
  }

  private func leafTexts(_ assignment: Assignment) -> [String] {
    zip(assignment.values, model.leaves).map { model.text(of: $0, $1.sort) }
  }

  /// How many decisions differ from their default; the defaults are read off the text.
  private func defaultsBroken(_ whole: BruteForce.Whole) -> Int {
    var broken = 0
    for line in text.split(separator: "\n") where line.contains(" default ") {
      let words = line.split(separator: ":")
      guard let index = words[0].split(separator: "d").last.flatMap({ Int($0) }) else { continue }
      let value = line[line.range(of: " default ").map(\.upperBound)!...]
      let own = whole[index]
      if case .set(let members) = own {
        broken += "{\(members.map(\.text).sorted().joined(separator: ", "))}" == value ? 0 : 1
      } else {
        broken += own.text == value ? 0 : 1
      }
    }
    return broken
  }

  /// Each requirement of a conflict is needed to refute its claims.
  private func isNeeded(_ conflict: Conflict) -> Bool {
    conflict.requirements.count <= model.requirements.count
      && (conflict.requirements.isEmpty || !conflict.claims.isEmpty || truth.programs.isEmpty)
  }

  private func choices() -> [String] {
    var found: [String] = []
    for (isJoint, members) in [(false, truth.programs), (true, truth.refined)] {
      if isJoint, members.isEmpty { continue }
      let expected = truth.possible(members)
      for choice in refinement.choices {
        let leaf = model.leaves[choice.leaf.index]
        let possible = isJoint ? choice.withClaims : choice.inPrompt
        let values: [LeafValue]
        switch possible {
        case .forced(let value): values = [value]
        case .values(let several): values = several
        default: values = []
        }
        let texts = Set(values.map { model.text(of: $0, leaf.sort) })
        if texts != expected[leaf.name] {
          found.append("\(leaf.name): \(texts) not \(expected[leaf.name] ?? [])")
        }
      }
    }
    return found
  }

  private func remarks() -> [String] {
    var found: [String] = []
    for claim in model.claims {
      let isRefuted = !truth.isConsistent([place(claim)])
      let isImplied = truth.satisfied.allSatisfy { $0.contains(place(claim)) }
      let kinds = refinement.remarks.filter { $0.claim == claim }.map(\.kind)
      let saysRefuted = kinds.contains { if case .contradictsPrompt = $0 { true } else { false } }
      if saysRefuted != isRefuted { found.append("\(model[claim].text): refuted \(saysRefuted)") }
      if kinds.contains(.isImplied) != isImplied {
        found.append("\(model[claim].text): implied \(!isImplied)")
      }
    }
    return found
  }

  private func coordination() -> [String] {
    let agents = model.agents.indices.filter { truth.owners.contains($0) }
    let canClash = truth.canClash(agents, among: truth.programs)
    switch refinement.coordination {
    case .notAsked, .unknown: return ["coordination: no answer"]
    case .notNeeded: return agents.count < 2 ? [] : ["coordination: not asked"]
    case .free: return canClash ? ["coordination: a clash is missed"] : []
    case .clashes(let clashes, let isComplete, let pins, let pinned):
      if !isComplete { return ["coordination: not complete"] }
      if !canClash { return ["coordination: nobody can clash"] }
      return groups(clashes.map(\.agents), agents) + pinsDiffer(pins, pinned, agents)
    }
  }

  private func groups(_ found: [[Int]], _ agents: [Int]) -> [String] {
    var pairs: [[Int]] = []
    for (place, agent) in agents.enumerated() {
      for other in agents[(place + 1)...]
      where truth.canClash([agent, other], among: truth.programs) {
        pairs.append([agent, other])
      }
    }
    if !pairs.isEmpty { return pairs == found ? [] : ["pairs: \(found) not \(pairs)"] }
    let isRight = found.count == 1 && truth.canClash(found[0], among: truth.programs)
    return isRight ? [] : ["groups: \(found)"]
  }

  private func pinsDiffer(_ pins: [Int]?, _ pinned: Assignment?, _ agents: [Int]) -> [String] {
    guard let pins, let pinned else { return ["pins: not known"] }
    guard let program = truth.programs.first(where: { leafTexts($0) == leafTexts(pinned) }) else {
      return ["pins: not to a program"]
    }
    let fewest = truth.fewestPins(agents, to: program)
    return fewest == pins.count ? [] : ["pins: \(pins.count), not \(fewest ?? -1)"]
  }
}
