import Diagnostics
import Foundation
import Syntax
import Testing

@testable import Decisions
@testable import Report

/// One random prompt with both sets of answers.
struct Trial {
  let text: String
  let refinement: Refinement
  let sources: SourceSet
  let truth: BruteForce
  private let weights: [Int32]
  private let owners: [String?]
  var model: PromptModel { refinement.model }

  /// Nil where the prompt is not understood.
  init?(seed: UInt64, propagates: Bool = true) throws {
    try self.init(RandomPrompt(seed: seed), propagates: propagates)
  }

  init?(_ prompt: RandomPrompt, propagates: Bool = true) throws {
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
    owners = prompt.owners
    truth = BruteForce(
      types: prompt.types, requirements: requirements, claims: claims,
      owners: prompt.owners.map { owner in owner.flatMap { model.agents.firstIndex(of: $0) } })
    var options = RefinementOptions()
    options.conflictsMax = 100
    options.coordinationTime = .seconds(20)
    options.propagates = propagates
    options.weights = ["Bob": 3]
    weights = model.claims.map { model[$0].agent.map { model.agents[$0] } == "Bob" ? 3 : 1 }
    self.sources = sources
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
    if truth.owners.contains(nil) { kinds.insert("nobody decides") }
    let possible = refinement.choices.map(\.inPrompt)
    if possible.contains(where: { if case .range = $0 { true } else { false } }) {
      kinds.insert("range")
    }
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
    for conflict in refinement.conflicts where !isMinimal(conflict) {
      found.append("a conflict is none, or not minimal")
    }
    if let withdrawal = refinement.withdrawal {
      let cost = withdrawal.reduce(0) { $0 + weights[place($1)] }
      if cost != truth.leastWithdrawal(weights) { found.append("withdrawal costs \(cost)") }
      let rest = Set(model.claims.map(place)).subtracting(withdrawal.map(place))
      if !truth.isConsistent(rest) { found.append("the rest does not agree") }
    } else if truth.refined.isEmpty {
      found.append("no withdrawal")
    }
    return found + choices() + ownership() + remarks() + coordination()
  }

  /// Who decides what, and what nobody does, as the report says it.
  private func ownership() -> [String] {
    let report = RefinementReport(refinement, sources: sources)
    return refinement.choices.compactMap { choice in
      let leaf = model.leaves[choice.leaf.index]
      let (said, wanted) = (report.owner(leaf.decision), owners[leaf.decision] ?? "nobody")
      return said == wanted ? nil : "\(leaf.name): decided by \(said), not \(wanted)"
    }
  }

  private func place(_ claim: ClauseID) -> Int { claim.index - model.requirements.count }

  private func consistency(
    _ answer: Consistency, _ members: [BruteForce.Whole], _ what: String
  ) -> [String] {
    switch answer {
    case .unknown(let reason): return ["\(what): unknown, \(reason)"]
    case .conflict(let conflict):
      if !members.isEmpty { return ["\(what): not satisfiable"] }
      return isMinimal(conflict) ? [] : ["\(what): the conflict is none, or not minimal"]
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

  /// The program whose values are shown.
  var shown: BruteForce.Whole? {
    let samples = [refinement.joint, refinement.prompt].compactMap { answer -> [String]? in
      if case .satisfiable(let sample, _) = answer { leafTexts(sample) } else { nil }
    }
    return samples.first.flatMap { texts in truth.programs.first { leafTexts($0) == texts } }
  }

  private func isMinimal(_ conflict: Conflict) -> Bool {
    truth.isMinimalConflict(
      requirements: Set(conflict.requirements.map(\.index)), claims: Set(conflict.claims.map(place))
    )
  }

  private func choices() -> [String] {
    var found: [String] = []
    for (isJoint, members) in [(false, truth.programs), (true, truth.refined)] {
      if isJoint, members.isEmpty { continue }
      let expected = truth.possible(members)
      for choice in refinement.choices {
        let leaf = model.leaves[choice.leaf.index]
        let possible = isJoint ? choice.withClaims : choice.inPrompt
        var wanted = expected[leaf.name] ?? []
        let values: [LeafValue]
        switch possible {
        case .forced(let value): values = [value]
        case .values(let several): values = several
        case .range(let lower, let upper):
          values = [lower, upper].compactMap { $0.map { .number($0.value) } }
          let numbers = wanted.compactMap(Int.init).sorted()
          wanted = Set([numbers.first, numbers.last].compactMap { $0.map(String.init) })
        default: values = []
        }
        let texts = Set(values.map { model.text(of: $0, leaf.sort) })
        if texts != wanted { found.append("\(leaf.name): \(texts) not \(wanted)") }
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
      for case .contradictsPrompt(let requirements) in kinds
      where !isMinimal(Conflict(claims: [claim], requirements: requirements)) {
        found.append("\(model[claim].text): refuted by others, or by fewer")
      }
      if kinds.contains(.isUnowned), !mayBeUnowned(claim) {
        found.append("\(model[claim].text): decided by somebody")
      }
      if !isRight(Set(foreign(kinds)), about: claim) {
        found.append("\(model[claim].text): foreign to \(foreign(kinds))")
      }
    }
    return found
  }

  private func foreign(_ kinds: [ClaimRemark.Kind]) -> [Int] {
    for case .isForeign(let owners) in kinds { return owners }
    return []
  }

  /// A claim that depends on decisions of others and names no own one is for them to decide; one
  /// that depends on an own one is not. What is named without any influence may count or not.
  private func isRight(_ foreign: Set<Int>, about claim: ClauseID) -> Bool {
    let agent = model[claim].agent ?? -1
    let words = model[claim].text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let named = truth.types.indices.filter { words.contains("d\($0)") }
    let namedOwners = Set(named.compactMap { truth.owners[$0] })
    let owners = Set(truth.influences(onClaim: place(claim)).compactMap { truth.owners[$0] })
    if owners.contains(agent) { return foreign.isEmpty }
    if namedOwners.contains(agent), foreign.isEmpty { return true }
    return foreign.isSuperset(of: owners) && foreign.isSubset(of: namedOwners)
  }

  /// Whether nobody decides what the claim depends on, although some decisions have owners.
  private func mayBeUnowned(_ claim: ClauseID) -> Bool {
    truth.owners.contains { $0 != nil }
      && truth.influences(onClaim: place(claim)).allSatisfy { truth.owners[$0] == nil }
  }

  private func coordination() -> [String] {
    let agents = model.agents.indices.filter { truth.owners.contains($0) }
    let canClash = truth.canClash(agents, among: truth.programs)
    switch refinement.coordination {
    case .notAsked, .unknown: return ["coordination: no answer"]
    case .notNeeded: return agents.count < 2 ? [] : ["coordination: not asked"]
    case .free: return canClash ? ["coordination: a clash is missed"] : []
    case .clashes(let clashes, let doubt, let pins):
      if let doubt { return ["coordination: not complete, \(doubt)"] }
      if !canClash { return ["coordination: nobody can clash"] }
      return groups(clashes.map(\.agents), agents) + pinsDiffer(pins, agents)
        + clashes.filter { !isWitness($0) }.map { "no witness: \($0.choices)" }
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
    if found.filter({ $0.count == 2 }) != pairs { return ["pairs: \(found) not \(pairs)"] }
    let larger = largerGroups(agents, beside: pairs)
    let foundLarger = Set(found.filter { $0.count > 2 }.map { Set($0) })
    return foundLarger == larger ? [] : ["groups: \(found), not \(larger)"]
  }

  /// Groups of three and more that can clash, while no smaller group in them can.
  private func largerGroups(_ agents: [Int], beside pairs: [[Int]]) -> Set<Set<Int>> {
    let groups = agents.reduce(into: [Set<Int>()]) { groups, agent in
      groups += groups.map { $0.union([agent]) }
    }
    var least = pairs.map { Set($0) }
    for group in groups.sorted(by: { $0.count < $1.count }) where group.count > 2 {
      if least.contains(where: { $0.isSubset(of: group) }) { continue }
      if truth.canClash(group.sorted(), among: truth.programs) { least.append(group) }
    }
    return Set(least.dropFirst(pairs.count))
  }

  private func isWitness(_ clash: Clash) -> Bool {
    let choices = clash.choices.map { choice in
      Dictionary(
        uniqueKeysWithValues: choice.map { leaf, value in
          let known = model.leaves[leaf.index]
          return (known.name, model.text(of: value, known.sort))
        })
    }
    let isOwn = zip(clash.agents, clash.choices).allSatisfy { agent, choice in
      choice.keys.allSatisfy { truth.owners[model.leaves[$0.index].decision] == agent }
    }
    return isOwn && truth.isWitness(choices, breaking: Set(clash.requirements.map(\.index)))
  }

  private func pinsDiffer(_ answer: PinAnswer, _ agents: [Int]) -> [String] {
    guard case .fewest(let pins, let pinned) = answer else { return ["pins: not known"] }
    guard let program = truth.programs.first(where: { leafTexts($0) == leafTexts(pinned) }) else {
      return ["pins: not to a program"]
    }
    let fewest = truth.fewestPins(agents)
    if truth.canClash(agents, among: truth.pinned(Set(pins), to: program)) {
      return ["pins: they leave a clash"]
    }
    return fewest == pins.count ? [] : ["pins: \(pins.count), not \(fewest ?? -1)"]
  }
}
