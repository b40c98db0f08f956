import Decisions

/// What a new set of claims changes against an old one: the text that a reviewer reads.
public struct RefinementDifference: Sendable {
  /// In the words of the clauses.
  public private(set) var newConflicts: [String] = []
  public private(set) var mendedConflicts: [String] = []
  /// "storage is forced: postgres; it was open: sqlite, postgres": what is possible under the
  /// claims, or under the prompt alone where they clash.
  public private(set) var changedChoices: [String] = []
  public private(set) var newRemarks: [String] = []

  public init(from old: RefinementReport, to new: RefinementReport) {
    let (before, after) = (Self.conflicts(old), Self.conflicts(new))
    newConflicts = after.filter { !before.contains($0) }
    mendedConflicts = before.filter { !after.contains($0) }
    let known = Set(Self.remarks(old))
    newRemarks = Self.remarks(new).filter { !known.contains($0) }
    compareChoices(old, new)
  }

  public var isEmpty: Bool {
    [newConflicts, mendedConflicts, changedChoices, newRemarks].allSatisfy(\.isEmpty)
  }

  private static func conflicts(_ report: RefinementReport) -> [String] {
    var conflicts = report.refinement.conflicts
    if case .conflict(let conflict) = report.refinement.prompt { conflicts.append(conflict) }
    return conflicts.map { conflict in
      (conflict.claims + conflict.requirements)
        .map { "\(report.speaker($0)) `\(report.model[$0].text)`" }.sorted()
        .joined(separator: ", ")
    }
  }

  private static func remarks(_ report: RefinementReport) -> [String] {
    report.refinement.remarks.map { report.text(of: $0) }
  }

  private mutating func compareChoices(_ old: RefinementReport, _ new: RefinementReport) {
    var before: [String: String] = [:]
    for choice in old.refinement.choices {
      before[old.model.leaves[choice.leaf.index].name] = old.text(
        of: choice.withClaims ?? choice.inPrompt, choice.leaf)
    }
    for choice in new.refinement.choices {
      let name = new.model.leaves[choice.leaf.index].name
      let now = new.text(of: choice.withClaims ?? choice.inPrompt, choice.leaf)
      guard let then = before[name], then != now else { continue }
      changedChoices.append("\(name) is \(now); it was \(then)")
    }
  }
}
