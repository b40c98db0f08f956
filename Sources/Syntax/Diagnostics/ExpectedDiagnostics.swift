import Diagnostics

// Codes 0201 to 0220: something else was expected here.
extension Diagnostic {
  static func expectedExpression(_ found: Label) -> Diagnostic {
    Diagnostic(
      201, "An expression is missing here", at: found,
      notes: ["an expression begins with a value, a name, a bracket, `not`, `if` or `-`"],
      help: ["write the value that is meant, for example `0`, `true`, `none` or a name"])
  }

  static func expectedName(_ found: Label, what: String) -> Diagnostic {
    Diagnostic(
      202, "The name of \(what) is missing here", at: found,
      notes: ["a name is a letter or `_`, then letters, digits and `_`"],
      help: ["write the name of \(what)"])
  }

  static func reservedName(_ token: Token, what: String) -> Diagnostic {
    let better = token.text + "_"
    return Diagnostic(
      203, "`\(token.text)` cannot be the name of \(what)",
      at: Label(token.span, "a word of the language"),
      notes: ["a few words are reserved, since expressions and statements are read by them"],
      help: ["choose another name, for example `\(better)`"],
      fix: Fix(token.span, replacement: better))
  }

  static func expectedType(_ found: Label) -> Diagnostic {
    Diagnostic(
      204, "A type is missing here", at: found,
      notes: [
        "types are `bool`, ranges as `0..3`, names of declared types and agents, `T?`, `set of T`, "
          + "`seq of T up to k` and `map[K] of T`"
      ],
      help: ["write a type, for example `bool` or `0..3`"])
  }

  static func expectedSymbol(
    _ found: Label, _ symbol: Symbol, context: String, opening: Span?
  ) -> Diagnostic {
    Diagnostic(
      205, "`\(symbol.rawValue)` is missing \(context)", at: found,
      secondary: opening.map { [Label($0, "opened here")] } ?? [],
      help: ["write `\(symbol.rawValue)` here"])
  }

  static func expectedWord(_ found: Label, _ word: Word, context: String) -> Diagnostic {
    Diagnostic(
      206, "`\(word.rawValue)` is missing \(context)", at: found,
      help: ["write `\(word.rawValue)` here"])
  }

  static func unclosedBlock(_ opening: Span, _ found: Label) -> Diagnostic {
    Diagnostic(
      207, "This block is not closed", at: Label(opening, "opened here"),
      secondary: [found],
      notes: [
        "a declaration in the first column ends every block that is still open, a rule of an "
          + "agent every block of statements"
      ],
      help: ["close the block with `}`"])
  }

  static func strayCloser(_ span: Span) -> Diagnostic {
    Diagnostic(
      208, "This brace closes nothing", at: Label(span, "no block is open here"),
      help: ["remove it"], fix: Fix(span, replacement: ""))
  }

  static func expectedEndOfStatement(_ token: Token, after previous: Token?) -> Diagnostic {
    let slip = slip(token, after: previous)
    return Diagnostic(
      209, "The line should end here", at: Label(token.span, "found \(token.described)"),
      notes: [
        "statements and declarations end at the end of the line or at `;`; an expression goes on "
          + "after an operator"
      ],
      help: [slip ?? "begin a new line, or write `;` or the operator that is missing"])
  }

  /// What two names side by side may have been meant as.
  private static func slip(_ token: Token, after previous: Token?) -> String? {
    guard let previous, token.isName || token.kind == .symbol(.leftParen) else { return nil }
    if ["choose", "ask", "flip"].contains(previous.text) {
      return "`\(previous.text)` is a statement: write `\(previous.text) x in S`, and then `x`"
    }
    if previous.isName, let meant = closest(to: previous.text, among: prefixWords) {
      return "did you mean `\(meant)` before \(token.described)?"
    }
    guard token.isName, let meant = closest(to: token.text, among: infixWords) else { return nil }
    return "did you mean `\(meant)` here?"
  }

  private static let prefixWords = ["always", "eventually", "count"]

  private static let infixWords = [
    "and", "implies", "iff", "union", "minus", "intersect", "until", "leads", "where", "when",
    "then", "else",
  ]

  static func expectedDeclaration(_ found: Label, _ token: Token) -> Diagnostic {
    let meant = closest(to: token.text, among: Word.declarations.map(\.rawValue))
    return Diagnostic(
      210, "A declaration should begin here", at: found,
      notes: [
        "a file holds `workflow`, `import`, `param`, `const`, `type`, `enum`, `record`, "
          + "`function`, `message`, `agent`, `environment`, `monitor`, `shared var`, `network`, "
          + "`faults`, `prompt`, `claims of`, `property` and `check`"
      ],
      help: [meant.map { "did you mean `\($0)`?" } ?? "begin with one of these words"],
      fix: meant.map { Fix(token.span, replacement: $0) })
  }

  static func expectedStatement(_ found: Label, token: Token) -> Diagnostic {
    Diagnostic(
      211, "A statement should begin here", at: found,
      notes: [
        "statements are assignments, `let`, `var`, `if`, `match`, `for`, `while`, `send`, "
          + "`choose`, `ask`, `flip`, `assert`, `stop`, and in `run` also `receive`, `await`, "
          + "`either`, `yield`, `loop` and `checkpoint`"
      ],
      help: [
        token.isName ? "write a statement" : "remove \(token.described), or write a statement"
      ])
  }

  /// `isStatement`: what begins here would be one inside a rule.
  static func expectedRule(_ token: Token, isStatement: Bool) -> Diagnostic {
    let meant =
      isStatement
      ? nil
      : ruleWords.first { $0 == token.text.lowercased() }
        ?? closest(to: token.text, among: ruleWords)
    let help =
      isStatement
      ? "put the statement into a rule, for example `step name when … { … }`"
      : meant.map { "did you mean `\($0)`?" }
        ?? "begin with one of these words, for example `on Message(x) { … }` or `var x: 0..3 = 0`"
    return Diagnostic(
      212, "A variable or rule should begin here",
      at: Label(token.span, "found \(token.described)"),
      notes: [
        "an agent holds `var`, `durable var` and `input`, and the rules `on start`, "
          + "`on Message(…)`, `on recover`, `step name` and `run`; statements stand inside a rule"
      ],
      help: [help], fix: meant.map { Fix(token.span, replacement: $0) })
  }

  private static let ruleWords = ["var", "durable", "input", "on", "step", "unfair", "run"]

  static func expectedMonitorRule(_ found: Label) -> Diagnostic {
    Diagnostic(
      213, "A variable or rule of a monitor should begin here", at: found,
      notes: [
        "a monitor holds `var` and the rules `on sent M(…)`, `on received M(…)` and "
          + "`on crash of n`"
      ],
      help: ["write for example `on sent M(x) from s to r { … }`"])
  }

  static func expectedEvent(_ found: Label) -> Diagnostic {
    Diagnostic(
      213, "A monitor's rule names what happens", at: found,
      notes: ["a monitor sees `sent M(…)`, `received M(…)` and `crash of n`"],
      help: ["write `on sent` or `on received` before the message"])
  }

  static func expectedCheckItem(_ found: Label) -> Diagnostic {
    Diagnostic(
      214, "A setting or an expectation should stand here", at: found,
      notes: [
        "a check holds settings as `N = 3`, `network …`, `faults { … }`, `expect …`, `allow …` "
          + "and `forbid …`"
      ],
      help: ["write for example `expect agreement` or `expect termination fails`"])
  }

  static func expectedFault(_ found: Label) -> Diagnostic {
    Diagnostic(
      215, "A fault should stand here", at: found,
      notes: [
        "faults are `crash up to 1 of Node`, `byzantine up to 1 of Node`, `lose messages` and "
          + "`duplicate messages`"
      ],
      help: ["write one of these, one on each line"])
  }

  static func expectedCrashVariant(_ found: Label) -> Diagnostic {
    Diagnostic(
      215, "A crash has two variants", at: found,
      notes: ["they are `, partial sends` and `with recovery`"],
      help: ["write one of these, or begin a new line for the next fault"])
  }

  static func expectedNetwork(_ found: Label) -> Diagnostic {
    Diagnostic(
      216, "The kind of network is missing here", at: found,
      notes: ["a network is `unordered` or `fifo`, either with `capacity k`"],
      help: ["write `network unordered` or `network fifo`"])
  }

  static let nestedTooDeeplyCode = DiagnosticCode(217)

  static func nestedTooDeeply(_ span: Span, limit: Int) -> Diagnostic {
    Diagnostic(
      217, "This is nested too deeply", at: Label(span, "more than \(limit) levels"),
      notes: [
        "brackets, blocks, `else if` and operators in a row may nest \(limit) levels deep"
      ],
      help: ["give parts of it a name with `const`, `let` or `function`"])
  }

  static func tooManyMistakes(_ span: Span, hidden: Int) -> Diagnostic {
    Diagnostic(
      218, "There are more mistakes in this file", at: Label(span, "the next one is here"),
      notes: ["\(hidden) further \(hidden == 1 ? "message is" : "messages are") not shown"],
      help: ["mend those above first: they may be the reason for the rest"])
  }

  static func emptyFile(_ span: Span) -> Diagnostic {
    Diagnostic(
      219, "This file is empty", at: Label(span, "nothing but blanks and comments"),
      help: ["begin it with `workflow Name`"])
  }

  static func workflowNotFirst(_ span: Span) -> Diagnostic {
    Diagnostic(
      220, "The workflow is named once, before everything else", at: Label(span, "comes too late"),
      notes: ["`workflow Name` is the first declaration of a file that can be checked"],
      help: ["move this line to the top of the file, or remove it"])
  }
}
