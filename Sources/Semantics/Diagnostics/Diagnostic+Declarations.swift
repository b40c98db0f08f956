import Diagnostics
import Syntax

// Codes 0310 to 0317: names that are declared twice, are taken, or go round in a circle.
extension Diagnostic {
  static func duplicateName(_ name: Name, earlier: Symbol) -> Diagnostic {
    Diagnostic(
      310, "`\(name.text)` is declared twice", at: Label(name.span, "declared again"),
      secondary: [Label(earlier.name.span, "already \(earlier.description)")],
      notes: ["constants, types, functions, agents, monitors and shared variables share one scope"],
      help: ["rename one of them"])
  }

  static func duplicate(_ word: String, _ name: Name, earlier: Span) -> Diagnostic {
    Diagnostic(
      311, "There are two of the \(word) `\(name.text)`", at: Label(name.span, "declared again"),
      secondary: [Label(earlier, "declared here first")],
      notes: ["every \(word) has a name of its own"], help: ["rename one of them"])
  }

  static func duplicateInList(_ word: String, _ name: Name, earlier: Span) -> Diagnostic {
    Diagnostic(
      312, "The \(word) `\(name.text)` occurs twice", at: Label(name.span, "here again"),
      secondary: [Label(earlier, "here first")],
      notes: ["each \(word) is given once"], help: ["leave one of them out or rename it"])
  }

  static func duplicateInBlock(_ name: Name, earlier: Span) -> Diagnostic {
    Diagnostic(
      313, "`\(name.text)` already has a meaning in this block",
      at: Label(name.span, "bound again"), secondary: [Label(earlier, "bound here first")],
      notes: ["a name is bound once in a block; a `var` may be assigned instead"],
      help: ["rename one of them, or write `_` for a field that is not needed"])
  }

  static func nameTaken(_ name: Name, by symbol: Symbol) -> Diagnostic {
    Diagnostic(
      314, "`\(name.text)` is taken", at: Label(name.span, "would hide \(symbol.description)"),
      secondary: [Label(symbol.name.span, "\(symbol.description) of the file")],
      notes: [
        "variables and binders do not hide the file's constants, types, functions and agents:\n"
          + "in a pattern such a name is a value to compare with, elsewhere it would bind"
      ],
      help: ["choose another name"])
  }

  static func reservedName(_ name: Name) -> Diagnostic {
    Diagnostic(
      315, "`\(name.text)` is a word of the language", at: Label(name.span, "cannot be declared"),
      notes: ["types, status words, functions and checks of the language keep their names"],
      help: ["choose another name"])
  }

  static func ambiguousCase(_ name: String, of owners: [String], at span: Span) -> Diagnostic {
    Diagnostic(
      316, "`\(name)` is a case of several enumerations",
      at: Label(span, "of \(owners.joined(separator: " or of "))?"),
      notes: ["where the context does not tell, the enumeration is named"],
      help: ["write `\(owners[0]).\(name)`"])
  }

  static func circularDefinition(of name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      317, "The definition of `\(name)` goes round in a circle",
      at: Label(span, "needs what is being defined"),
      notes: ["definitions build on each other without circles; functions are not recursive"],
      help: ["define one of them without the other"])
  }
}
