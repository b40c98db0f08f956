import Decisions
import Diagnostics
import Foundation
import Satisfiability
import Semantics
import Syntax
import Testing

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
private let explanations = allExplanations.filter { (720..<731).contains($0.code.number) }

/// Each example of an explanation makes its mistake and no other, is reported as before
/// (`UPDATE_SNAPSHOTS=1` rewrites that), and is right when mended.
@Test(arguments: explanations)
func examplesAreHonest(_ explanation: Explanation) throws {
  let text = "workflow Example\n" + explanation.wrong
  let wrong = try Findings(text)
  #expect(Set(wrong.codes) == [explanation.code.number])
  let mended = try Findings("workflow Example\n" + explanation.mended)
  #expect(mended.codes == [], "\(mended.rendered)")
  let example = folder.appending(path: "Messages/\(explanation.code).wf")
  let golden = example.deletingPathExtension().appendingPathExtension("txt")
  if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
    try text.write(to: example, atomically: true, encoding: .utf8)
    try wrong.rendered.write(to: golden, atomically: true, encoding: .utf8)
  }
  #expect(try String(contentsOf: example, encoding: .utf8) == text)
  #expect(try String(contentsOf: golden, encoding: .utf8) == wrong.rendered)
}

@Test func everyCodeHasAnExample() throws {
  let file = folder.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Satisfiability/Lints/Diagnostic+Satisfiability.swift")
  let text = try String(contentsOf: file, encoding: .utf8)
  let used = Set(text.matches(of: /\n +(7\d\d), \./).compactMap { Int($0.1) })
  #expect(used.count == 11)
  #expect(used == Set(explanations.map(\.code.number)))
}
