import Decisions
import Diagnostics
import Foundation
import Syntax
import Testing

private let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
private let explanations = allExplanations.filter {
  (900..<924).contains($0.code.number) || $0.code.number == 930
}

/// What is said of a text, rendered.
private func messages(_ text: String) -> (codes: [Int], rendered: String) {
  var sources = SourceSet()
  let id = sources.add(SourceFile(name: "app.wf", text: Array(text.utf8)))
  let (file, wrong) = parse(id, in: sources)
  let found = wrong + elaborate([file], in: sources).diagnostics
  return (
    found.map(\.code.number),
    found.map { renderText($0, sources: sources, color: false) }.joined(separator: "\n")
  )
}

/// Each example of an explanation makes its mistake and no other, is reported as before
/// (`UPDATE_SNAPSHOTS=1` rewrites that), and is right when mended.
@Test(arguments: explanations)
func examplesAreHonest(_ explanation: Explanation) throws {
  let wrong = messages(explanation.wrong)
  #expect(Set(wrong.codes) == [explanation.code.number])
  let mended = messages(explanation.mended)
  #expect(mended.codes == [], "\(mended.rendered)")
  let example = folder.appending(path: "Messages/\(explanation.code).wf")
  let golden = example.deletingPathExtension().appendingPathExtension("txt")
  if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
    try explanation.wrong.write(to: example, atomically: true, encoding: .utf8)
    try wrong.rendered.write(to: golden, atomically: true, encoding: .utf8)
  }
  #expect(try String(contentsOf: example, encoding: .utf8) == explanation.wrong)
  #expect(try String(contentsOf: golden, encoding: .utf8) == wrong.rendered)
}

@Test func everyCodeHasAnExplanation() throws {
  let file = folder.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Decisions/Elaboration/Diagnostic+Decisions.swift")
  let text = try String(contentsOf: file, encoding: .utf8)
  let used = Set(text.matches(of: /\D(9\d\d), "/).compactMap { Int($0.1) })
  #expect(used.count > 20)
  #expect(used == Set(explanations.map(\.code.number)))
}

/// Further mistakes of strangers: what is said, as far as it matters.
@Test(arguments: [
  ("decision n: integer; require n > 3", "did you mean `int`?"),
  ("decision r: double", "did you mean `real`?"),
  ("decision n: int; require all k in int: k > n", "`int` has no end"),
  ("decision api: { rest, graphql }; require api == soap", "the values here are `rest`, `graphql`"),
  ("decision api: { rest, graphql }; require api == grahpql", "did you mean `graphql`?"),
  ("decision t: set of { web, cli }; require gui in t", "the values here are `web`, `cli`"),
  ("decision users: 0..9 default 12", "outside of 0..9"),
  ("decision s: string; require s < \"m\"", "a value of type string"),
  ("decision n: int default \"ten\"", "this is string"),
  ("decision ok: boolean", "did you mean `bool`?"),
  ("decision t: set of { web, cli }; require len(t) > 1", "did you mean `size`?"),
  ("decision alert: off | sms | email", "write `{ off, sms, email }`"),
  ("decision alert: { none, sms }", "`none` cannot be the name of a value"),
])
func mistakesAreNamedOnce(_ body: String, _ words: String) {
  let found = messages("prompt App \"x\" { \(body) }")
  #expect(found.rendered.contains(words), "\(found.rendered)")
  #expect(found.codes.count == 1, "\(found.rendered)")
}

@Test func whoDecidesIsSaidWithDecides() {
  let found = messages(
    """
    prompt Hotel "x" { decision rooms: 1..4 }
    claims of Desk { decide rooms; rooms == 2 }
    """)
  #expect(found.rendered.contains("write `decides rooms`"), "\(found.rendered)")
  #expect(found.codes.count == 1, "\(found.rendered)")
}
