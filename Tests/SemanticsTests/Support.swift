import Diagnostics
import Foundation
import Semantics
import Syntax

let testFolder = URL(filePath: #filePath).deletingLastPathComponent()
let repository = testFolder.deletingLastPathComponent().deletingLastPathComponent()

func files(below folder: URL, extension wanted: String) -> [URL] {
  let all = FileManager.default.enumerator(
    at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
  return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == wanted }
    .sorted { $0.path < $1.path }
}

/// A file that has been read as far as its types.
struct Analysis {
  let sources: SourceSet
  let spec: TypedSpec?
  let diagnostics: [Diagnostic]

  var codes: [Int] { diagnostics.map(\.code.number) }
  var rendered: String {
    diagnostics.map { renderText($0, sources: sources, color: false) }.joined(separator: "\n")
  }
}

func analysis(
  of text: String, name: String = "example.wf", _ configuration: Configuration = Configuration()
) -> Analysis {
  var sources = SourceSet()
  let id = sources.add(SourceFile(name: name, text: Array(text.utf8)))
  let (file, syntactic) = parse(id, in: sources)
  let (spec, diagnostics) = analyze([file], configuration: configuration, in: sources)
  return Analysis(
    sources: sources, spec: syntactic.isEmpty ? spec : nil, diagnostics: syntactic + diagnostics)
}

/// The check and the settings that the first line of a test file asks for.
func configuration(in text: String) -> Configuration {
  var configuration = Configuration()
  let first = text.prefix { $0 != "\n" }
  if let match = first.firstMatch(of: /^\/\/ --check (\w+)/) {
    configuration.check = String(match.1)
  }
  if let match = first.firstMatch(of: /^\/\/ --set (\w+)=(\w+)/) {
    configuration.overrides = [(String(match.1), String(match.2))]
  }
  return configuration
}

/// The names of the checks of a spec, or nil for its default one.
func checks(of text: String) -> [String?] {
  var sources = SourceSet()
  let id = sources.add(SourceFile(name: "example.wf", text: Array(text.utf8)))
  let names = checkNames(in: [parse(id, in: sources).0]).map(\.text)
  return names.isEmpty ? [nil] : names
}

/// A spec of the repository; counts that are still to be measured stand between `@` and are
/// dropped.
func specText(_ file: URL) throws -> String {
  try String(contentsOf: file, encoding: .utf8)
    .replacing(/expect @[^@]*@/, with: "expect 1 states").replacing(/@[^@ ]*@/, with: "1")
}
