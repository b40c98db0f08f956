import Diagnostics

// Codes 01xx: what the lexer reports.
extension Diagnostic {
  static func unexpectedCharacter(_ span: Span, _ character: Unicode.Scalar) -> Diagnostic {
    let code = String(character.value, radix: 16, uppercase: true)
    let point = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
    return Diagnostic(
      101, "This character has no meaning in a spec", at: Label(span, "\(point) stands here"),
      notes: ["names consist of the letters a to z and A to Z, digits and `_`"],
      help: ["remove it, or write the name with these letters"])
  }

  static func invalidUTF8(_ span: Span) -> Diagnostic {
    Diagnostic(
      102, "These bytes are not UTF-8 text", at: Label(span, "not a character"),
      notes: ["a spec is a text in UTF-8"], help: ["save the file in the encoding UTF-8"])
  }

  static func controlCharacter(_ span: Span, value: UInt8) -> Diagnostic {
    Diagnostic(
      103, "A control character stands in the text",
      at: Label(span, "byte \(value), which no editor shows"),
      notes: ["of the control characters only tab and line ends may stand in a spec"],
      help: ["remove it"], fix: Fix(span, replacement: ""))
  }

  static func unterminatedString(_ span: Span) -> Diagnostic {
    Diagnostic(
      104, "This string does not end", at: Label(span, "begins here, and the line ends"),
      notes: ["a string ends on the line on which it begins; a line end inside it is `\\n`"],
      help: ["close it with `\"`"],
      fix: Fix(Span(file: span.file, start: span.end, end: span.end), replacement: "\""))
  }

  static func unknownEscape(_ span: Span, text: String) -> Diagnostic {
    Diagnostic(
      105, "This escape does not exist", at: Label(span, "`\(text)` means nothing"),
      notes: ["the escapes are `\\n`, `\\t`, `\\\\`, `\\\"` and `\\u{1F600}`"],
      help: ["write `\\\\` for a backslash"])
  }

  static func integerTooLarge(_ span: Span) -> Diagnostic {
    Diagnostic(
      106, "This number is too large", at: Label(span, "does not fit 64 bits"),
      notes: ["integers go from -9223372036854775808 to 9223372036854775807"],
      help: ["use a smaller number; a range of a protocol seldom needs more than a few values"])
  }

  static func malformedNumber(_ span: Span, text: String) -> Diagnostic {
    Diagnostic(
      107, "This is neither a number nor a name", at: Label(span, "`\(text)`"),
      notes: [
        "numbers are decimal, as `42` or `1_000_000`; a name does not begin with a digit"
      ],
      help: ["write the number in decimal, or begin the name with a letter"])
  }

  static func blockComment(_ span: Span, opening: Span) -> Diagnostic {
    Diagnostic(
      108, "Comments in `/* */` are not part of the language", at: Label(opening, "begins here"),
      notes: ["a comment begins with `//` and ends with the line"],
      help: ["put `//` before each line of it"])
  }

  static func hashComment(_ span: Span) -> Diagnostic {
    Diagnostic(
      109, "A comment does not begin with `#`", at: Label(span, "means nothing"),
      notes: ["a comment begins with `//` and ends with the line"], help: ["write `//`"],
      fix: Fix(span, replacement: "//"))
  }

  static func singleQuotes(_ span: Span, inner: String) -> Diagnostic {
    Diagnostic(
      110, "A string stands in double quotes", at: Label(span, "in single quotes"),
      help: ["write `\"\(inner)\"`"], fix: Fix(span, replacement: "\"\(inner)\""))
  }

  static func lookalike(_ span: Span, _ character: Unicode.Scalar, meant: String) -> Diagnostic {
    Diagnostic(
      111, "`\(character)` is written in ASCII here", at: Label(span, "looks like `\(meant)`"),
      notes: ["all signs of the language are on every keyboard"], help: ["write `\(meant)`"],
      fix: Fix(span, replacement: meant))
  }

  static func notText(_ span: Span) -> Diagnostic {
    Diagnostic(
      112, "This file is not a text", at: Label(span, "holds zero bytes"),
      notes: ["a spec is a text in UTF-8"],
      help: ["name the `.wf` file itself; a text in UTF-16 must be saved as UTF-8"])
  }
}
