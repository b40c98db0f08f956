import Foundation
import Syntax
import Testing

/// The blocks of docs/language.md that are fenced as `wf`.
private func examplesOfTheReference() throws -> [String] {
  let page = repository.appending(path: "docs/language.md")
  let text = try String(contentsOf: page, encoding: .utf8)
  return text.components(separatedBy: "```wf\n").dropFirst().map {
    $0.components(separatedBy: "```")[0]
  }
}

@Test func examplesOfTheReferenceParse() throws {
  let examples = try examplesOfTheReference()
  #expect(examples.count >= 4)
  for example in examples { #expect(codes(of: example) == [], "\(example)") }
}
