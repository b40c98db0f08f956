import Diagnostics
import Foundation
import Syntax
import Testing

/// `Messages/WF0205.wf`, also `WF0205-why.wf`, with the rendered text beside it in `.txt`;
/// `UPDATE_SNAPSHOTS=1` rewrites the texts.
private let snapshots = files(below: testFolder.appending(path: "Messages"), extension: "wf")
private let isUpdating = ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1"

private func code(of snapshot: URL) -> String {
  String(snapshot.deletingPathExtension().lastPathComponent.prefix(6))
}

@Test(arguments: snapshots)
func rendersAsBefore(_ snapshot: URL) throws {
  let (sources, file) = sourceSet(try Data(contentsOf: snapshot), name: snapshot.lastPathComponent)
  let found = parse(file, in: sources).1
  #expect(found.contains { $0.code.description == code(of: snapshot) })
  let text = found.map { renderText($0, sources: sources, color: false) }.joined(separator: "\n")
  let golden = snapshot.deletingPathExtension().appendingPathExtension("txt")
  if isUpdating { try text.write(to: golden, atomically: true, encoding: .utf8) }
  #expect(try String(contentsOf: golden, encoding: .utf8) == text)
}

@Test func noSnapshotIsOrphaned() {
  let goldens = files(below: testFolder.appending(path: "Messages"), extension: "txt")
  #expect(goldens.map(code(of:)) == snapshots.map(code(of:)))
}

/// The codes that the factories in Sources/Syntax/Diagnostics use.
private func codesInSource() throws -> Set<String> {
  let folder = repository.appending(path: "Sources/Syntax/Diagnostics")
  var found: Set<String> = []
  for file in files(below: folder, extension: "swift") {
    for match in try String(contentsOf: file, encoding: .utf8).matches(of: /\n +(\d{3}), "/) {
      found.insert("WF0\(match.1)")
    }
  }
  return found
}

@Test func everyCodeHasASnapshotAndAnExplanation() throws {
  let used = try codesInSource()
  #expect(used.count > 60)
  #expect(used.subtracting(snapshots.map(code(of:))) == [])
  let explained = allExplanations.map(\.code).filter { $0.number < 300 }
  #expect(used.symmetricDifference(explained.map(\.description)) == [])
  #expect(Set(explained).count == explained.count)
}

private let examples = allExplanations.filter { $0.code.number < 300 && !$0.wrong.hasPrefix("(") }

@Test(arguments: examples)
func examplesAreHonest(_ explanation: Explanation) {
  #expect(codes(of: explanation.wrong) == [explanation.code.number])
  #expect(codes(of: explanation.mended) == [], "\(explanation.mended)")
}

/// Applying a fix removes its message and makes no new one.
@Test(arguments: examples)
func fixesMend(_ explanation: Explanation) {
  guard let fix = diagnostics(of: explanation.wrong).first?.fix else { return }
  var bytes = Array(explanation.wrong.utf8)
  bytes.replaceSubrange(fix.span.start..<fix.span.end, with: Array(fix.replacement.utf8))
  #expect(codes(of: String(decoding: bytes, as: UTF8.self)) == [])
}
