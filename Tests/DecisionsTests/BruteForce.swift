import Syntax

/// All answers about a small prompt, by trying everything.
struct BruteForce {
  typealias Whole = [ReferenceValue]

  let types: [ReferenceType]
  private let all: [Whole]
  /// Every assignment that satisfies all requirements.
  let programs: [Whole]
  /// By program, the claims that it satisfies.
  let satisfied: [Set<Int>]
  /// By assignment, whether it is a program or not: the requirements and the claims that hold.
  private let holding: [(requirements: Set<Int>, claims: Set<Int>)]
  let claimCount: Int
  let owners: [Int?]

  /// `claims` in the order of the file; `owners` by decision.
  init(types: [ReferenceType], requirements: [Expression], claims: [Expression], owners: [Int?]) {
    self.types = types
    self.owners = owners
    claimCount = claims.count
    let all = types.reduce([Whole()]) { wholes, type in
      wholes.flatMap { whole in type.values.map { whole + [$0] } }
    }
    self.all = all
    func evaluator(_ whole: Whole) -> ReferenceEvaluator {
      ReferenceEvaluator(
        names: Dictionary(uniqueKeysWithValues: whole.enumerated().map { ("d\($0)", $1) }))
    }
    let holding = all.map { whole in
      (
        requirements: Set(
          requirements.indices.filter { evaluator(whole).isTrue(requirements[$0]) }),
        claims: Set(claims.indices.filter { evaluator(whole).isTrue(claims[$0]) })
      )
    }
    let isProgram = holding.map { $0.requirements.count == requirements.count }
    self.holding = holding
    programs = all.indices.filter { isProgram[$0] }.map { all[$0] }
    satisfied = all.indices.filter { isProgram[$0] }.map { holding[$0].claims }
  }

  var refined: [Whole] {
    zip(programs, satisfied).filter { $1.count == claimCount }.map(\.0)
  }

  /// Whether these cannot all hold, while without any one of them the others can.
  func isMinimalConflict(requirements: Set<Int>, claims: Set<Int>) -> Bool {
    func holds(_ requirements: Set<Int>, _ claims: Set<Int>) -> Bool {
      holding.contains {
        requirements.isSubset(of: $0.requirements) && claims.isSubset(of: $0.claims)
      }
    }
    return !holds(requirements, claims)
      && requirements.allSatisfy { holds(requirements.subtracting([$0]), claims) }
      && claims.allSatisfy { holds(requirements, claims.subtracting([$0])) }
  }

  /// The decisions that can change whether the claim holds.
  func influences(onClaim claim: Int) -> [Int] {
    types.indices.filter { decision in
      var results: [Whole: Set<Bool>] = [:]
      for (whole, held) in zip(all, holding) {
        var others = whole
        others.remove(at: decision)
        results[others, default: []].insert(held.claims.contains(claim))
      }
      return results.values.contains { $0.count == 2 }
    }
  }

  func isConsistent(_ claims: Set<Int>) -> Bool { satisfied.contains { claims.isSubset(of: $0) } }

  /// Every minimal set of claims that no program satisfies.
  var conflicts: Set<Set<Int>> {
    let subsets = (0..<claimCount).reduce(into: [Set<Int>()]) { sets, claim in
      sets += sets.map { $0.union([claim]) }
    }
    let bad = subsets.filter { !isConsistent($0) }
    return Set(bad.filter { set in set.allSatisfy { isConsistent(set.subtracting([$0])) } })
  }

  /// The least weight of claims that some program breaks.
  func leastWithdrawal(_ weights: [Int32]) -> Int32? {
    satisfied.map { kept in
      weights.indices.reduce(0) { $0 + (kept.contains($1) ? 0 : weights[$1]) }
    }.min()
  }

  /// By name of a leaf, the texts of its values in some programs.
  func possible(_ programs: [Whole]) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for whole in programs {
      for (index, value) in whole.enumerated() {
        for leaf in types[index].leaves("d\(index)", value) {
          result[leaf.name, default: []].insert(leaf.text)
        }
      }
    }
    return result
  }

  // MARK: Coordination

  private func choice(_ agent: Int, _ whole: Whole) -> [ReferenceValue?] {
    whole.indices.map { owners[$0] == agent ? whole[$0] : nil }
  }

  /// Whether choices of the agents, each of which some program completes, have none in common.
  func canClash(
    _ agents: [Int], among programs: [Whole], choosing legal: [Whole]? = nil
  ) -> Bool {
    var partial: Set<[ReferenceValue?]> = [types.map { _ in nil }]
    for agent in agents {
      let own = Set((legal ?? programs).map { choice(agent, $0) })
      partial = Set(
        partial.flatMap { sofar in own.map { one in zip(sofar, one).map { $0 ?? $1 } } })
    }
    return partial.contains { chosen in
      !programs.contains { whole in
        zip(chosen, whole).allSatisfy { $0 == nil || $0 == $1 }
      }
    }
  }

  func leaves(_ whole: Whole) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: whole.enumerated().flatMap { types[$0].leaves("d\($0)", $1) }.map {
        ($0.name, $0.text)
      })
  }

  /// Whether choices, values for some leaves of each agent, are possible one by one, and together
  /// break these requirements, none of which could be left out.
  func isWitness(_ choices: [[String: String]], breaking requirements: Set<Int>) -> Bool {
    let legal = choices.allSatisfy { choice in
      programs.contains { whole in choice.allSatisfy { leaves(whole)[$0.key] == $0.value } }
    }
    let chosen = choices.reduce(into: [:]) { $0.merge($1) { $1 } }
    func holds(_ requirements: Set<Int>) -> Bool {
      zip(holding, all).contains { held, whole in
        let leaves = leaves(whole)
        return requirements.isSubset(of: held.requirements)
          && chosen.allSatisfy { leaves[$0.key] == $0.value }
      }
    }
    return legal && !holds(requirements)
      && requirements.allSatisfy { holds(requirements.subtracting([$0])) }
  }

  func pinned(_ decisions: Set<Int>, to program: Whole) -> [Whole] {
    programs.filter { whole in decisions.allSatisfy { whole[$0] == program[$0] } }
  }

  func fewestPins(_ agents: [Int], to program: Whole) -> Int? {
    fewestPins { $0.contains(program) && !canClash(agents, among: $0) }
  }

  /// The fewest decisions to pin to the values of some program so that nobody can clash.
  func fewestPins(_ agents: [Int]) -> Int? {
    fewestPins { !canClash(agents, among: $0) }
  }

  /// The fewest decisions to pin so that the programs that are left are settled.
  func fewestPins(where isSettled: ([Whole]) -> Bool) -> Int? {
    let subsets = types.indices.reduce(into: [Set<Int>()]) { sets, decision in
      sets += sets.map { $0.union([decision]) }
    }
    return subsets.sorted { $0.count < $1.count }.first { pins in
      let pinned = Dictionary(grouping: programs) { whole in pins.sorted().map { whole[$0] } }
      return pinned.values.contains(where: isSettled)
    }?.count
  }
}
