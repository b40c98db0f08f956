import Diagnostics

// Codes 0228 to 0241: a part is left out.
extension Diagnostic {
  static func missingBraces(_ found: Label, context: String) -> Diagnostic {
    Diagnostic(
      228, "A block is missing \(context)", at: found,
      notes: ["a block always stands in braces, also when it is a single statement"],
      help: ["write `{` here, and `}` behind the last statement of the block"])
  }

  static func missingTo(_ gap: Span, next: Token, atBoundary: Bool) -> Diagnostic {
    let known = !atBoundary && next.isName
    return Diagnostic(
      229, "This message has no receiver",
      at: Label(gap, atBoundary ? "`to` is missing" : "`to` is missing before \(next.described)"),
      notes: ["`send M(…) to T` sends to an agent, a set of agents, or a whole family"],
      help: [known ? "write `to \(next.text)`" : "write `to` and the receiver"],
      fix: known ? Fix(gap, replacement: " to") : nil)
  }

  static func missingArguments(_ message: Name, found: Label) -> Diagnostic {
    Diagnostic(
      230, "A message is sent with its fields in parentheses", at: found,
      notes: ["a message without fields is sent as `\(message.text)()`"],
      help: ["write `send \(message.text)(…) to …`"])
  }

  static func missingFields(_ name: Name, inBraces: Bool) -> Diagnostic {
    let gap = Span(file: name.span.file, start: name.span.end, end: name.span.end)
    return Diagnostic(
      231, "A message is declared with its fields in parentheses",
      at: Label(gap, "`(` is missing"),
      notes: ["a message without fields has empty parentheses"],
      help: ["write `message \(name.text)(\(inBraces ? "field: T" : ""))`"],
      fix: inBraces ? nil : Fix(gap, replacement: "()"))
  }

  static func missingWhen(_ span: Span) -> Diagnostic {
    let before = Span(file: span.file, start: span.start, end: span.start)
    return Diagnostic(
      232, "A condition of a rule begins with `when`", at: Label(span, "`when` is missing"),
      notes: ["`step name when g { … }`, `on M(x) from s when g { … }`"],
      help: ["write `when` before the condition"], fix: Fix(before, replacement: "when "))
  }

  static func missingType(_ found: Label, name: Name) -> Diagnostic {
    Diagnostic(
      233, "`\(name.text)` has no type", at: found,
      notes: ["a variable or parameter names the values it may take: they make up the states"],
      help: ["write the type, for example `\(name.text): 0..3 = 0` or `\(name.text): bool`"])
  }

  static func missingDecisionType(_ found: Label, name: Name) -> Diagnostic {
    Diagnostic(
      233, "`\(name.text)` has no type", at: found,
      notes: [
        "each `decision` names one decision and what it may be: `bool`, `int`, `real`, `string`, "
          + "`0..3`, `{ red, green }`, `set of T` or `map[K] of T`"
      ],
      help: ["write the type, for example `decision \(name.text): bool`"])
  }

  static func missingDefault(_ found: Label, name: Name) -> Diagnostic {
    Diagnostic(
      234, "`\(name.text)` has no default value", at: found,
      notes: ["a parameter has a value that a check or `--set` may replace"],
      help: ["write `= ` and the value"])
  }

  static func missingResult(_ found: Label, name: Name) -> Diagnostic {
    Diagnostic(
      235, "The function `\(name.text)` has no result type", at: found,
      notes: ["`function f(a: T) -> R = expression`"], help: ["write `-> ` and the type"])
  }

  static func functionWithoutBody(_ found: Label, name: Name) -> Diagnostic {
    Diagnostic(
      236, "The function `\(name.text)` has no value", at: found,
      notes: ["a function is one expression after `=`; it has no statements and no `return`"],
      help: ["write `= ` and the expression"])
  }

  static func missingFormula(_ found: Label, name: Name) -> Diagnostic {
    Diagnostic(
      237, "`:` and a formula are missing after `\(name.text)`", at: found,
      notes: ["`property name: always p`, also `can p`, `eventually p`, `p leads to q`"],
      help: ["write `property \(name.text): always …`"])
  }

  static func missingCapacity(_ gap: Span) -> Diagnostic {
    Diagnostic(
      238, "This sequence has no greatest length", at: Label(gap, "`up to` is missing"),
      notes: ["every type is finite: `seq of T up to k` holds at most k elements"],
      help: ["write `up to 3`, or what is enough"])
  }

  static func missingBudget(_ gap: Span, after word: String) -> Diagnostic {
    Diagnostic(
      239, "This fault has no budget", at: Label(gap, "`up to` is missing"),
      notes: ["`crash up to f of Node`: at most f crashes in one run"],
      help: ["write `\(word) up to 1 of …`"])
  }

  static func missingComma(_ gap: Span, next: Token, what: String) -> Diagnostic {
    Diagnostic(
      240, "A comma is missing \(what)", at: Label(gap, "before \(next.described)"),
      help: ["write `,` here"], fix: Fix(gap, replacement: ","))
  }

  static func missingColon(
    _ found: Label, after word: String, isList: Bool = false
  ) -> Diagnostic {
    Diagnostic(
      241, "`:` is missing before the body of `\(word)`", at: found,
      notes: [
        "`all x in S where p: e`, likewise `some`, `count`, `sum`; `map k in K: e` makes a map"
      ],
      help: [
        isList
          ? "write `\(word) a, b in S: …`, or `\(word) a in S: \(word) b in T: …`"
          : "write `:` and the body here"
      ])
  }
}
