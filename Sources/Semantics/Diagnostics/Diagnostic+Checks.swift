import Diagnostics
import Syntax

// Codes 0601 to 0613: parameters, checks and what they expect.
extension Diagnostic {
  static func noWorkflow(at span: Span) -> Diagnostic {
    Diagnostic(
      601, "This file is not a workflow", at: Label(span, "no `workflow` line"),
      notes: ["a file that can be checked names its workflow before its declarations"],
      help: ["write `workflow Name` at the top"])
  }

  static func unknownCheck(
    _ name: String, suggestion: String?, _ names: [String]
  ) -> Diagnostic {
    Diagnostic(
      602, "There is no check `\(name)`", notes: listed("checks", names),
      help: suggested(suggestion, orElse: nil))
  }

  static func unknownOverride(
    _ name: String, suggestion: String?, _ names: [String]
  ) -> Diagnostic {
    Diagnostic(
      603, "There is no param `\(name)` to set", notes: listed("params", names),
      help: suggested(suggestion, orElse: nil))
  }

  private static func listed(_ what: String, _ names: [String]) -> [String] {
    [names.isEmpty ? "the file has no \(what)" : "its \(what): \(names.joined(separator: ", "))"]
  }

  static func parameterType(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      604, "A param is a bool, a range or an enum", at: Label(span, "has type \(type)"),
      notes: ["a check or `--set` must be able to write its value"],
      help: ["use a `const` for anything else"])
  }

  static func parameterOutOfRange(
    _ name: Name, value: String, range: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      605, "`\(name.text)` cannot be \(value)", at: Label(span, "is \(value)"),
      secondary: [Label(name.span, "declared as \(range)")],
      notes: ["a param stays inside its declared range"])
  }

  static func overrideOutOfRange(_ name: Name, value: String, range: String) -> Diagnostic {
    Diagnostic(
      606, "`\(name.text)` cannot be set to `\(value)`",
      at: Label(name.span, "may be \(range)"),
      notes: ["`--set` keeps to the range that the file declares"])
  }

  static func setsUnknownParameter(_ name: Name, suggestion: String?) -> Diagnostic {
    Diagnostic(
      607, "`\(name.text)` is no param", at: Label(name.span, "cannot be set by a check"),
      notes: ["a check sets what is declared as `param`"],
      help: suggested(suggestion, orElse: "declare it: `param \(name.text): 1..4 = 2`"),
      fix: suggestion.map { Fix(name.span, replacement: $0) })
  }

  static func secondBlock(_ word: String, at span: Span, _ earlier: Span) -> Diagnostic {
    Diagnostic(
      608, "There is a second `\(word)`", at: Label(span, "the second one"),
      secondary: [Label(earlier, "the first one")],
      notes: ["a file and each check say this once; a check's own replaces the file's"],
      help: ["join them into one"])
  }

  static func unknownProperty(_ name: Name, suggestion: String?) -> Diagnostic {
    Diagnostic(
      609, "There is no property `\(name.text)`", at: Label(name.span, "nothing to expect"),
      notes: ["a check expects properties of the file, or deadlock, assertion, evaluation …"],
      help: suggested(suggestion, orElse: "declare it: `property \(name.text): always …`"),
      fix: suggestion.map { Fix(name.span, replacement: $0) })
  }

  static func notABuiltin(_ name: Name, isProperty: Bool, suggestion: String?) -> Diagnostic {
    let words = BuiltinCheck.allCases.map(\.rawValue).joined(separator: ", ")
    return Diagnostic(
      610, "Only built-in checks are allowed or forbidden",
      at: Label(name.span, isProperty ? "a property" : "not a built-in check"),
      notes: ["these are \(words)"],
      help: isProperty
        ? ["write `expect \(name.text)` or `expect \(name.text) fails`"]
        : suggested(suggestion, orElse: nil))
  }

  static func builtinFails(_ name: Name, at span: Span) -> Diagnostic {
    Diagnostic(
      611, "A built-in check does not fail", at: Label(span, "must it occur or not?"),
      notes: ["`expect \(name.text)`: it must occur; nothing said: it must not"],
      help: ["write `expect \(name.text)`, or leave the line out"])
  }

  static func repeatedExpectation(_ name: Name, earlier: Span) -> Diagnostic {
    Diagnostic(
      612, "This is said twice about `\(name.text)`", at: Label(name.span, "here again"),
      secondary: [Label(earlier, "here first")], notes: ["a check says each thing once"],
      help: ["leave one of them out"])
  }

  static func contradictoryExpectation(_ name: Name, earlier: Span) -> Diagnostic {
    Diagnostic(
      613, "This contradicts what the check said about `\(name.text)`",
      at: Label(name.span, "here otherwise"), secondary: [Label(earlier, "here first")],
      notes: ["a check says one thing about each property and built-in check"],
      help: ["leave one of them out, or make it a second check"])
  }
}
