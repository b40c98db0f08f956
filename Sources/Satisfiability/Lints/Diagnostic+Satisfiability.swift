import Diagnostics

// Codes 0720 to 0730: what a solver says about conditions.
extension Diagnostic {
  private static func remarks(_ rule: String, _ domains: String?) -> [String] {
    [rule] + (domains.map { ["here \($0)"] } ?? [])
  }

  static func neverHolds(
    at span: Span, clauses: [Span], isAssertion: Bool, _ domains: String?
  ) -> Diagnostic {
    let others = clauses.filter { $0 != span }
    return Diagnostic(
      720, .warning, "This can never hold", at: Label(span, "no values make it true"),
      secondary: others.map {
        Label($0, others.count > 1 ? "not together with the others" : "not even this")
      },
      notes: remarks(
        isAssertion ? "it fails whenever it is reached" : "what it guards never happens", domains),
      help: [
        isAssertion
          ? "compare with values that can occur"
          : "compare with values that can occur, or remove what it guards"
      ])
  }

  /// `because`: conditions that are known to hold there, or to fail.
  static func alwaysHolds(
    at span: Span, because reasons: [Span], isAssertion: Bool, _ domains: String?
  ) -> Diagnostic {
    Diagnostic(
      721, .warning,
      reasons.isEmpty
        ? "This condition holds whatever the values are" : "This condition holds already",
      at: Label(span, "always true"), secondary: reasons.map { Label($0, "after this") },
      notes: remarks(
        isAssertion ? "it can never fail" : "it never holds anything back", domains),
      help: ["leave it out"])
  }

  static func neverFits(
    _ type: String, at span: Span, because reasons: [Span], _ domains: String?
  ) -> Diagnostic {
    Diagnostic(
      730, .warning, "This value never fits", at: Label(span, "never within \(type)"),
      secondary: reasons.map { Label($0, "after this") },
      notes: remarks("the step fails whenever it comes here", domains),
      help: ["widen the type, or use values that fit"])
  }

  static func nothingToChoose(_ word: String, at span: Span, _ domains: String?) -> Diagnostic {
    Diagnostic(
      722, .warning, "There is never anything to \(word) here",
      at: Label(span, "no value passes"),
      notes: remarks("a step with an empty choice is not enabled", domains),
      help: ["widen the set, or the condition after `where`"])
  }

  static func perhapsNothingToChoose(
    _ word: String, at span: Span, when values: String
  ) -> Diagnostic {
    Diagnostic(
      723, .note, "There may be nothing to \(word) here",
      at: Label(span, "no value passes when \(values)"),
      notes: ["a step with an empty choice is not enabled; that may be what is meant"])
  }

  static func noInitialValue(
    _ name: String, at span: Span, clauses: [Span], _ domains: String?
  ) -> Diagnostic {
    let others = clauses.filter { $0 != span }
    return Diagnostic(
      724, .warning, "`\(name)` has no value to start with",
      at: Label(span, "no value passes"),
      secondary: others.count > 1 ? others.map { Label($0, "not together with the others") } : [],
      notes: remarks("without an initial state every `always` holds", domains),
      help: ["widen the condition after `where`"])
  }

  static func constantPredicate(
    _ name: String, _ value: Bool, at span: Span, clauses: [Span], _ domains: String?
  ) -> Diagnostic {
    let others = clauses.filter { $0 != span }
    return Diagnostic(
      725, .warning, "A part of `\(name)` does not depend on what happens",
      at: Label(span, value ? "true of all values" : "false of all values"),
      secondary: others.map {
        Label($0, others.count > 1 ? "not together with the others" : "not even this")
      },
      notes: remarks("the types of the variables decide it alone", domains),
      help: ["compare with values that can occur"])
  }

  static func sameMessages(_ name: String, _ a: Span, _ b: Span) -> Diagnostic {
    Diagnostic(
      726, .warning, "Two rules take the same `\(name)`",
      at: Label(b, "takes what the other takes"), secondary: [Label(a, "the other")],
      notes: ["rules have no order: either may take the message, and both ways are explored"],
      help: ["make it one rule, with `ask` or `choose` if both outcomes are possible"])
  }

  static func swallowed(
    _ name: String, narrow: Span, wide: Span, when values: String
  ) -> Diagnostic {
    Diagnostic(
      726, .warning, "Whatever this rule takes, another may take instead",
      at: Label(narrow, "for special cases of `\(name)`"),
      secondary: [Label(wide, "takes those, too, as when \(values)")],
      notes: ["rules have no order: either may take the message, and both ways are explored"],
      help: ["exclude the special cases from the other rule, with `when`"])
  }

  static func overlap(_ name: String, _ a: Span, _ b: Span, when values: String) -> Diagnostic {
    Diagnostic(
      727, .note, "Two rules may take the same `\(name)`",
      at: Label(b, "both when \(values)"), secondary: [Label(a, "the other")],
      notes: [
        "rules have no order: either may take the message, and both ways are explored; that may "
          + "be what is meant"
      ])
  }

  static func neverTaken(
    _ message: String, at span: Span, _ agent: String, _ rules: [Span]
  ) -> Diagnostic {
    Diagnostic(
      728, .warning, "No rule of `\(agent)` ever takes `\(message)`",
      at: Label(span, "may send it"), secondary: rules.map { Label($0, "does not take it") },
      notes: ["a message that its receiver never takes stays in flight for ever"],
      help: ["handle it in `\(agent)`, or do not send it"])
  }

  static func gap(_ name: String, _ rules: [Span], when values: String) -> Diagnostic {
    Diagnostic(
      729, .note, "`\(name)` may have to wait: no rule takes it",
      at: rules.first.map { Label($0, "none of these when \(values)") },
      secondary: rules.dropFirst().map { Label($0, "nor this") },
      notes: ["a message that no rule takes stays in flight; that may be what is meant"])
  }
}
