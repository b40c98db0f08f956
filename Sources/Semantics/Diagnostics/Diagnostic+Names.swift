import Diagnostics
import Syntax

// Codes 0301 to 0307: a name that stands for nothing.
extension Diagnostic {
  static func unknownName(
    _ name: String, at span: Span, suggestion: String?, qualified: [String]
  ) -> Diagnostic {
    let foreign = foreignNames[name]
    let help =
      qualified.isEmpty
      ? suggested(foreign ?? suggestion, orElse: "declare it, as a variable, constant or enum case")
      : ["it belongs to an agent or monitor; from outside write `\(qualified[0])`"]
    let replacement = qualified.count == 1 ? qualified[0] : foreign ?? suggestion
    return Diagnostic(
      301, "Nothing here is called `\(name)`", at: Label(span, "not known here"),
      notes: [
        "code sees its own locals and variables, shared variables, and what the file declares"
      ],
      help: help, fix: replacement.map { Fix(span, replacement: $0) })
  }

  /// Values of other languages, and what stands for them here.
  private static let foreignNames = [
    "null": "none", "nil": "none", "None": "none", "undefined": "none", "Nothing": "none",
    "this": "self", "me": "self", "True": "true", "False": "false",
  ]

  static func unknownRecipient(
    _ name: String, at span: Span, suggestion: String?, agents: [String]
  ) -> Diagnostic {
    let listed = agents.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      301, "No agent is called `\(name)`", at: Label(span, "not known here"),
      notes: ["the agents are \(listed)\(agents.count > 8 ? " and \(agents.count - 8) more" : "")"],
      help: suggested(suggestion, orElse: "send to one of them, or declare `agent \(name) { … }`"),
      fix: suggestion.map { Fix(span, replacement: $0) })
  }

  static func unknownType(_ name: String, at span: Span, suggestion: String?) -> Diagnostic {
    Diagnostic(
      302, "There is no type `\(name)`", at: Label(span, "not a type"),
      notes: ["types are bool, ranges, and what `type`, `enum`, `record` and `agent` declare"],
      help: suggested(suggestion, orElse: "declare it, as `type \(name) = 0..3`"),
      fix: suggestion.map { Fix(span, replacement: $0) })
  }

  static func unknownMessage(_ name: Name, suggestion: String?) -> Diagnostic {
    Diagnostic(
      303, "There is no message `\(name.text)`", at: Label(name.span, "not declared"),
      notes: ["every message type is declared with its fields"],
      help: suggested(
        foreignEvents[name.text.lowercased()] ?? suggestion,
        orElse: "declare it: `message \(name.text)()`"),
      fix: suggestion.map { Fix(name.span, replacement: $0) })
  }

  /// Events of other languages that are no messages.
  private static let foreignEvents = [
    "init": "on start", "begin": "on start", "startup": "on start", "started": "on start",
    "restart": "on recover", "recovered": "on recover", "recovery": "on recover",
    "tick": "step name when …", "timer": "step name when …", "timeout": "step name when …",
  ]

  static func unknownFunction(_ name: Name, suggestion: String?) -> Diagnostic {
    Diagnostic(
      304, "There is no function or record `\(name.text)`", at: Label(name.span, "not declared"),
      notes: ["what stands before `(` is a function, a record, or one of size, min, max …"],
      help: suggested(
        name.text == "never" ? "always not (…)" : suggestion ?? temporalWord(near: name.text),
        orElse: "declare it: `function \(name.text)(x: T) -> bool = …`"),
      fix: suggestion.map { Fix(name.span, replacement: $0) })
  }

  private static func temporalWord(near name: String) -> String? {
    closest(to: name, among: ["always", "eventually"])
  }

  static func unknownMember(
    _ member: Name, of owner: String, suggestion: String?
  ) -> Diagnostic {
    Diagnostic(
      305, "`\(owner)` has no `\(member.text)`", at: Label(member.span, "not part of \(owner)"),
      notes: ["after the dot stands a field, a variable, an enum case, or an agent's status"],
      help: suggested(suggestion, orElse: nil),
      fix: suggestion.map { Fix(member.span, replacement: $0) })
  }

  static func unknownAgent(_ name: Name, suggestion: String?) -> Diagnostic {
    Diagnostic(
      306, "There is no agent `\(name.text)`", at: Label(name.span, "not an agent"),
      notes: ["a fault strikes the members of one declaration, or `Agent` for any of them"],
      help: suggested(suggestion, orElse: nil),
      fix: suggestion.map { Fix(name.span, replacement: $0) })
  }

  static func unknownLabel(_ label: Name, of name: Name, suggestion: String?) -> Diagnostic {
    Diagnostic(
      307, "`\(name.text)` has nothing called `\(label.text)`",
      at: Label(label.span, "not a label of \(name.text)"),
      notes: ["a label is the name of a field or parameter; values may also stand in order"],
      help: suggested(suggestion, orElse: "leave the label out"),
      fix: suggestion.map { Fix(label.span, replacement: $0) })
  }

  static func suggested(_ name: String?, orElse other: String?) -> [String] {
    if let name { return ["did you mean `\(name)`?"] }
    return other.map { [$0] } ?? []
  }
}
