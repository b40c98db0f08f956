import Diagnostics
import Semantics
import TransitionSystem

/// The numbered parts of the transition system that code refers to, and the diagnostics.
final class Tables {
  private(set) var failures: [Failure] = []
  private(set) var choices: [ChoiceInfo] = []
  private(set) var rules: [RuleInfo] = []
  private(set) var questions: [Question] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var failureIDs: [FailureKey: FailureID] = [:]
  private var choiceIDs: [ChoiceKey: ChoiceID] = [:]
  private var ruleIDs: [RuleKey: RuleID] = [:]

  private struct FailureKey: Hashable {
    let isAssertion: Bool
    let message: String
    let span: Span
  }
  private struct ChoiceKey: Hashable {
    let name: String
    let kind: ChoiceInfo.Kind
    let shape: Shape
    let span: Span
  }
  /// A rule of a declaration, and the way to a blocking alternative in it.
  struct RuleKey: Hashable {
    let declaration: Int
    let rule: Int
    let path: [Int]
  }

  func failure(_ kind: Failure.Kind, _ message: String, _ span: Span) -> FailureID {
    let key = FailureKey(isAssertion: kind == .assertion, message: message, span: span)
    if let known = failureIDs[key] { return known }
    failures.append(Failure(kind: kind, message: message, span: span))
    let id = FailureID(failures.count - 1)
    failureIDs[key] = id
    return id
  }

  func question(_ kind: Question.Kind, _ span: Span) -> QuestionID {
    if let known = questions.firstIndex(where: { $0.kind == kind }) { return QuestionID(known) }
    let undecided = failure(.undecided, "the solver gave up on the claims", span)
    questions.append(Question(kind: kind, undecided: undecided))
    return QuestionID(questions.count - 1)
  }

  func choice(_ name: String, _ kind: ChoiceInfo.Kind, _ shape: Shape, _ span: Span) -> ChoiceID {
    let key = ChoiceKey(name: name, kind: kind, shape: shape, span: span)
    if let known = choiceIDs[key] { return known }
    choices.append(ChoiceInfo(name: name, kind: kind, shape: shape, span: span))
    let id = ChoiceID(choices.count - 1)
    choiceIDs[key] = id
    return id
  }

  func rule(_ key: RuleKey, _ info: RuleInfo) -> RuleID {
    if let known = ruleIDs[key] { return known }
    rules.append(info)
    let id = RuleID(rules.count - 1)
    ruleIDs[key] = id
    return id
  }

  /// Marks a rule that only faults can fire.
  func makeOptional(_ rule: RuleID) {
    let info = rules[rule.index]
    rules[rule.index] = RuleInfo(name: info.name, span: info.span, isOptional: true)
  }

  func report(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }
}
