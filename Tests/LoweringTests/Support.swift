import Diagnostics
import Foundation
import Lowering
import Semantics
import Syntax
import Testing
import TransitionSystem

let testFolder = URL(filePath: #filePath).deletingLastPathComponent()

func typedSpec(_ text: String, name: String = "test.wf") throws -> TypedSpec {
  var sources = SourceSet()
  let id = sources.add(SourceFile(name: name, text: Array(text.utf8)))
  let (file, syntactic) = parse(id, in: sources)
  let (spec, diagnostics) = analyze([file], configuration: Configuration(), in: sources)
  let errors = (syntactic + diagnostics).filter { $0.severity == .error }
  #expect(errors.map(\.title) == [])
  return try #require(spec)
}

/// Requires: the spec can be represented.
func system(_ text: String, rooms: [Int: Int] = [:]) throws -> TransitionSystem {
  let (system, diagnostics) = lower(try typedSpec(text), rooms: rooms)
  #expect(diagnostics == [])
  return try #require(system)
}
