import Diagnostics
import Syntax

// Codes 0901 to 0923, and 0930: prompts and claims.
extension Diagnostic {
  static func noPrompt(_ agent: Name?) -> Diagnostic {
    Diagnostic(
      901, "There is no prompt", at: agent.map { Label($0.span, "claims about what?") },
      notes: ["claims are about the decisions of a `prompt`, in this file or in another"],
      help: ["give the file with the prompt, too"])
  }

  static func secondPrompt(_ name: Name, earlier: Name) -> Diagnostic {
    Diagnostic(
      902, "There are two prompts", at: Label(name.span, "the second one"),
      secondary: [Label(earlier.span, "the first one")],
      notes: ["claims are about the decisions of one prompt"])
  }

  static func secondDecision(_ name: Name, earlier: Span) -> Diagnostic {
    Diagnostic(
      903, "The decision `\(name.text)` is there twice", at: Label(name.span, "again"),
      secondary: [Label(earlier, "first")])
  }

  static func unknownDecision(_ name: Name, suggestion: String?) -> Diagnostic {
    Diagnostic(
      904, "The prompt has no decision `\(name.text)`", at: Label(name.span, "not in the prompt"),
      notes: ["`decides` names decisions of the prompt"],
      help: suggestion.map { ["did you mean `\($0)`?"] } ?? [],
      fix: suggestion.map { Fix(name.span, replacement: $0) })
  }

  static func secondOwner(_ name: Name, owner: String, _ earlier: Span) -> Diagnostic {
    Diagnostic(
      905, "Two agents decide `\(name.text)`", at: Label(name.span, "decided here, too"),
      secondary: [Label(earlier, "`\(owner)` decides it")],
      notes: ["a decision is one agent's; others may claim something about it"])
  }

  static func unknownNameInClause(
    _ name: String, at span: Span, suggestion: String?, values: [String] = []
  ) -> Diagnostic {
    let list = values.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    let known =
      values.isEmpty ? [] : ["the values here are \(list)\(values.count > 8 ? ", …" : "")"]
    return Diagnostic(
      906, "`\(name)` is not known here", at: Label(span, "no decision, value or type"),
      notes: ["clauses speak of the prompt's decisions, and of constants, types and functions"]
        + known,
      help: suggestion.map { ["did you mean `\($0)`?"] } ?? [],
      fix: suggestion.map { Fix(span, replacement: $0) })
  }

  static func mismatchInClause(
    expected: String, found: String, _ role: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      907, "A value of type \(expected) is expected", at: Label(span, "this is \(found)"),
      notes: ["this is \(role)"])
  }

  static func notOfKind(_ wanted: String, _ found: String, at span: Span) -> Diagnostic {
    Diagnostic(908, "This is not \(wanted)", at: Label(span, "a value of type \(found)"))
  }

  static func notForDecisions(at span: Span) -> Diagnostic {
    Diagnostic(
      909, "A clause about decisions cannot say this", at: Label(span, "has no meaning here"),
      notes: ["decisions are values, not runs: there are no messages, sequences, or times"])
  }

  static func typeNotForDecisions(_ what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      910, "A decision cannot have this type", at: Label(span, what),
      notes: [
        "decisions are bool, int, real, string, ranges, enumerations, records, "
          + "and sets and maps over small types"
      ])
  }

  static func domainTooLarge(_ role: String, at span: Span) -> Diagnostic {
    Diagnostic(
      911, "This type has too many values", at: Label(span, role),
      notes: ["at most \(domainCountMax) values: they are written out one by one"])
  }

  static func emptyRangeOfDecision(_ lower: Int64, _ upper: Int64, at span: Span) -> Diagnostic {
    Diagnostic(912, "This range is empty", at: Label(span, "\(lower) is more than \(upper)"))
  }

  static func notConstantInClause(at span: Span) -> Diagnostic {
    Diagnostic(
      913, "This must be a constant", at: Label(span, "depends on a decision"),
      notes: ["the ends of ranges are the same whatever is decided"])
  }

  static func defaultNotConstant(at span: Span) -> Diagnostic {
    Diagnostic(
      914, "A default is a constant", at: Label(span, "depends on another decision"),
      help: ["write a `require` for what follows from other decisions"])
  }

  static func divisorNotConstant(at span: Span) -> Diagnostic {
    Diagnostic(
      915, "A divisor is a constant other than 0", at: Label(span, "not a constant, or 0"),
      notes: ["so that every clause has a meaning whatever is decided"],
      help: ["multiply the other side instead"])
  }

  static func ambiguousCase(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      916, "`\(name)` belongs to several enumerations", at: Label(span, "which one?"),
      help: ["compare it with a decision, or write `Enumeration.\(name)`"])
  }

  static func typeAsValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      917, "A type is not a value", at: Label(span, "`\(name)` is a type"),
      notes: ["a type stands after `in`, where it means all of its values"])
  }

  static func setOfWhat(at span: Span) -> Diagnostic {
    Diagnostic(
      918, "The elements of this set have no small type", at: Label(span, "a set of what?"),
      notes: ["a set is compared with one whose type is known, or follows `in`"])
  }

  static func keyOutside(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      919, "This key may be outside of the map", at: Label(span, "the keys are \(type)"),
      notes: ["a key is a constant, a bound variable, or a decision of the type of the keys"])
  }

  static func argumentCount(
    _ name: String, _ wanted: Int, found: Int, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      920, "`\(name)` takes \(wanted) values", at: Label(span, "it is given \(found)"))
  }

  static func valuesNotDistinct(at span: Span) -> Diagnostic {
    Diagnostic(921, "The values of a decision are different names", at: Label(span, "not these"))
  }

  static func endlessDefinition(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(922, "`\(name)` is defined by itself", at: Label(span, "goes round in circles"))
  }

  static func clauseTooLarge(at span: Span) -> Diagnostic {
    Diagnostic(
      923, "This clause is too large", at: Label(span, "too much when written out"),
      notes: ["quantifiers are written out for each value: at most \(termCountMax) parts"])
  }

  static func defaultOutside(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      930, "A default is a value of its decision", at: Label(span, "outside of \(type)"),
      notes: ["a default outside of the type could never be kept"])
  }
}
