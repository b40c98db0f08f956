import Diagnostics
import Testing

private func rendered(
  _ text: String, _ start: Int, _ end: Int, secondary: (Int, Int)? = nil, color: Bool = false
) -> String {
  let (sources, file) = sourceSet(text.utf8)
  let diagnostic = Diagnostic(
    999, "A title", at: Label(Span(file: file, start: start, end: end), "here"),
    secondary: secondary.map { [Label(Span(file: file, start: $0.0, end: $0.1), "there")] } ?? [],
    notes: ["one\ntwo"], help: ["do it"])
  return renderText(diagnostic, sources: sources, color: color)
}

@Test func pointsAtTheSpan() {
  let text = rendered("let a = 1\nlet b = 2\n", 14, 15, secondary: (4, 5))
  #expect(
    text == """
      error[WF0999]: A title
       --> test.wf:2:5
        |
      1 | let a = 1
        |     - there
      2 | let b = 2
        |     ^ here
        |
        = note: one
                two
        = help: do it

      """)
}

@Test func tabsAndWideCharactersTakeTheirColumns() {
  #expect(rendered("\tx", 1, 2).contains("1 |     x\n  |     ^ here"))
  #expect(rendered("a\tx", 2, 3).contains("1 | a   x\n  |     ^ here"))
  let wide = "\"漢字\" x"
  #expect(rendered(wide, 9, 10).contains("| \"漢字\" x\n  |        ^ here"))
  #expect(rendered("e\u{301}x", 3, 4).contains("\n  |  ^ here"))
}

@Test func controlCharactersAreShownAsPictures() {
  #expect(rendered("a\u{1B}[31mb", 1, 2).contains("a␛[31mb"))
}

@Test func severalLinesAreMarkedAtTheirEnds() {
  let text = rendered("if (\n  a\n  b\n  c)\n", 3, 18)
  #expect(text.contains("1 | if (\n  |    ^\n...\n4 |   c)\n  |   ^^ here"))
}

@Test func longLinesAreCut() {
  let line = String(repeating: "x", count: 300) + "!" + String(repeating: "y", count: 300)
  let text = rendered(line, 300, 301)
  #expect(text.contains("…") && text.contains("x!y"))
  #expect(text.split(separator: "\n").allSatisfy { $0.count <= 110 })
  let marker = text.split(separator: "\n").first { $0.contains("^") }
  let source = text.split(separator: "\n").first { $0.contains("!") }
  #expect(marker?.firstIndex(of: "^") != nil)
  #expect(source?.prefix { $0 != "!" }.count == marker?.prefix { $0 != "^" }.count)
}

@Test func spansBeyondTheFileAreHarmless() {
  _ = rendered("", 0, 0)
  _ = rendered("a", 5, 9)
  _ = rendered("a\n", 2, 2)
}

@Test func colorsAreOnlyThereOnRequest() {
  #expect(!rendered("a", 0, 1).contains("\u{1B}"))
  #expect(rendered("a", 0, 1, color: true).contains("\u{1B}[1;31m"))
}

@Test func nearNamesAreSuggested() {
  #expect(closest(to: "Reveiwer", among: ["Coder", "Reviewer", "Merger"]) == "Reviewer")
  #expect(closest(to: "reviewer", among: ["Reviewer"]) == "Reviewer")
  #expect(closest(to: "mergd", among: ["merged", "merge"]) == "merged")
  #expect(closest(to: "x", among: ["y", "z"]) == nil)
  #expect(closest(to: "planner", among: ["judge", "coder"]) == nil)
  #expect(closest(to: "ab", among: ["ba"]) == "ba")
}
