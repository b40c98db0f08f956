import Diagnostics

// Codes 0252 to 0262: the parts of a statement or declaration do not fit together.
extension Diagnostic {
  static func expectedThen(_ found: Label) -> Diagnostic {
    Diagnostic(
      252, "`then` is missing in this `if` expression", at: found,
      notes: [
        "as a value, `if c then a else b`; as a statement, `if c { … }` at the start of a line"
      ],
      help: ["write `then` and the value"])
  }

  static func expectedElse(_ found: Label) -> Diagnostic {
    Diagnostic(
      253, "`else` is missing in this `if` expression", at: found,
      notes: ["an expression has a value in either case: `if c then a else b`"],
      help: ["write `else` and the other value"])
  }

  /// `method`: the whole is a value and the name of something that it cannot do.
  static func notAStatement(
    _ text: String, method: (value: String, name: String)?, at whole: Span
  ) -> Diagnostic {
    let meant = method == nil ? closest(to: text, among: statementWords) : nil
    return Diagnostic(
      254, "This is not a statement", at: Label(whole, "a name, but nothing is done with it"),
      notes: [
        method == nil
          ? "a statement begins with a word as `send`, or gives a variable a value"
          : "values have no methods: a statement begins with a word, or gives a variable a value"
      ],
      help: [
        meant.map { "did you mean `\($0)`?" } ?? method.map { edit(of: $0.value, by: $0.name) }
          ?? "write `x = …` to assign, or `send M(…) to …` to send"
      ], fix: meant.map { Fix(whole, replacement: $0) })
  }

  private static func edit(of value: String, by method: String) -> String {
    switch method {
    case "send", "tell", "post": "write `send M(…) to \(value)`"
    case "append", "add", "push", "insert", "enqueue":
      "write `\(value) = \(value) + [x]` for a sequence, `\(value) = \(value) union {x}` for a set"
    case "remove", "delete", "erase", "discard": "write `\(value) = \(value) minus {x}`"
    case "pop", "dequeue", "removeFirst": "write `\(value) = rest(\(value))`"
    case "clear", "removeAll": "write `\(value) = {}`, or `[]` for a sequence"
    default: "write `\(value) = …` to give it a value"
    }
  }

  private static let statementWords = [
    "send", "choose", "ask", "flip", "assert", "stop", "receive", "await", "either", "yield",
    "loop", "checkpoint", "match", "while",
  ]

  static func orphanBranch(_ token: Token) -> Diagnostic {
    Diagnostic(
      255, "This `\(token.text)` belongs to nothing", at: Label(token.span, "begins a statement"),
      notes: ["`else` follows the block of an `if`, `or` the block of an `either`"],
      help: ["put it right behind the `}` of that block"])
  }

  static func expectedCase(_ found: Label) -> Diagnostic {
    Diagnostic(
      256, "A `case` should begin here", at: found,
      notes: ["`match e { case a, b { … } case c { … } else { … } }`"],
      help: ["write `case` and the values"])
  }

  static func eitherWithoutOr(_ heading: Span, found: Span) -> Diagnostic {
    Diagnostic(
      257, "This `either` has no alternative", at: Label(heading, "a single branch"),
      secondary: [Label(found, "`or { … }` is missing here")],
      notes: ["`either { … } or { … }` goes on with one of the branches that can proceed"],
      help: ["add `or { … }`"])
  }

  static func inputWithValue(_ span: Span) -> Diagnostic {
    Diagnostic(
      258, "An `input` is given no value", at: Label(span, "a value"),
      notes: ["`input x: T` starts with each value of its type and never changes"],
      help: ["write `where` and a condition to restrict it, or use `var`"])
  }

  static func guardOnStart(_ span: Span, event: String) -> Diagnostic {
    Diagnostic(
      259, "`on \(event)` has no condition", at: Label(span, "a condition"),
      notes: ["it is done once, as the first step, whatever holds"],
      help: ["put the condition inside, with `if`, or use `step name when … { … }`"])
  }

  static func expectedUnit(_ found: Label, number: String) -> Diagnostic {
    Diagnostic(
      260, "What is counted is missing after \(number)", at: found,
      notes: ["`expect 288 states, 1145 transitions`"],
      help: ["write `states` or `transitions`"])
  }

  static func constantWithType(_ span: Span) -> Diagnostic {
    Diagnostic(
      261, "A constant has no type of its own", at: Label(span, "is known from the value"),
      notes: ["`const Q = N / 2 + 1`; a `param` has a type, since its value can be replaced"],
      help: ["remove the type"], fix: Fix(span, replacement: ""))
  }

  static func expectedPath(_ found: Label) -> Diagnostic {
    Diagnostic(
      262, "The file to import is missing here", at: found,
      notes: ["the path is a string, relative to this file"],
      help: ["write for example `import \"quorum.wf\"`"])
  }

  static func expectedPromptItem(_ found: Label) -> Diagnostic {
    Diagnostic(
      263, "A prompt consists of decisions and requirements", at: found,
      notes: ["`decision name: type` leaves something open, `require p` limits it"],
      help: ["write `decision` or `require`"])
  }
}
