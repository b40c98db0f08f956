import Diagnostics
import Exploration
import TransitionSystem

/// Warnings about what an exhaustive search never saw.
func coverageRemarks(_ system: TransitionSystem, _ result: SearchResult) -> [Diagnostic] {
  let coverage = result.coverage
  var remarks: [Diagnostic] = []
  for (index, rule) in system.rules.enumerated() where !rule.isOptional {
    if index < coverage.rules.count, !coverage.rules[index] { remarks.append(.neverFired(rule)) }
  }
  for (index, choice) in system.choices.enumerated() where choice.kind == .ask {
    guard index < coverage.choices.count, let count = choice.shape.cardinality,
      count <= answersWatched
    else { continue }
    let taken = Set(coverage.choices[index])
    if taken.isEmpty { continue }
    let missing = (0..<Int64(count)).filter { !taken.contains($0) }
    if !missing.isEmpty {
      let words = missing.map { choice.shape.text(ofRank: $0, agents: system.agents) }
      remarks.append(.neverAnswered(choice, missing: words))
    }
  }
  for (index, property) in system.properties.enumerated() where property.antecedent != nil {
    guard case .notFound = result.properties[index], index < coverage.antecedents.count else {
      continue
    }
    if !coverage.antecedents[index] { remarks.append(.vacuous(property)) }
  }
  return remarks
}

/// Of a choice with more values than this, nobody wants the list of those never taken.
private let answersWatched = 64

extension Diagnostic {
  static func neverFired(_ rule: RuleInfo) -> Diagnostic {
    Diagnostic(
      780, .warning, "The rule `\(rule.name)` never fires in any reachable state",
      at: Label(rule.span, "never enabled"),
      notes: ["what it would do was not checked"],
      help: ["see whether its guard can become true, or remove it"])
  }

  static func neverAnswered(_ choice: ChoiceInfo, missing: [String]) -> Diagnostic {
    let values = missing.joined(separator: ", ")
    return Diagnostic(
      781, .warning, "Some answers of `\(choice.name)` are never possible",
      at: Label(choice.span, "never \(values)"),
      notes: ["an answer is impossible where a `where` excludes it or the step cannot complete"])
  }

  static func vacuous(_ property: StateProperty) -> Diagnostic {
    Diagnostic(
      782, .warning, "The property `\(property.name)` holds vacuously",
      at: Label(property.span, "the left side of `implies` is never true"),
      notes: ["an implication whose left side is never true says nothing about the system"],
      help: ["show that the left side happens: `property happens: can …`"])
  }
}
