import Foundation
import Testing

/// One plain sentence and the right exit code, whatever is given.
@Suite struct BadInputTests {
  private static let spec = """
    workflow W
    param N: 1..4 = 2
    shared var n: 0..4 = 0
    agent A { step up when n < N { n += 1 } }
    property full: can n == N
    """

  @Test(arguments: [
    (["--set", "N=2", "--set", "N=3"], "--set gives `N` twice."),
    (["--set", "=3"], "--set takes NAME=VALUE, and was given `=3`."),
    (["--set", "N="], "--set takes NAME=VALUE, and was given `N=`."),
  ])
  func settingsAreWholeAndGivenOnce(_ flags: [String], _ words: String) throws {
    for verb in [[], ["graph"], ["valence", "--decision", "A.x"]] {
      let run = try Command.wfcheck(verb + ["-"] + flags, input: Self.spec)
      #expect(run.errors.contains(words))
      #expect(run.status == 64)
    }
  }

  @Test func anUnknownPropertyIsToldWhichThereAre() throws {
    let run = try Command.wfcheck(["-", "--property", "ful"], input: Self.spec)
    #expect(run.errors == "wfcheck: `<stdin>` has no property `ful`: it has `full`\n")
    #expect(run.status == 2)
  }

  @Test(arguments: ["", "--json", "explain", "lint"])
  func aFullDiskIsSaidWithItsReason(_ what: String) throws {
    let path = "specs/classic/peterson.wf"
    let arguments = what == "explain" ? what : what == "lint" ? "lint \(path)" : "\(path) \(what)"
    let run = try Command.shell("\(Command.program.path) \(arguments) > /dev/full")
    #expect(
      run.errors.hasPrefix("wfcheck: cannot write to standard output: no space left on device\n"))
    #expect(run.status == 2)
  }

  @Test func whatIsNoTextInTheUsualFormIsReadAllTheSame() throws {
    for text in ["\u{FEFF}" + Self.spec, Self.spec.replacing("\n", with: "\r\n")] {
      #expect(try Command.wfcheck(["-", "--quiet"], input: text).status == 0)
    }
  }

  /// There is no step to tell of, whatever the form of the report.
  @Test(arguments: ["text", "json", "sarif", "junit", "github", "markdown"])
  func initialValuesThatFailAreReported(_ format: String) throws {
    let spec = """
      workflow Outside
      param N: 1..2 = 2
      agent Node[N] { var left: 0..9 = index(self) - 1
        step go when left > 0 { left -= 1 } }
      check all { allow orphan }
      """
    let run = try Command.wfcheck(["-", "--format", format], input: spec)
    #expect(run.status == 1 && run.errors.isEmpty, "\(run.errors)")
    #expect(run.output.contains("the value is outside 0..9"))
  }

  /// The solver's library would take the signal for itself.
  @Test func ctrlCEndsLintsAndRefinements() throws {
    let hard = """
      workflow Hard
      shared var a: 2..200000 = 2
      shared var b: 2..200000 = 2
      shared var c: 2..200000 = 2
      agent A { step s when a * a * a + b * b * b == c * c * c { a = 2; b = 2; c = 2 } }
      """
    let prompt = """
      prompt Hard "x" {
        decision a: int
        decision b: int
        decision c: int
        require a > 1 and b > 1 and c > 1
        require a * a * a + b * b * b == c * c * c
      }
      """
    for (verb, text) in [("lint", hard), ("refine", prompt)] {
      let started = ContinuousClock.now
      let run = try Command.wfcheck(
        [verb, "-", "--timeout", "60s"], input: text, interruptAfter: 1)
      #expect(run.status == 130)
      #expect(ContinuousClock.now - started < .seconds(20))
    }
  }

  /// A mistake in a formula is no reason to say that the property is missing where it is expected.
  @Test(arguments: [
    "full: can n == == N", "full", "full:", "full: always (n == ", "full: valence of",
  ])
  func aBrokenPropertyIsDeclared(_ property: String) throws {
    let text = Self.spec.replacing("full: can n == N", with: property)
    let checks = "\ncheck one { expect full }\ncheck two { expect full fails }\n"
    let run = try Command.wfcheck(["-"], input: text + checks)
    #expect(run.status == 2)
    #expect(run.errors.ranges(of: "error[").count == 1, "\(run.errors)")
  }

  /// The reader has gone before anything is written; that is no mistake.
  @Test(arguments: [
    "specs/bench/ring.wf", "graph docs/gate.wf", "dump docs/gate.wf", "explain",
    "lint docs/gate.wf", "fmt - < docs/gate.wf",
  ])
  func aReaderMayGo(_ arguments: String) throws {
    let run = try Command.shell(
      "{ sleep 0.2; \(Command.program.path) \(arguments); echo ended with $? >&2; } | true")
    #expect(run.errors == "ended with 0\n")
  }

  /// `open` of a pipe waits for somebody who writes, and goes on with it after a signal.
  @Test(arguments: ["check", "lint", "refine", "valence"])
  func theWaitForAPipeCanBeInterrupted(_ verb: String) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("wfcheck-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appendingPathComponent("spec.wf").path
    try #require(mkfifo(pipe, 0o600) == 0)
    let run = try Command.shell("timeout -k 20 -s INT 1 \(Command.program.path) \(verb) \(pipe)")
    // `timeout` says 124 whatever the program does when it is told to end, and 137 if it does not.
    #expect(run.status == 124)
    #expect(run.errors.contains("cannot read `\(pipe)`: interrupted"))
    let fed = try Command.shell(
      "(sleep 0.3; cat docs/gate.wf) > \(pipe) & \(Command.program.path) graph \(pipe)")
    #expect(fed.status == 0, "\(fed.errors)")
  }
}
