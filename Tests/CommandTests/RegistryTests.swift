import Diagnostics
import Foundation
import Testing

/// Every code that the program can report is explained and has a snapshot of its message.
///
/// Those that need a whole run have theirs in `Messages`: what the program says of `WF0780.wf` is
/// in `WF0780.txt`; `UPDATE_SNAPSHOTS=1` rewrites the texts. The others are with their stage.
@Suite struct RegistryTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Messages")

  private static func files(below folder: URL, _ suffix: String) -> [URL] {
    let all = FileManager.default.enumerator(
      at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
    return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == suffix }
      .sorted { $0.path < $1.path }
  }

  private static func code(of file: URL) -> String {
    String(file.deletingPathExtension().lastPathComponent.prefix(6))
  }

  /// The codes of the factories, wherever they stand.
  private static func codesInSources() throws -> Set<String> {
    var found: Set<String> = []
    for file in files(below: Command.root.appending(path: "Sources"), "swift") {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains("extension Diagnostic {") else { continue }
      for match in text.matches(of: /(?:\n +|: |\()(\d{3})(?:, |\n|\))/) {
        found.insert("WF0\(match.1)")
      }
    }
    return found
  }

  @Test func everyCodeIsExplainedAndExplanationsHaveTheirCode() throws {
    let used = try Self.codesInSources()
    let explained = allExplanations.map(\.code.description)
    #expect(used.count >= 178)
    #expect(used == Set(explained))
    #expect(Set(explained).count == explained.count)
  }

  @Test func everyCodeHasASnapshotThatShowsIt() throws {
    var shown: Set<String> = []
    for text in Self.files(below: Command.root.appending(path: "Tests"), "txt")
    where text.deletingLastPathComponent().lastPathComponent == "Messages" {
      let code = Self.code(of: text)
      if try String(contentsOf: text, encoding: .utf8).contains("[\(code)]") { shown.insert(code) }
    }
    #expect(try Self.codesInSources().subtracting(shown) == [])
  }

  @Test(arguments: files(below: folder, "wf"))
  func saysAsBefore(_ spec: URL) throws {
    let path = "Tests/CommandTests/Messages/\(spec.lastPathComponent)"
    let run = try Command.wfcheck([path, "--no-stats"])
    let text = run.errors + run.output
    #expect(text.contains("[\(Self.code(of: spec))]"))
    let golden = spec.deletingPathExtension().appendingPathExtension("txt")
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
      try text.write(to: golden, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: golden, encoding: .utf8) == text)
  }

  /// The examples of the explanations that need a run; imports need files, and have none.
  @Test(
    arguments: allExplanations.filter { [780, 781, 782, 850, 851, 852].contains($0.code.number) })
  func examplesAreHonest(_ explanation: Explanation) throws {
    let wrong = try Command.wfcheck(["-"], input: "workflow Example\n\(explanation.wrong)\n")
    #expect((wrong.errors + wrong.output).contains("[\(explanation.code)]"))
    let mended = try Command.wfcheck(["-"], input: "workflow Example\n\(explanation.mended)\n")
    #expect(!(mended.errors + mended.output).contains("WF0"), "\(mended.errors)\(mended.output)")
    #expect(mended.status == 0)
  }
}
