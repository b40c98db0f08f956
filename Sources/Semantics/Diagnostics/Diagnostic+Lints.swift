import Diagnostics
import Syntax

// Codes 0701 to 0711: warnings about what is probably not meant.
extension Diagnostic {
  static func neverMatches(_ name: Name, isSent: Bool) -> Diagnostic {
    Diagnostic(
      701, .warning, "This rule never takes a message",
      at: Label(name.span, isSent ? "no `send` fits" : "nobody sends `\(name.text)`"),
      notes: ["a rule takes a message whose type, sender, receiver and constants fit"],
      help: [isSent ? "compare it with each `send \(name.text)`" : "send it, or remove the rule"])
  }

  static func neverHandled(_ name: String, at span: Span, declared: Span) -> Diagnostic {
    Diagnostic(
      702, .warning, "Nobody handles `\(name)`", at: Label(span, "sent here"),
      secondary: [Label(declared, "declared here")],
      notes: ["a message that nobody takes stays in flight for ever"],
      help: ["handle it: `on \(name)(…) { … }`"])
  }

  static func notHandledBy(_ name: String, _ agent: String, at span: Span) -> Diagnostic {
    Diagnostic(
      703, .warning, "`\(agent)` does not handle `\(name)`",
      at: Label(span, "sent to \(agent)"),
      notes: ["a message that its receiver does not take stays in flight for ever"],
      help: ["handle it in `\(agent)`: `on \(name)(…) { … }`, or send it to somebody else"])
  }

  static func neverRead(_ word: String, _ name: Name) -> Diagnostic {
    Diagnostic(
      704, .warning, "The \(word) `\(name.text)` is never read",
      at: Label(name.span, "nobody reads it"),
      notes: ["a variable that nobody reads only makes more states"],
      help: ["remove it, or call it `_\(name.text)`"])
  }

  static func unusedDefinition(_ word: String, _ name: Name) -> Diagnostic {
    Diagnostic(
      705, .warning, "The \(word) `\(name.text)` is never used",
      at: Label(name.span, "nobody uses it"), notes: ["it changes nothing in what is checked"],
      help: ["remove it"])
  }

  static func constantGuard(_ value: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      706, .warning, "This condition is always \(value)", at: Label(span, "always \(value)"),
      notes: [value ? "it never holds anything back" : "what it guards never happens"],
      help: [value ? "leave it out" : "compare with a variable, or remove what it guards"])
  }

  static func constantProperty(_ name: Name, _ value: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      707, .warning, "`\(name.text)` says nothing about the workflow",
      at: Label(span, "always \(value)"), notes: ["its predicate does not depend on the state"],
      help: ["read a variable: `Merger.merged`"])
  }

  static func initialStateOnly(_ name: Name, _ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      708, .warning, "`\(name.text)` speaks about the initial states only",
      at: Label(span, "no `always`, `can` or `eventually`"),
      notes: ["without a word about time a property is about the start of each run"],
      help: ["write `always \(text)`"],
      fix: Fix(Span(file: span.file, start: span.start, end: span.start), replacement: "always "))
  }

  static func unreachable(at span: Span, after earlier: Span) -> Diagnostic {
    Diagnostic(
      709, .warning, "Nothing gets here", at: Label(span, "never reached"),
      secondary: [Label(earlier, "does not end, or ends the agent")],
      notes: ["`stop` is an agent's last statement, and a `loop` goes on for ever"],
      help: ["remove it, or move it up"])
  }

  static func repeatedCase(_ text: String, at span: Span, _ earlier: Span) -> Diagnostic {
    Diagnostic(
      710, .warning, "The case `\(text)` was there before", at: Label(span, "never taken"),
      secondary: [Label(earlier, "taken here")], notes: ["the first case that fits is taken"],
      help: ["remove one of them"])
  }

  static func shadows(_ name: Name, _ what: String, _ earlier: Span) -> Diagnostic {
    Diagnostic(
      711, .warning, "`\(name.text)` hides \(what)", at: Label(name.span, "a new name"),
      secondary: [Label(earlier, "hidden here")],
      notes: ["a name in a pattern binds; it does not compare with a variable of that name"],
      help: ["choose another name; to compare, write `when x == \(name.text)`"])
  }
}
