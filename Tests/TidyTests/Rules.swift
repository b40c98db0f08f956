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
      functionExtents(in: file.code).filter { $0.lineCount > 70 }.map {
        "\($0.firstLine): \($0.name) has \($0.lineCount) lines"
      }
    },
    bad: sample("func long() {\n" + String(repeating: "\n", count: 69) + "}\n"),
    good: sample("func short() {\n" + String(repeating: "\n", count: 68) + "}\n")),
  Rule(
    name: "lines have at most 100 columns", applies: { _ in true },
    complaints: { file in
      zip(1..., file.lines).filter { $1.utf8.count > 100 && $1.count > 100 }.map {
        "\($0): \($1.count) columns"
      }
    },
    bad: sample(String(repeating: "x", count: 101)),
    good: sample(String(repeating: "ü", count: 100))),
]

private let callRules: [Rule] = [
  Rule(
    name: "only the command line prints",
    applies: { $0.path.hasPrefix("Sources/") && $0.target != "wfcheck" },
    complaints: { file in
      occurrences(of: ["debugPrint(", "print("], in: file.code.replacing("func print(", with: ""))
    },
    bad: sample("  print(\"x\")"), good: sample("func print() { printer.print() } // print()")),
  Rule(
    name: "no input ends the process", applies: { $0.path.hasPrefix("Sources/") },
    complaints: { occurrences(of: ["fatalError(", "try!", "as!"], in: $0.code) },
    bad: sample("let x = y as! Int"), good: sample("let text = \"try! as!\" // fatalError()")),
]

private let wordRules: [Rule] = [
  Rule(
    name: "no notes to oneself", applies: { _ in true },
    complaints: { file in
      zip(1..., file.lines).filter { _, line in
        line.split { !$0.isLetter }.contains(where: noteWords.contains)
      }.map { "\($0): \($1)" }
    },
    bad: sample("// TO" + "DO: mend"), good: sample("// the method; to do so")),
  Rule(
    name: "names say what a thing is", applies: { _ in true },
    complaints: { file in
      ([file.stem] + declaredTypes(in: file.code)).filter { name in
        emptyWords.contains { name.hasSuffix($0) }
      }
    },
    bad: sample("struct StringUtils {}"), good: sample("struct Memory {} // a Helper")),
]

private func declaredTypes(in code: String) -> [String] {
  let keywords: Set<Substring> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
  let words = code.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
  return zip(words, words.dropFirst()).filter { keywords.contains($0.0) }.map { String($0.1) }
}

/// Written so that this file keeps the rule.
private let noteWords: Set<Substring> = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
private let emptyWords = [
  "Util", "Utils", "Utilities", "Manager", "Managers", "Helper", "Helpers",
]
