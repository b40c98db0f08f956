import Foundation

/// The style rules of CONTRIBUTING.md that a program can check.
let rules: [Rule] = sizeRules + callRules + wordRules + importRules

/// Functions that may be longer than the rest, each with its reason.
let longFunctions: Set<String> = [
  // The loop of the bytecode machine: one switch over all opcodes, everything in locals.
  "Sources/Exploration/Machine/Machine+Run.swift"
]

private func sample(_ text: String, _ path: String = "Sources/Report/Sample.swift") -> TextFile {
  TextFile(path: path, text: text)
}

private let sizeRules: [Rule] = [
  Rule(
    name: "files have at most 600 lines", applies: { _ in true },
    complaints: { $0.lines.count > 601 ? ["\($0.lines.count) lines"] : [] },
    bad: sample(String(repeating: "a\n", count: 601)),
    good: sample(String(repeating: "a\n", count: 600))),
  Rule(
    name: "functions have at most 70 lines", applies: { !longFunctions.contains($0.path) },
    complaints: { file in
      functionExtents(in: file.text).filter { $0.lineCount > 70 }.map {
        "\($0.firstLine): \($0.name) has \($0.lineCount) lines"
      }
    },
    bad: sample("func long() {\n" + String(repeating: "\n", count: 69) + "}\n"),
    good: sample("func short() {\n" + String(repeating: "\n", count: 68) + "}\n")),
  Rule(
    name: "lines have at most 100 columns", applies: { _ in true },
    complaints: { file in
      zip(1..., file.lines).filter { $1.count > 100 }.map { "\($0): \($1.count) columns" }
    },
    bad: sample(String(repeating: "x", count: 101)),
    good: sample(String(repeating: "ü", count: 100))),
]

private let callRules: [Rule] = [
  Rule(
    name: "only the command line prints",
    applies: { $0.path.hasPrefix("Sources/") && $0.target != "wfcheck" },
    complaints: {
      occurrences(of: /(?<![\w.`])(?<!func )(?:debugPrint|print|dump)\(/, in: code($0))
    },
    bad: sample("  print(\"x\")"), good: sample("func print() { printer.print() } // print()")),
  Rule(
    name: "no input ends the process", applies: { $0.path.hasPrefix("Sources/") },
    complaints: { occurrences(of: /\bfatalError\(|\btry!|\bas!/, in: code($0)) },
    bad: sample("let x = y as! Int"), good: sample("let text = \"try! as!\" // fatalError()")),
]

private let wordRules: [Rule] = [
  Rule(
    name: "no notes to oneself", applies: { _ in true },
    complaints: { occurrences(of: noteWords, in: $0.text) },
    bad: sample("// TO" + "DO: mend"), good: sample("// the method; to do so")),
  Rule(
    name: "names say what a thing is", applies: { _ in true },
    complaints: { file in
      let declared = code(file).matches(of: declarations).map { String($0.output.1) }
      return ([file.stem] + declared).filter { $0.contains(emptyWords) }
    },
    bad: sample("struct StringUtils {}"), good: sample("struct Memory {} // a Helper")),
]

// Written so that this file keeps the rule.
private nonisolated(unsafe) let noteWords = try! Regex(
  "\\b(" + ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].joined(separator: "|") + ")\\b",
  as: Substring.self)
private nonisolated(unsafe) let declarations =
  /\b(?:struct|class|enum|protocol|actor|typealias|extension)\s+(\w+)/
private nonisolated(unsafe) let emptyWords = /(Util|Utils|Utilities|Manager|Helper|Helpers)$/

private func code(_ file: TextFile) -> String { CodeView.text(of: file.text) }
