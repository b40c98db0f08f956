import ArgumentParser
import Driver
import Testing

@testable import wfcheck

/// The flags of a check read by hand, against ArgumentParser.
@Suite struct PlainFlagsTests {
  /// Each flag with what it may be given, and not.
  private static let flags: [[String]] = [
    ["--depth", "0", "7", "-1", "x"], ["--check", "three", ""], ["--property", "safe"],
    ["--set", "N=5", "N", "M=x"], ["--search", "bfs", "dfs", "random", "best"],
    ["--simulate", "3", "0"], ["--seed", "18446744073709551615", "-1"],
    ["--workers", "2", "0", "1025"], ["--engine", "auto", "vm", "native", "c"],
    ["--reduce", "auto", "none", "por", "dead,slice,symmetry", "por,"],
    ["--stubborn", "auto", "local", "closure", "deletion", "x"], ["--check-reduction"],
    ["--store", "exact", "compact", "fingerprint", "fingerprint128", "bitstate", "big"],
    ["--bits", "256M", "none"], ["--max-states", "100", "0"], ["--timeout", "5m", "1.5s", "soon"],
    ["--memory", "8G", "500MiB", "-1"], ["--channel-limit", "64", "0"], ["--stop-at-first"],
    ["--require-exhaustive"], ["--explain-fairness"],
    ["--format", "text,json", "sarif", "junit,github,markdown", "xml"], ["--json"],
    ["--output", "a.json", "-o"], ["-o", "b"], ["--trace", "diff", "full", "chart", "x"],
    ["--quiet"], ["-q"], ["--verbose"], ["-v"], ["--stats"], ["--no-stats"],
    ["--color", "auto", "always", "never", "red"],
  ]

  /// What ArgumentParser makes of a check; nil where it refuses.
  private func parsed(_ arguments: [String]) -> String? {
    guard let command = try? CheckCommand.parse(arguments) else { return nil }
    return (try? command.flags.request()).map { described($0) }
  }

  private func plain(_ arguments: [String]) -> String? {
    CheckFlags(plain: arguments).flatMap { try? $0.request() }.map { described($0) }
  }

  private func described(_ request: RunRequest) -> String {
    var text = ""
    dump(request, to: &text)
    return text
  }

  @Test func eachFlagSaysTheSame() {
    for flag in PlainFlagsTests.flags {
      let values = flag.count == 1 ? [[]] : flag.dropFirst().map { [$0] }
      for value in values {
        for extra in [[], flag[0] == "--bits" ? ["--store", "bitstate"] : ["--workers", "1"]] {
          let arguments = [flag[0]] + value + ["spec.wf"] + extra
          #expect(plain(arguments) == nil || plain(arguments) == parsed(arguments), "\(arguments)")
        }
      }
      // The first value of each is plain, and so are those of no flag.
      let needed = flag[0] == "--bits" ? ["--store", "bitstate"] : []
      let arguments = ["spec.wf"] + flag.prefix(2) + needed
      #expect(plain(arguments) != nil, "\(arguments)")
    }
    #expect(plain(["a.wf", "-", "b.wf"]) == parsed(["a.wf", "-", "b.wf"]))
    #expect(plain(["spec.wf"]) != nil)
  }

  /// All flags that `--help` lists.
  @Test func noFlagIsMissing() {
    let known = Set(PlainFlagsTests.flags.map { $0[0] } + ["-h", "--help", "--version"])
    let words = CheckCommand.helpMessage().split { " ,/.();:".contains($0) || $0.isNewline }
    for word in words where word.hasPrefix("-") && word.count > 1 {
      #expect(known.contains(String(word)), "\(word)")
    }
  }

  @Test func whatIsNotPlainIsLeft() {
    for arguments in [
      [], ["--help"], ["-h"], ["--version"], ["--workers=2", "a.wf"], ["-qv", "a.wf"],
      ["a.wf", "--workers", "1", "--workers", "2"], ["a.wf", "--", "-x"], ["a.wf", "--check"],
      ["a.wf", "--chek", "x"], ["a.wf", "--set", "N=1", "--set", "N=2"], ["--quiet"],
    ] { #expect(plain(arguments) == nil, "\(arguments)") }
  }

  @Test func mixturesSayTheSame() {
    var random = SystemRandomNumberGenerator()
    var accepted = 0
    for _ in 0..<2_000 {
      var arguments: [String] = []
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let flag = PlainFlagsTests.flags.randomElement(using: &random) ?? []
        arguments.append(flag[0])
        if let value = flag.dropFirst().randomElement(using: &random) { arguments.append(value) }
        if Int.random(in: 0..<3, using: &random) == 0 { arguments.append("spec.wf") }
      }
      guard let request = plain(arguments) else { continue }
      accepted += 1
      #expect(request == parsed(arguments), "\(arguments)")
    }
    #expect(accepted > 100)
  }
}
