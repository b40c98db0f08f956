import Diagnostics
import Syntax

// Codes 0510 to 0517: who may do what, and where.
extension Diagnostic {
  static func assignsConstant(
    _ name: String, _ kind: String, at span: Span, declared: Span
  ) -> Diagnostic {
    Diagnostic(
      510, "`\(name)` cannot be assigned", at: Label(span, "is \(kind)"),
      secondary: [Label(declared, "bound here")],
      notes: ["only variables change: `let`, binders, params and constants keep their value"],
      help: ["declare a `var` for what changes"])
  }

  static func assignsInput(_ name: Name, at span: Span) -> Diagnostic {
    Diagnostic(
      511, "`\(name.text)` is an input", at: Label(span, "assigned here"),
      secondary: [Label(name.span, "declared as `input`")],
      notes: ["an input has any value at the start and keeps it"],
      help: ["declare it as `var \(name.text): … = any`"])
  }

  static func assignsForeign(_ text: String, inMonitor: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      512, "`\(text)` belongs to somebody else", at: Label(span, "assigned here"),
      notes: [
        inMonitor
          ? "a monitor changes nothing but its own variables"
          : "an agent assigns its own variables and shared ones"
      ],
      help: inMonitor ? [] : ["send a message to its owner, or use a `shared var`"])
  }

  static func assignsIntoOptional(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      513, "This is no place for a value", at: Label(span, "may not be there"),
      notes: ["left of `=` stands a variable, or a field or place of one: `r.f`, `m[k]`"],
      help: ["assign the optional as a whole: `\(text) = …`"])
  }

  static func actsInMonitor(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      514, "A monitor only watches", at: Label(span, "`\(word)` in a monitor"),
      notes: ["rules of a monitor assign its own variables and `assert`"],
      help: ["put it into an `environment`"])
  }

  static func outsideRun(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      515, "`\(word)` stands in `run` only", at: Label(span, "not in a `run`"),
      notes: ["every other rule is one step from its beginning to its end"],
      help: ["move it into `run { … }`, or wait in the rule's own `when`"])
  }

  static func loopWithoutBlocking(at span: Span) -> Diagnostic {
    Diagnostic(
      516, "This loop can go round without a pause",
      at: Label(span, "some way round does not block"),
      notes: [
        "a step goes from one blocking statement to the next, so that each way\n"
          + "through a `loop` has one: receive, await, either or yield"
      ],
      help: ["put `yield` at its beginning"])
  }

  static func secondRule(
    _ words: String, of agent: String, at span: Span, _ earlier: Span
  ) -> Diagnostic {
    Diagnostic(
      517, "`\(agent)` has two rules `\(words)`", at: Label(span, "the second one"),
      secondary: [Label(earlier, "the first one")],
      notes: ["an agent has at most one `on start`, one `on recover` and one `run`"],
      help: ["join their bodies"])
  }
}
