import Syntax

/// All answers about a small prompt, by trying everything.
struct BruteForce {
  typealias Whole = [ReferenceValue]

  let types: [ReferenceType]
  /// Every assignment that satisfies all requirements.
  let programs: [Whole]
  /// By program, the claims that it satisfies.
  let satisfied: [Set<Int>]
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
    func evaluator(_ whole: Whole) -> ReferenceEvaluator {
      ReferenceEvaluator(
        names: Dictionary(uniqueKeysWithValues: whole.enumerated().map { ("d\($0)", $1) }))
    }
    let programs = all.filter { whole in requirements.allSatisfy(evaluator(whole).isTrue) }
    self.programs = programs
    satisfied = programs.map { whole in
      Set(claims.indices.filter { evaluator(whole).isTrue(claims[$0]) })
    }
  }

  var refined: [Whole] {
    zip(programs, satisfied).filter { $1.count == claimCount }.map(\.0)
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
  func canClash(_ agents: [Int], among programs: [Whole]) -> Bool {
    var partial: Set<[ReferenceValue?]> = [types.map { _ in nil }]
    for agent in agents {
      let own = Set(programs.map { choice(agent, $0) })
      partial = Set(
        partial.flatMap { sofar in own.map { one in zip(sofar, one).map { $0 ?? $1 } } })
    }
    return partial.contains { chosen in
      !programs.contains { whole in
        zip(chosen, whole).allSatisfy { $0 == nil || $0 == $1 }
      }
    }
  }

  /// The fewest decisions to pin to the values of a program so that nobody can clash.
  func fewestPins(_ agents: [Int], to program: Whole) -> Int? {
    let subsets = types.indices.reduce(into: [Set<Int>()]) { sets, decision in
      sets += sets.map { $0.union([decision]) }
    }
    return subsets.filter { pinned in
      !canClash(
        agents,
        among: programs.filter { whole in pinned.allSatisfy { whole[$0] == program[$0] } })
    }.map(\.count).min()
  }
}
