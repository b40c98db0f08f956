import Report
import Testing

@testable import Decisions

/// What new claims change, against what trying everything says about both.
@Suite struct DifferenceTests {
  @Test func agreesWithTryingEverything() throws {
    var seen: Set<String> = []
    for seed in 0..<UInt64(150) {
      let old = try #require(try Trial(RandomPrompt(seed: seed, claims: seed + 1_000)))
      let new = try #require(try Trial(RandomPrompt(seed: seed, claims: seed + 2_000)))
      let difference = RefinementDifference(
        from: RefinementReport(old.refinement, sources: old.sources),
        to: RefinementReport(new.refinement, sources: new.sources))
      let (before, after) = (conflicts(old), conflicts(new))
      expect(difference.newConflicts.count, after.subtracting(before).count, "breaks", seed, &seen)
      expect(
        difference.mendedConflicts.count, before.subtracting(after).count, "mends", seed, &seen)
      let (then, now) = (possible(old), possible(new))
      let changed = now.keys.filter { then[$0] != now[$0] }
      let forced = changed.filter { now[$0]?.count == 1 && then[$0]?.count != 1 }
      let free = changed.filter { now[$0]?.count != 1 && then[$0]?.count == 1 }
      expect(names(difference.newlyForced), Set(forced), "forces", seed, &seen)
      expect(names(difference.newlyFree), Set(free), "frees", seed, &seen)
      expect(
        names(difference.changedChoices), Set(changed).subtracting(forced).subtracting(free),
        "changes", seed, &seen)
    }
    #expect(seen == ["breaks", "mends", "forces", "frees", "changes"])
  }

  private func expect<Value: Equatable>(
    _ found: Value, _ wanted: Value, _ kind: String, _ seed: UInt64, _ seen: inout Set<String>
  ) {
    #expect(found == wanted, "\(kind), seed \(seed)")
    if "\(wanted)" != "0", "\(wanted)" != "[]" { seen.insert(kind) }
  }

  /// Each conflict as the words of its claims.
  private func conflicts(_ trial: Trial) -> Set<[String]> {
    if trial.truth.programs.isEmpty { return [] }
    let claims = trial.model.claims.map { claim in
      let clause = trial.model[claim]
      return "\(clause.agent ?? -1) \(clause.text)"
    }
    return Set(trial.truth.conflicts.map { $0.map { claims[$0] }.sorted() })
  }

  /// The values of each leaf under the claims, or under the prompt alone where these clash; of
  /// numbers that are not listed the ends.
  private func possible(_ trial: Trial) -> [String: Set<String>] {
    let refined = trial.truth.refined
    var possible = trial.truth.possible(refined.isEmpty ? trial.truth.programs : refined)
    for (index, type) in trial.truth.types.enumerated() where !type.isListed {
      let numbers = (possible["d\(index)"] ?? []).compactMap(Int.init)
      possible["d\(index)"] = Set(
        [numbers.min(), numbers.max()].compactMap { $0.map(String.init) })
    }
    return possible
  }

  /// "d1" of "d1 = 3; it was …" and of "d1 is open: …".
  private func names(_ items: [String]) -> Set<String> {
    Set(
      items.map { item in
        let end = item.firstRange(of: " is ") ?? item.firstRange(of: " = ")
        return end.map { String(item[..<$0.lowerBound]) } ?? item
      })
  }
}
