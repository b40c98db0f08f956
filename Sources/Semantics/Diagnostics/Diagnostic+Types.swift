import Diagnostics
import Syntax

// Codes 0401 to 0406: a value of one type where another is needed.
extension Diagnostic {
  static func mismatch(
    expected: String, found: String, at span: Span, notes: [String] = [], help: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      401, "A value of type \(expected) is needed",
      at: Label(span, found == "{}" || found == "[]" ? "another kind" : "has type \(found)"),
      notes: notes, help: help)
  }

  static func noCommonType(
    _ symbol: String, _ left: String, _ right: String, _ leftSpan: Span, _ rightSpan: Span
  ) -> Diagnostic {
    Diagnostic(
      402, "The values around `\(symbol)` have different types",
      at: Label(rightSpan, "has type \(right)"), secondary: [Label(leftSpan, "has type \(left)")],
      notes: ["ranges may differ, and a `T` may meet a `T?`; everything else must agree"],
      help: symbol == "+" && left.hasPrefix("seq of") && !right.hasPrefix("seq of")
        ? ["an element is appended as a sequence: `+ [x]`"] : [])
  }

  static func operand(
    _ symbol: String, _ type: String, needs wanted: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      403, "`\(symbol)` needs \(wanted)", at: Label(span, "has type \(type)"),
      notes: ["`\(symbol)` is not defined for values of type \(type)"],
      help: operandHelp(symbol, type))
  }

  private static func operandHelp(_ symbol: String, _ type: String) -> [String] {
    if type.hasPrefix("set of") {
      if symbol == "+" || symbol == "+=" { return ["sets are joined by `union`: `s union {x}`"] }
      if symbol == "-" || symbol == "-=" {
        return ["elements are removed by `minus`: `s minus {x}`"]
      }
    }
    return type.hasSuffix("?") ? ["the value of an optional is `x!`"] : []
  }

  static func needsContext(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      404, "The type of `\(text)` is not known here", at: Label(span, "of which type?"),
      notes: ["`none`, `{}` and `[]` take their type from where they are used"],
      help: ["declare a variable with its type, as `var x: set of Node = {}`"])
  }

  static func neverNone(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      405, "A value of type \(type) is never `none`", at: Label(span, "no value of \(type)"),
      notes: ["only a type with `?` has the value `none`"],
      help: ["declare it as `\(type)?`"])
  }

  static func notOptional(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      406, "`!` takes the value of an optional", at: Label(span, "applied to type \(type)"),
      notes: ["a value whose type has no `?` is there always"], help: ["leave out the `!`"],
      fix: Fix(
        Span(file: span.file, start: max(span.start, span.end - 1), end: span.end), replacement: "")
    )
  }
}
