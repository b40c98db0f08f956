import Diagnostics
import Foundation
import Syntax
import Testing

/// Source: Steele, Lea, Flood 2014, SplitMix64.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Parses and renders, now and then formats; what matters is that it ends without a crash.
private func survive(_ bytes: [UInt8]) {
  let (sources, file) = sourceSet(bytes)
  for diagnostic in parse(file, in: sources).1.prefix(3) {
    _ = renderText(diagnostic, sources: sources, color: true)
  }
  if bytes.count % 8 == 0 { _ = format(file, in: sources) }
}

private func sample() throws -> [UInt8] {
  let folder = testFolder.appending(path: "Samples")
  return Array(try Data(contentsOf: folder.appending(path: "everything.wf")))
}

@Test func truncatedAnywhere() throws {
  let bytes = try sample()
  for length in 0..<bytes.count { survive(Array(bytes.prefix(length))) }
}

@Test func mutated() throws {
  let seed =
    ProcessInfo.processInfo.environment["FUZZ_SEED"].flatMap(UInt64.init)
    ?? .random(
      in: 0...UInt64(UInt32.max))
  print("fuzz seed \(seed)")
  var random = SplitMix(state: seed)
  let bytes = try sample()
  let pieces = ["{", "}", "(", ")", "=", "==", "\n", ";", "in", "else", "or", "\"", "when", "-"]
  for _ in 0..<500 {
    var mutant = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0..<mutant.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: mutant[place] = UInt8.random(in: 0...255, using: &random)
      case 1: mutant.removeSubrange(place..<min(place + 7, mutant.count))
      case 2:
        let piece = pieces.randomElement(using: &random) ?? "{"
        mutant.insert(contentsOf: Array(piece.utf8), at: place)
      default: mutant.insert(contentsOf: mutant[place..<min(place + 30, mutant.count)], at: 0)
      }
    }
    survive(mutant)
  }
}

@Test func binary() {
  var random = SplitMix(state: 7)
  for length in [1, 2, 10, 1000, 5000] {
    survive((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
    survive((0..<length).map { _ in UInt8.random(in: 1...255, using: &random) })
  }
}

private let towers: [String] = {
  func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
  let deep = 20_000
  return [
    "const X = " + times("(", deep), "const X = " + times("[", deep),
    "const X = " + times("{", deep),
    "const X = " + times("-", deep) + "1", "const X = " + times("not ", deep) + "a",
    "const X = " + times("if a then ", deep), "const X = " + times("all x in S: ", deep),
    "const X = 1" + times(" + 1", deep), "const X = a" + times(" implies a", deep),
    "const X = a" + times(".a", deep), "const X = a" + times("[a", deep),
    "const X = " + times("f(", deep),
    "const X = a" + times("!", deep), "const X = " + times("always ", deep) + "a",
    "type T = " + times("set of ", deep) + "bool", "type T = bool" + times("?", deep),
    "type T = " + times("(", deep) + "bool", "type T = " + times("map[", deep),
    "agent A { run " + times("{ loop ", deep), "agent A { run " + times("{ either ", deep),
    "agent A { run { if a { } " + times("else if a { } ", deep) + "} }",
    "agent A { run { x" + times("[x", deep), times("}", deep), times("agent A {\n", deep),
    "const X = a" + times(" ? a : a", deep), times("claims {", deep),
    "const X = " + times("9", deep), "const X = \"" + times("\\u{41}", deep) + "\"",
  ]
}()

/// The smallest stack that a worker thread of ours has.
private let stackSize = 512 * 1024

@Test func towersFitASmallStack() async {
  await withCheckedContinuation { (done: CheckedContinuation<Void, Never>) in
    let thread = Thread {
      for tower in towers { survive(Array(tower.utf8)) }
      done.resume()
    }
    thread.stackSize = stackSize
    thread.start()
  }
}

@Test(arguments: ["9223372036854775808", "-9223372036854775809", "99999999999999999999999999999"])
func hugeNumbersAreReported(_ number: String) {
  #expect(codes(of: "const X = \(number)") == [106])
}
