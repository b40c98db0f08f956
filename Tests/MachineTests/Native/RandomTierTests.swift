import Testing
import TransitionSystem

@testable import Exploration

/// Native module against machine on random programs. A failing seed is in the comment; to look
/// closer, call `RandomSystem.system(seed:)` with it, and `CGenerator.text` on the result.
@Suite struct RandomTierTests {
  @Test(arguments: 0..<6) func agrees(part: Int) {
    var transitions = 0
    var failures = 0
    var returned = 0
    var onlyOnes = 0
    for seed in UInt64(part) * 20..<UInt64(part + 1) * 20 {
      let comment: Comment = "seed \(seed)"
      // The first optimisation level is enough to see what the C means.
      guard
        var comparison = TierComparison(
          RandomSystem.system(seed: seed), settings(flags: ["-w", "-O1"]), comment)
      else { continue }
      let states = RandomSystem.states(seed: seed, count: 12)
      comparison.explore(limit: 60, from: states, comment)
      transitions += comparison.transitions
      failures += comparison.failures
      returned += comparison.expander.returned
      onlyOnes += comparison.onlyOnes
    }
    // The generator must not degenerate.
    #expect(transitions > 500 && failures > 0 && returned > 0 && onlyOnes > 100)
  }

  @Test func compilesWithoutWarnings() throws {
    let compiler = try Toolchain.find(NativeSettings.fromEnvironment().searchPath)
    for seed in 0..<UInt64(24) {
      let warnings = try Self.warnings(CGenerator.text(RandomSystem.system(seed: seed)), compiler)
      #expect(warnings == [], "seed \(seed)")
    }
  }

  private static func warnings(_ text: String, _ compiler: Toolchain) throws -> [String] {
    let folder = try TemporaryFolder(in: "/tmp")
    let (input, errors) = (folder.path("module.c"), folder.path("errors"))
    #expect(NativeFile.write(Array(text.utf8), to: input))
    let flags = ["-std=gnu11", "-O2", "-fwrapv", "-Wall", "-Wextra", "-S", "-o", "/dev/null"]
    let ending = CompilerProcess.run(
      compiler.path, flags + [input], environment: settings().environment, errors: errors,
      timeout: 60_000_000_000, isCancelled: { false })
    #expect(ending == .exited(0))
    let said = String(decoding: NativeFile.read(errors, limit: 1 << 20) ?? [], as: UTF8.self)
    // The exception has no flag: a random condition may say `a != 1 or a != 2`.
    return said.split(separator: "\n").map { String($0) }.filter {
      let words = $0.split(separator: " ")
      return words.contains("warning:") && !words.contains("unmatched")
    }
  }
}
