import Decisions

/// What a new set of claims changes against an old one: the text that a reviewer reads.
public struct RefinementDifference: Sendable {
  /// In the words of the clauses. Conflicts are the same where their claims are.
  public private(set) var newConflicts: [String] = []
  public private(set) var mendedConflicts: [String] = []
  /// "storage = postgres; it was open: sqlite, postgres": what is possible under the claims, or
  /// under the prompt alone where they clash.
  public private(set) var newlyForced: [String] = []
  /// "storage is open: sqlite, postgres; it was forced: postgres".
  public private(set) var newlyFree: [String] = []
  /// Other changes of what is possible.
  public private(set) var changedChoices: [String] = []
  public private(set) var newRemarks: [String] = []

  public init(from old: RefinementReport, to new: RefinementReport) {
    let (before, after) = (Self.conflicts(old), Self.conflicts(new))
    newConflicts = Self.items(after, notIn: before)
    mendedConflicts = Self.items(before, notIn: after)
    newRemarks = Self.items(Self.remarks(new), notIn: Self.remarks(old))
    compareChoices(old, new)
  }

  public var isEmpty: Bool {
    [newConflicts, mendedConflicts, newlyForced, newlyFree, changedChoices, newRemarks]
      .allSatisfy(\.isEmpty)
  }

  /// What makes something the same in both, with its text.
  private typealias Item = (key: [String], text: String)

  private static func items(_ items: [Item], notIn others: [Item]) -> [String] {
    var known = Set(others.map(\.key))
    return items.filter { known.insert($0.key).inserted }.map(\.text)
  }

  private static func conflicts(_ report: RefinementReport) -> [Item] {
    var conflicts = report.refinement.conflicts
    if case .conflict(let conflict) = report.refinement.prompt { conflicts.append(conflict) }
    return conflicts.map { conflict in
      func words(_ clauses: [ClauseID]) -> [String] {
        clauses.map { "\(report.speaker($0)) `\(report.model[$0].text)`" }.sorted()
      }
      let (claims, requirements) = (words(conflict.claims), words(conflict.requirements))
      return (
        claims.isEmpty ? requirements : claims, (claims + requirements).joined(separator: ", ")
      )
    }
  }

  private static func remarks(_ report: RefinementReport) -> [Item] {
    report.refinement.remarks.map { remark in
      let kind =
        switch remark.kind {
        case .contradictsPrompt: "contradicts"
        case .isImplied: "implied"
        case .isForeign: "foreign"
        case .isUnowned: "unowned"
        }
      let claim = "\(report.speaker(remark.claim)) \(report.model[remark.claim].text)"
      return ([kind, claim], report.text(of: remark))
    }
  }

  private mutating func compareChoices(_ old: RefinementReport, _ new: RefinementReport) {
    var before: [String: (possible: Possible, text: String)] = [:]
    for choice in old.refinement.choices {
      let possible = choice.withClaims ?? choice.inPrompt
      before[old.model.leaves[choice.leaf.index].name] = (
        possible, old.text(of: possible, choice.leaf)
      )
    }
    for choice in new.refinement.choices {
      let leaf = new.model.leaves[choice.leaf.index]
      let now = choice.withClaims ?? choice.inPrompt
      let text = new.text(of: now, choice.leaf)
      guard let then = before[leaf.name], then.text != text else { continue }
      switch (then.possible, now) {
      case (.forced, .forced): changedChoices.append("\(leaf.name) is \(text); it was \(then.text)")
      case (_, .forced(let value)):
        let only = new.model.text(of: value, leaf.sort)
        newlyForced.append("\(leaf.name) = \(only); it was \(then.text)")
      case (.forced, _): newlyFree.append("\(leaf.name) is \(text); it was \(then.text)")
      default: changedChoices.append("\(leaf.name) is \(text); it was \(then.text)")
      }
    }
  }
}
