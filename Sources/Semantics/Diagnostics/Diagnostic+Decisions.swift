import Diagnostics

// Codes 0425 and 0426: decisions that valence cannot look at.
extension Diagnostic {
  static func neverUndecided(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      425, "This decision is never open", at: Label(span, "has type \(type)"),
      notes: ["a decision is `none` until it is made, or it is the set of all values decided"],
      help: ["declare the variable as `T?`"])
  }

  static func tooManyDecisions(_ type: String, max: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      426, "This decision has more than \(max) values", at: Label(span, "has values of \(type)"),
      notes: ["valence keeps a set of values for each state, of \(max) at most"],
      help: ["decide among fewer values: what matters about each, as a bool or an enum"])
  }
}
