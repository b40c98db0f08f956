import Testing

/// The manifest, the table of imports and the imports themselves say the same.
@Suite struct PackageTests {
  /// What a target of a manifest depends on against the direction of the pipeline.
  private func complaints(_ manifest: String) -> [String] {
    dependencies(in: manifest).sorted { $0.key < $1.key }.flatMap { target, found -> [String] in
      guard let allowed = allowedImports[target] else { return ["\(target) is not in the table"] }
      return found.subtracting(allowed).sorted().map { "\(target) must not depend on \($0)" }
    }
  }

  @Test func manifestKeepsTheDirection() throws {
    let manifest = try #require(Repository.file("Package.swift"))
    #expect(complaints(manifest.text) == [])
    #expect(dependencies(in: manifest.text).count >= allowedImports.count)
  }

  @Test func whatIsImportedIsDeclared() throws {
    let manifest = try #require(Repository.file("Package.swift"))
    let declared = dependencies(in: manifest.text)
    for file in Repository.swift where file.path.hasPrefix("Sources/") {
      guard let target = file.target, let own = declared[target] else { continue }
      let missing = imports(of: file).filter { declared[$0] != nil && !own.contains($0) }
      #expect(missing == [], "\(file.path) imports what Package.swift does not give \(target)")
    }
  }

  @Test func wrongDirectionIsSeen() {
    let manifest = """
      .target(name: "Syntax", dependencies: ["Diagnostics", "Report"]),
      .target(name: "Extra"),
      .executableTarget(
        name: "wfcheck", dependencies: ["Driver", .product(name: "X", package: "y")]),
      """
    #expect(dependencies(in: manifest)["wfcheck"] == ["Driver"])
    #expect(
      complaints(manifest) == ["Extra is not in the table", "Syntax must not depend on Report"])
  }

  @Test func theTableHasNoCycle() {
    for (target, direct) in allowedImports {
      var reached = direct
      var size = -1
      while size != reached.count {
        size = reached.count
        for name in reached { reached.formUnion(allowedImports[name] ?? []) }
      }
      #expect(!reached.contains(target), "\(target) would import itself")
    }
  }
}
