import Diagnostics
import Foundation
import Semantics
import Testing

/// `Messages/WF0301.wf`, also `WF0301-why.wf`, with the rendered text beside it in `.txt`;
/// `UPDATE_SNAPSHOTS=1` rewrites the texts. A first line `// --check c` or `// --set N=3` is
/// obeyed.
private let snapshots = files(below: testFolder.appending(path: "Messages"), extension: "wf")
private let isUpdating = ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1"

private func code(of snapshot: URL) -> String {
  String(snapshot.deletingPathExtension().lastPathComponent.prefix(6))
}

@Test(arguments: snapshots)
func rendersAsBefore(_ snapshot: URL) throws {
  let text = try String(contentsOf: snapshot, encoding: .utf8)
  let found = analysis(of: text, name: snapshot.lastPathComponent, configuration(in: text))
  #expect(found.diagnostics.contains { $0.code.description == code(of: snapshot) })
  let golden = snapshot.deletingPathExtension().appendingPathExtension("txt")
  if isUpdating { try found.rendered.write(to: golden, atomically: true, encoding: .utf8) }
  #expect(try String(contentsOf: golden, encoding: .utf8) == found.rendered)
}

@Test func noSnapshotIsOrphaned() {
  let goldens = files(below: testFolder.appending(path: "Messages"), extension: "txt")
  #expect(goldens.map(code(of:)) == snapshots.map(code(of:)))
}

/// The codes that the factories in Sources/Semantics/Diagnostics use.
private func codesInSource() throws -> Set<String> {
  let folder = repository.appending(path: "Sources/Semantics/Diagnostics")
  var found: Set<String> = []
  for file in files(below: folder, extension: "swift") {
    let text = try String(contentsOf: file, encoding: .utf8)
    for match in text.matches(of: /(?:\n +|: )(\d{3})(?:, |\n)/) { found.insert("WF0\(match.1)") }
  }
  return found
}

@Test func everyCodeHasASnapshotAndAnExplanation() throws {
  let used = try codesInSource()
  #expect(used.count > 80)
  #expect(used.subtracting(snapshots.map(code(of:))) == [])
  let explained = Set(allExplanations.map(\.code.description))
  #expect(used.subtracting(explained) == [])
}

/// Examples that are specs, in the order of their codes.
private let examples = allExplanations.filter {
  (300..<930).contains($0.code.number) && ![602, 603, 606].contains($0.code.number)
    && analyzedCodes.contains($0.code.description)
}

private let analyzedCodes = (try? codesInSource()) ?? []

private func example(_ text: String, _ code: Int) -> Analysis {
  let isUnsupportedProperty = (806...811).contains(code)
  return analysis(
    of: code == 601 ? text : "workflow Example\n\(text)",
    Configuration(check: isUnsupportedProperty ? "one" : nil))
}

@Test(arguments: examples)
func examplesAreHonest(_ explanation: Explanation) {
  let number = explanation.code.number
  if number != 424 {
    #expect(Set(example(explanation.wrong, number).codes) == [number])
  }
  let mended = example(explanation.mended, number)
  #expect(mended.codes == [], "\(mended.rendered)")
  #expect(mended.spec != nil)
}

/// Applying a fix removes its message.
@Test(arguments: examples)
func fixesMend(_ explanation: Explanation) {
  let number = explanation.code.number
  let wrong = example(explanation.wrong, number)
  guard let fix = wrong.diagnostics.first?.fix else { return }
  var bytes = wrong.sources.files[0].text
  bytes.replaceSubrange(fix.span.start..<fix.span.end, with: Array(fix.replacement.utf8))
  #expect(!analysis(of: String(decoding: bytes, as: UTF8.self)).codes.contains(number))
}
