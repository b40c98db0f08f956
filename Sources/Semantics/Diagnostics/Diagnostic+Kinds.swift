import Diagnostics
import Syntax

// Codes 0318 to 0323: a name of one kind where another is needed.
extension Diagnostic {
  static func notAType(_ symbol: Symbol, at span: Span) -> Diagnostic {
    Diagnostic(
      318, "`\(symbol.name.text)` is no type", at: Label(span, "this is \(symbol.description)"),
      secondary: [Label(symbol.name.span, "declared here")],
      notes: ["a type stands here: bool, a range, or a declared type or agent"])
  }

  static func notAValue(_ symbol: Symbol, at span: Span) -> Diagnostic {
    let example: String
    switch symbol.kind {
    case .function: example = "call it: `\(symbol.name.text)(…)`"
    default: example = "read one of its variables: `\(symbol.name.text).x`"
    }
    return Diagnostic(
      319, "`\(symbol.name.text)` is no value", at: Label(span, "this is \(symbol.description)"),
      notes: ["a value stands here"], help: [example])
  }

  static func notAFunction(_ symbol: Symbol, at span: Span) -> Diagnostic {
    Diagnostic(
      320, "`\(symbol.name.text)` cannot be called",
      at: Label(span, "this is \(symbol.description)"),
      secondary: [Label(symbol.name.span, "declared here")],
      notes: ["before `(` stands a function or a record"],
      help: ["a member of a map, sequence or family is `\(symbol.name.text)[…]`"])
  }

  static func noMembers(
    _ type: String, _ text: String, _ member: Name, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      321, "A value of type \(type) has no parts", at: Label(span, "of type \(type)"),
      secondary: [Label(member.span, "nothing to find here")],
      notes: ["records have fields and agents have variables"],
      help: partHelp(text, type, member.text))
  }

  private static func partHelp(_ text: String, _ type: String, _ member: String) -> [String] {
    if type.hasSuffix("?") { return ["look into an optional with `!`: `\(text)!.\(member)`"] }
    if type.hasPrefix("map[") { return ["the value of a key is `\(text)[k]`"] }
    let isSequence = type.hasPrefix("seq of")
    guard isSequence || type.hasPrefix("set of") else { return [] }
    switch member.lowercased() {
    case "size", "length", "count", "len": return ["write `size(\(text))`"]
    case "isempty", "empty": return ["write `\(text) == \(isSequence ? "[]" : "{}")`"]
    case "contains", "has", "includes": return ["write `x in \(text)`"]
    case "first", "head",
      "front" where isSequence:
      return ["write `first(\(text))`"]
    default: return []
    }
  }

  static func memberOfFamily(_ family: String, _ member: Name, at span: Span) -> Diagnostic {
    Diagnostic(
      322, "`\(family)` is a family of agents", at: Label(span, "of which member?"),
      notes: ["each member has variables of its own"],
      help: [
        "name a member, `\(family)[0].\(member.text)`,\n"
          + "or ask about all: `all n in \(family): n.\(member.text)`"
      ])
  }

  static func memberOfAnyAgent(_ member: Name, at span: Span) -> Diagnostic {
    Diagnostic(
      323, "Not every agent has `\(member.text)`", at: Label(span, "of any agent"),
      notes: ["variables are known where the type is one agent or family"],
      help: ["say which agents are meant where the name is bound: `from s: Node`"])
  }
}
