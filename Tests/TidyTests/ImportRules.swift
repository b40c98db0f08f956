/// What each target may import of this package: the pipeline's direction.
///
/// A target that is not in the table has no place in the architecture yet.
let allowedImports: [String: Set<String>] = [
  "Diagnostics": [],
  "Syntax": ["Diagnostics"],
  "Semantics": ["Diagnostics", "Syntax"],
  "TransitionSystem": ["Diagnostics"],
  "Lowering": ["Diagnostics", "Syntax", "Semantics", "TransitionSystem"],
  "Reduction": ["TransitionSystem"],
  "Symmetry": ["TransitionSystem"],
  "DeadData": ["TransitionSystem"],
  "Exploration": [
    "CPrefetch", "Columns", "DeadData", "Diagnostics", "Reduction", "Symmetry",
    "TransitionSystem",
  ],
  "Columns": [],
  "Temporal": ["CPrefetch", "Columns", "TransitionSystem"],
  "Valence": ["Columns"],
  "CPrefetch": [],
  "CZ3": [],
  "Decisions": ["CZ3", "Diagnostics", "Syntax"],
  "Satisfiability": ["Decisions", "Diagnostics", "Semantics", "Syntax"],
  "Report": ["Decisions", "Diagnostics", "TransitionSystem"],
  "Driver": [
    "Columns", "Decisions", "Diagnostics", "Syntax", "Semantics", "Lowering", "TransitionSystem",
    "Exploration", "Reduction", "Report", "Satisfiability", "Temporal", "Valence",
  ],
  // All but Driver for the option types that flags set.
  "wfcheck": ["Decisions", "Driver", "Exploration", "Reduction", "Report"],
]

/// Modules from outside that a target may import, each where its feature lives.
let allowedOutside: [String: Set<String>] = [
  "Exploration": ["Glibc", "Synchronization"],
  "Decisions": ["Synchronization"],
  "Temporal": ["Glibc", "Synchronization"],
  "Driver": ["Glibc", "Synchronization"],
  "wfcheck": ["ArgumentParser", "Glibc"],
]

/// Files in Sources that may import Foundation, each with its reason.
let foundationFiles: Set<String> = []

let importRules: [Rule] = [
  Rule(
    name: "imports point one way", applies: { $0.path.hasPrefix("Sources/") },
    complaints: { file in
      guard let target = file.target, let allowed = allowedImports[target] else {
        return ["the target is not in the table of \(#fileID)"]
      }
      let all = allowed.union(allowedOutside[target] ?? [])
      return imports(of: file).filter { !all.contains($0) && $0 != "Foundation" }
    },
    bad: TextFile(path: "Sources/Syntax/A.swift", text: "import Semantics\n"),
    good: TextFile(path: "Sources/Semantics/A.swift", text: "import Syntax\n// import Report\n")),
  Rule(
    name: "Sources do not import Foundation",
    applies: { $0.path.hasPrefix("Sources/") && !foundationFiles.contains($0.path) },
    complaints: { imports(of: $0).filter { $0.hasPrefix("Foundation") } },
    bad: TextFile(path: "Sources/Driver/A.swift", text: "public import FoundationEssentials\n"),
    good: TextFile(path: "Sources/Driver/A.swift", text: "import Glibc // not Foundation\n")),
]

/// The modules that a file imports, once each, without submodules.
func imports(of file: TextFile) -> [String] {
  let pattern = /^\s*(?:@\w+(?:\([^)]*\))?\s+|(?:public|package|internal|fileprivate|private)\s+)*/
  var names: [String] = []
  for line in file.code.split(separator: "\n") where line.contains("import ") {
    let rest = line.prefixMatch(of: pattern).map { line[$0.range.upperBound...] } ?? line
    guard rest.hasPrefix("import ") else { continue }
    let words = rest.split(separator: " ")
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
    let module = words.dropFirst().first { !kinds.contains($0) } ?? ""
    let name = String(module.prefix { $0 != "." })
    if !names.contains(name) { names.append(name) }
  }
  return names
}

/// The targets of a package manifest (tests aside) with the targets of the package they depend on.
func dependencies(in manifest: String) -> [String: Set<String>] {
  let pattern = /\.(?:executableTarget|target)\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?/
  var result: [String: Set<String>] = [:]
  for match in manifest.matches(of: pattern) {
    let list = match.output.2 ?? ""
    let products = list.matches(of: /\.product\([^)]*\)/).map(\.range)
    let names = list.matches(of: /"(\w+)"/).filter { name in
      !products.contains { $0.contains(name.range.lowerBound) }
    }
    result[String(match.output.1)] = Set(names.map { String($0.output.1) })
  }
  return result
}
