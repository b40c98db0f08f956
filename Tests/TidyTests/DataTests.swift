import Foundation
import Testing

/// Files that are no Swift: goldens, specs, diagnostics with their explanations, links.
@Suite struct DataTests {
  private static let goldenFolders: Set<Substring> = ["Snapshots", "Goldens", "Messages", "Stages"]

  /// Goldens that no test of their target can mean: no test names them, and no spec beside them
  /// has their name. `ring-12` may be written `ring-\(count)`, a spec be found with its folder.
  private func orphans(_ goldens: [TextFile], _ tests: [TextFile]) -> [String] {
    let specs = Set(goldens.filter { $0.name.hasSuffix(".wf") }.map { "\($0.folder)/\($0.stem)" })
    return goldens.filter { golden in
      let code = tests.filter { $0.target == golden.target }.map(\.text).joined(separator: "\n")
      let folder = golden.folder.split(separator: "/").last ?? ""
      if specs.contains("\(golden.folder)/\(golden.stem)"), code.contains(folder) { return false }
      let pattern = golden.stem.lastIndex(of: "-").map { golden.stem[...$0] + "\\(" }
      let isNamed = code.contains("\"\(golden.stem)") || pattern.map(code.contains) == true
      return !isNamed
    }.map(\.path)
  }

  @Test func noGoldenIsOrphaned() {
    let goldens = Repository.paths(below: "Tests").compactMap(Repository.file).filter { file in
      file.folder.split(separator: "/").contains(where: Self.goldenFolders.contains)
    }
    #expect(orphans(goldens, Repository.swift) == [])
    #expect(goldens.count > 20)
  }

  @Test func orphansAreSeen() {
    func file(_ name: String, _ text: String = "") -> TextFile {
      TextFile(path: "Tests/ATests/\(name)", text: text)
    }
    let test = file("B.swift", #"expect("gate.txt"); expect("ring-\(count).txt"); "Goldens""#)
    let goldens = [
      "Snapshots/gate.txt", "Snapshots/ring-4.txt", "Snapshots/gone.txt", "Goldens/c.wf",
      "Goldens/c.txt", "Goldens/d.txt",
    ]
    #expect(
      orphans(goldens.map { file($0) }, [test]) == [
        "Tests/ATests/Snapshots/gone.txt", "Tests/ATests/Goldens/d.txt",
      ])
  }

  /// The codes behind an opening such as `Diagnostic(`.
  private func codes(_ opening: String, in files: [TextFile]) -> Set<Int> {
    var found: Set<Int> = []
    for file in files {
      for part in file.text.split(
        separator: opening + "(", omittingEmptySubsequences: false
      ).dropFirst() {
        let digits = part.drop(while: \.isWhitespace).prefix(while: \.isNumber)
        if digits.count >= 3, let code = Int(digits) { found.insert(code) }
      }
    }
    return found
  }

  @Test func everyDiagnosticIsExplained() {
    let sources = Repository.swift.filter { $0.path.hasPrefix("Sources/") }
    let explained = codes("Explanation", in: sources)
    let used = codes("Diagnostic", in: sources)
    #expect(used.subtracting(explained).sorted() == [])
    #expect(used.count > 100)
  }

  @Test func codesAreSeenWhereverTheyStand() {
    let text =
      "Diagnostic(\n      203, .warning, \"\")\nreturn Diagnostic(204, \"\")\nDiagnostic(code)"
    #expect(codes("Diagnostic", in: [TextFile(path: "a", text: text)]) == [203, 204])
  }

  private func lacksComment(_ spec: TextFile) -> Bool {
    !spec.text.hasPrefix("//") && !spec.text.hasPrefix("/*")
  }

  @Test func specsBeginWithAComment() {
    let specs = Repository.files(below: ["specs", "examples"], ["wf"])
    #expect(specs.filter(lacksComment).map(\.path) == [])
    #expect(specs.count > 10)
    #expect(lacksComment(TextFile(path: "a.wf", text: "workflow A\n// late\n")))
  }

  /// Relative links of a Markdown text that lead nowhere.
  private func deadLinks(_ page: TextFile) -> [String] {
    let links = page.text.matches(of: /\]\(([^)#\s]+)(?:#[^)]*)?\)/).map { String($0.output.1) }
    return links.filter { link in
      if link.contains(":") { return false }
      let path = Repository.root.appending(path: page.folder).appending(path: link)
      return (try? path.checkResourceIsReachable()) != true
    }.map { "\(page.path): \($0)" }
  }

  @Test func linksLeadSomewhere() {
    let roots = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    let pages =
      roots.compactMap(Repository.file)
      + Repository.files(below: ["docs", "specs", "examples", "benchmarks"], ["md"])
    #expect(pages.flatMap(deadLinks) == [])
    let bad = TextFile(path: "docs/a.md", text: "[x](gone.md#part) [y](../Package.swift)")
    #expect(deadLinks(bad) == ["docs/a.md: gone.md"])
  }
}
