import Diagnostics

// Codes 0221 to 0229 and 0242 to 0251: written as in another language.
extension Diagnostic {
  static func assignmentInExpression(_ span: Span) -> Diagnostic {
    Diagnostic(
      221, "`=` does not compare", at: Label(span, "an assignment inside an expression"),
      notes: ["`==` compares; `=` gives a variable its value, as a statement"],
      help: ["write `==`"], fix: Fix(span, replacement: "=="))
  }

  static func foreignOperator(_ span: Span, _ text: String, meant: String) -> Diagnostic {
    let isLogic = ["and", "or", "not", "implies", "iff"].contains(meant)
    return Diagnostic(
      222, "`\(text)` is written `\(meant)` here", at: Label(span, "no operator of this language"),
      notes: isLogic
        ? ["logic is in words: `and`, `or`, `not`, `implies`, `iff`"]
        : ["values are compared with `==`, `!=`, `<`, `<=`, `>`, `>=` and `in`"],
      help: ["write `\(meant)`"],
      fix: Fix(span, replacement: text == "!" ? "\(meant) " : meant))
  }

  static func foreignAssignment(_ token: Token) -> Diagnostic {
    Diagnostic(
      223, "A value is given with `=`", at: Label(token.span, "found `\(token.text)`"),
      notes: ["`=` gives a value; `==` compares, inside an expression"],
      help: ["write `=`"], fix: Fix(token.span, replacement: "="))
  }

  static func foreignKeyword(_ span: Span, _ text: String, meant: String) -> Diagnostic {
    Diagnostic(
      224, "`\(text)` has no meaning here", at: Label(span, "not a word for this place"),
      help: ["this is said with `\(meant)`"])
  }

  /// What another language writes there; `meant` is what is written here.
  static func foreignForm(_ span: Span, _ text: String, meant: String) -> Diagnostic {
    Diagnostic(
      224, "`\(text)` has no meaning here", at: Label(span, "not part of this"),
      help: ["write `\(meant)`"])
  }

  static func foreignRange(_ token: Token) -> Diagnostic {
    let halfOpen = token.text == "..<"
    return Diagnostic(
      225, "A range is written with two dots", at: Label(token.span, "found `\(token.text)`"),
      notes: ["`lo..hi` holds both of its ends"],
      help: [halfOpen ? "write `lo..hi - 1` for `lo..<hi`" : "write `..`"],
      fix: halfOpen ? nil : Fix(token.span, replacement: ".."))
  }

  static func comparisonChain(_ span: Span, middle: String, at insertion: Span) -> Diagnostic {
    Diagnostic(
      226, "Comparisons do not chain", at: Label(span, "two comparisons in a row"),
      notes: ["`a < b < c` would compare a truth value with `c`"],
      help: ["write `… \(middle) and \(middle) …`, or put one comparison in parentheses"],
      fix: Fix(insertion, replacement: " and \(middle)"))
  }

  static func rangeChain(_ span: Span) -> Diagnostic {
    Diagnostic(
      227, "A range has two ends", at: Label(span, "three ends"),
      notes: ["`lo..hi` holds every integer from `lo` to `hi`"], help: ["leave one end out"])
  }

  static func notIn(_ span: Span) -> Diagnostic {
    Diagnostic(
      242, "`not in` is no operator", at: Label(span, "found here"),
      notes: ["`not` stands before the whole comparison"], help: ["write `not (x in s)`"])
  }

  static func ternary(_ span: Span, whole: Span, parts: [String]) -> Diagnostic {
    let mended = "if \(parts[0]) then \(parts[1]) else \(parts[2])"
    return Diagnostic(
      243, "A choice between two values is written with `if`", at: Label(span, "found `?`"),
      notes: ["`?` stands in types only, as in `Revision?`"], help: ["write `\(mended)`"],
      fix: Fix(whole, replacement: mended))
  }

  static func increment(_ span: Span, step: String) -> Diagnostic {
    Diagnostic(
      244, "A variable is not counted with `\(step)\(step)`",
      at: Label(span, "no operator of this language"), help: ["write `\(step)= 1`"])
  }

  static func awaitInExpression(_ span: Span) -> Diagnostic {
    Diagnostic(
      245, "`await` is a statement", at: Label(span, "inside an expression"),
      notes: ["`await g` waits until `g` holds and has no value"],
      help: ["write `await g` on its own line; to wait for a message, `receive M(x) from s`"])
  }

  static func awaitReceive(_ span: Span) -> Diagnostic {
    Diagnostic(
      246, "`receive` waits by itself", at: Label(span, "one of the two words is enough"),
      notes: ["`await g` waits for a condition, `receive` for a message"],
      help: ["remove `await`"], fix: Fix(span, replacement: "receive"))
  }

  static func awaitWithBlock(_ span: Span) -> Diagnostic {
    Diagnostic(
      247, "`await` has no block", at: Label(span, "begins a block"),
      notes: ["what comes after `await g` is done when `g` holds"],
      help: ["begin a new line after the condition and remove the braces"])
  }

  static func receiveWithBlock(_ span: Span) -> Diagnostic {
    Diagnostic(
      247, "The one-line `receive` has no block", at: Label(span, "begins a block"),
      notes: [
        "after `receive M(x)` its names can be used in the lines below; with several cases write "
          + "`receive { M(x) { … } N(y) { … } }`"
      ],
      help: ["begin a new line, or put braces around the case and its block"])
  }

  static func onInReceive(_ span: Span, _ word: String) -> Diagnostic {
    Diagnostic(
      248, "A case of `receive` begins with the message", at: Label(span, "one word too many"),
      notes: [
        word == "on" ? "`on` begins a rule of an agent" : "`\(word)` begins a branch of `match`"
      ], help: ["remove `\(word)`"],
      fix: Fix(span, replacement: ""))
  }

  static func secondTimeout(_ span: Span) -> Diagnostic {
    Diagnostic(
      249, "A `receive` has one `timeout`", at: Label(span, "a second one"),
      notes: ["a timeout can always go on, so that one says all"], help: ["remove it"])
  }

  static func callOfValue(_ span: Span) -> Diagnostic {
    Diagnostic(
      250, "Only a name can be called", at: Label(span, "arguments after a value"),
      notes: ["functions are called `f(x)`; there are no methods"],
      help: ["write the function first, for example `size(s)` for `s.size()`"])
  }

  static func malformedComprehension(_ span: Span) -> Diagnostic {
    Diagnostic(
      251, "A set with `where` begins with `name in`", at: Label(span, "not of this form"),
      notes: ["`{x in S where p}` is the set of those `x` of `S` for which `p` holds"],
      help: ["write `{x in S where p}`"])
  }
}
