import Diagnostics
import Syntax

// Codes 0418 to 0424: calls, indices, domains, recipients.
extension Diagnostic {
  static func argumentCount(_ list: GivenValues) -> Diagnostic {
    let name = list.name.text
    let fields = list.fields.map { "`\($0.name)\($0.type.map { ": " + $0 } ?? "")`" }
    return Diagnostic(
      418, "`\(name)` takes \(values(list.fields.count)), not \(list.given.count)",
      at: Label(list.wrong, list.words),
      notes: [
        fields.isEmpty
          ? "`\(name)` is declared without fields or parameters"
          : "it takes \(fields.joined(separator: ", "))"
      ],
      help: ["write `\(list.mended)`"], fix: list.fix)
  }

  private static func values(_ count: Int) -> String {
    switch count {
    case 0: "no values"
    case 1: "1 value"
    default: "\(count) values"
    }
  }

  static func notASet(
    _ type: String, isSequence: Bool, text: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      419, "A set is needed here", at: Label(span, "has type \(type)"),
      notes: ["a set is a type, a family, a range, or a value of type `set of T`"],
      help: isSequence
        ? ["take a place, `i in 0..size(\(text)) - 1`, and read `\(text)[i]`"] : [])
  }

  static func notIndexed(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      420, "A value of type \(type) has no places", at: Label(span, "of type \(type)"),
      notes: ["`x[i]` reads a map, a sequence or a member of a family"],
      help: type.hasPrefix("set of") ? ["ask with `in`: `i in s`"] : [])
  }

  static func notAFamily(_ name: Name, at span: Span) -> Diagnostic {
    Diagnostic(
      421, "`\(name.text)` is a single agent", at: Label(span, "has no members"),
      secondary: [Label(name.span, "declared without a number")],
      notes: ["a family is declared with its size: `agent Node[3]`"],
      help: ["write `\(name.text)`"], fix: Fix(span, replacement: name.text))
  }

  static func mapOverSet(at span: Span) -> Diagnostic {
    Diagnostic(
      422, "A map has a value for every key of a type", at: Label(span, "not a type"),
      notes: ["the keys of `map k in K: e` are a type, a family or a constant range"],
      help: ["name the type: `map k in Node: false`"])
  }

  static func recipient(
    _ type: String, _ text: String, isOptional: Bool, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      423, "A message goes to an agent", at: Label(span, "has type \(type)"),
      notes: ["after `to` stands an agent, a family, or a set of agents"],
      help: isOptional ? ["the value of an optional is `\(text)!`"] : [])
  }

  static func nestedTooDeep(at span: Span) -> Diagnostic {
    Diagnostic(
      424, "This nests too deep", at: Label(span, "given up here"),
      notes: [
        "expressions and definitions nest at most \(nestingMax) levels deep together,\n"
          + "calls of functions at most \(callHeightMax)"
      ],
      help: ["give a part of it a name, with `const`, `let` or `function`"])
  }
}
