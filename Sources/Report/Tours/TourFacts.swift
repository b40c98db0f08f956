import TransitionSystem

/// What a run of a tour found out, by names that a tour's answers can speak of.
///
/// Of a check: `states`, `transitions`, and for each property and built-in check its verdict
/// (`agreement`), its number of steps (`agreement.steps`), of faults among them
/// (`agreement.faults`) and of steps that repeat (`agreement.cycle`). Of a valence: `states`,
/// `bivalent`, `bivalent.starts`, `univalent.starts`, `pairs`, `kept`, `critical`, `undecided`
/// (`yes`, `no` or `unknown`), `undecided.cycle`, `undecided.faults`.
public struct TourFacts: Sendable {
  private var values: [String: String] = [:]
  /// By name, the labels of the steps of its trace.
  private var steps: [String: [String]] = [:]

  public init(_ report: CheckReport) {
    values["states"] = String(report.statistics.states)
    values["transitions"] = String(report.statistics.transitions)
    let words = TraceWords(system: report.system)
    for finding in report.findings {
      values[finding.name] = finding.shortVerdict
      guard let trace = finding.trace else { continue }
      values[finding.name + ".steps"] = String(trace.steps.count)
      values[finding.name + ".faults"] = String(
        trace.steps.count { report.system.actions[$0.action.index].isFault })
      values[finding.name + ".cycle"] = String(
        trace.steps.count - (trace.cycleStart ?? trace.steps.count))
      steps[finding.name] = trace.steps.map(words.label)
    }
  }

  public init(_ report: ValenceReport) {
    let starts = report.initial.count
    values = [
      "states": "\(report.states)", "bivalent": "\(report.bivalent)",
      "bivalent.starts": "\(report.bivalentStarts)",
      "univalent.starts": "\(starts - report.bivalentStarts)", "pairs": "\(report.pairs)",
      "kept": "\(report.kept)", "critical": "\(report.criticalCount)",
    ]
    switch report.undecided {
    case .none: values["undecided"] = "no"
    case .notSearched: values["undecided"] = "unknown"
    case .stem(let stem, let cycle):
      values["undecided"] = "yes"
      values["undecided.cycle"] = String(cycle.count)
      values["undecided.faults"] = String((stem + cycle).count { $0.contains(" crashes") })
      steps["undecided"] = stem + cycle
    }
  }

  /// Whether a condition is true: clauses between ` and `, each one of `F is V`, `F is not V`,
  /// `F = G`, `F < G`, `F > G` (numbers or other facts), `F has TEXT`, `F has no TEXT` (in the
  /// steps of its trace). Nil where it speaks of something that the run does not know.
  public func holds(_ condition: String) -> Bool? {
    var all = true
    for clause in clauses(condition) {
      guard let value = clauseHolds(clause) else { return nil }
      all = all && value
    }
    return all
  }

  private func clauses(_ condition: String) -> [String] {
    var clauses = [""]
    for word in condition.split(separator: " ") {
      if word == "and" {
        clauses.append("")
      } else {
        clauses[clauses.count - 1] += clauses.last?.isEmpty == true ? "\(word)" : " \(word)"
      }
    }
    return clauses
  }

  private func clauseHolds(_ clause: String) -> Bool? {
    let words = clause.split(separator: " ").map { String($0) }
    guard words.count > 2 else { return nil }
    let negates = words[2] == "not" || words[2] == "no"
    let rest = words[(negates ? 3 : 2)...].joined(separator: " ")
    if rest.isEmpty { return nil }
    switch words[1] {
    case "is": return values[words[0]].map { ($0 == rest) != negates }
    case "has": return steps[words[0]].map { $0.contains { $0.contains(rest) } != negates }
    case "=", "<", ">":
      guard let left = number(words[0]), let right = number(rest) else { return nil }
      return words[1] == "=" ? left == right : words[1] == "<" ? left < right : left > right
    default: return nil
    }
  }

  private func number(_ word: String) -> Int? { Int(word) ?? values[word].flatMap { Int($0) } }
}

extension ReportedFinding {
  /// One word for what became of it: `violated`, `holds`, `reachable`, `found`, `none` …
  var shortVerdict: String {
    switch verdict {
    case .violated where isBuiltIn: "found"
    case .holds where isBuiltIn: "none"
    default: verdict.words
    }
  }
}
