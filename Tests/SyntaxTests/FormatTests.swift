import Foundation
import Syntax
import Testing

private func formatted(_ text: String) -> String? {
  let (sources, file) = sourceSet(text.utf8)
  return format(file, in: sources)
}

@Test(arguments: sampleSpecs())
func formattingKeepsTheTree(_ spec: URL) throws {
  let text = try String(contentsOf: spec, encoding: .utf8)
  guard codes(of: text).isEmpty else { return }  // A spec that somebody is writing right now.
  let once = try #require(formatted(text))
  #expect(outline(tree(of: once)) == outline(tree(of: text)))
  #expect(formatted(once) == once)
}

@Test func formattingIsCanonical() throws {
  let folder = testFolder.appending(path: "Samples")
  let ragged = try String(contentsOf: folder.appending(path: "ragged.txt"), encoding: .utf8)
  let neat = try String(contentsOf: folder.appending(path: "neat.wf"), encoding: .utf8)
  #expect(formatted(ragged) == neat)
}

@Test func whatDoesNotParseIsNotFormatted() {
  #expect(formatted("workflow W\nagent {") == nil)
  #expect(formatted("workflow W # no") == nil)
}
