import Diagnostics
import Foundation
import Semantics
import Testing

/// A small reproducible generator (SplitMix64, Steele, Lea and Flood 2014).
private struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private let seed = ProcessInfo.processInfo.environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
private let rounds = ProcessInfo.processInfo.environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 20
private let corpus =
  files(below: repository.appending(path: "specs"), extension: "wf")
  + files(below: testFolder, extension: "wf")

/// Words, numbers and brackets; the rest one by one.
private func tokens(of text: String) -> [String] {
  text.matches(of: /[A-Za-z_]\w*|\d+|\s+|[^\w\s]/).map { String($0.0) }
}

private let foreign = [
  "9223372036854775807", "-9223372036854775807 - 1", "none", "{}", "[]", "self", "sender", "0", "1",
  "int", "Agent", "loop", "any", "!", "..", "in", "all", "set of", "map", "bool", "_", "stop", "}",
]

private func mutated(_ text: String, by generator: inout Generator) -> String {
  var parts = tokens(of: text)
  for _ in 0..<Int.random(in: 1...4, using: &generator) {
    let words = parts.indices.filter { parts[$0].first?.isWhitespace == false }
    guard let place = words.randomElement(using: &generator),
      let other = words.randomElement(using: &generator)
    else { break }
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: parts[place] = parts[other]
    case 1: parts.remove(at: place)
    case 2: parts.swapAt(place, other)
    case 3: parts.insert(parts[other] + " ", at: place)
    default: parts[place] = foreign.randomElement(using: &generator) ?? ""
    }
  }
  return parts.joined()
}

/// Whatever becomes of a spec, there is a typed spec or an error, and no crash.
@Test(arguments: corpus)
func mutatedSpecsAreJudged(_ file: URL) throws {
  let text = try specText(file)
  var generator = Generator(state: seed &+ UInt64(text.utf8.count))
  for round in 0..<rounds {
    let mutant = mutated(text, by: &generator)
    for check in checks(of: mutant).prefix(2) {
      let found = analysis(of: mutant, Configuration(check: check))
      if let spec = found.spec {
        #expect(!dump(spec).isEmpty)
      } else {
        #expect(
          found.diagnostics.contains { $0.severity == .error },
          "seed \(seed), round \(round) of \(file.lastPathComponent):\n\(mutant)")
      }
    }
  }
}
