import Foundation
import Testing

/// What goes to standard output, and what happens when that fails.
@Suite struct OutputTests {
  private static let gate = "specs/agents/merge-gate.wf"

  @Test(arguments: [
    gate, "\(gate) --json", "graph \(gate)", "explain", "teach two-generals --no-ask",
    "valence specs/teaching/flp-registers.wf --decision Process.decided", "dump \(gate)",
    "--help", "help graph", "--version", "--generate-completion-script bash",
  ])
  func aFullDiskIsSaid(_ arguments: String) throws {
    let run = try Command.shell("\(Command.program.path) \(arguments) > /dev/full")
    #expect(run.status == 2, "\(run.errors)")
    #expect(run.errors.contains("cannot write to standard output"))
  }

  @Test func aReaderThatHasGoneIsNoMistake() throws {
    let run = try Command.shell(
      "(\(Command.program.path) graph \(Self.gate); echo $? >&2) | head -1 > /dev/null")
    #expect(run.errors.hasSuffix("0\n"), "\(run.errors)")
  }

  @Test func aFileNamedTwiceIsCheckedOnce() throws {
    let once = try Command.wfcheck([Self.gate, "--quiet"])
    let twice = try Command.wfcheck([Self.gate, "specs/../\(Self.gate)", "--quiet"])
    #expect(once.output == "3 checks in 1 spec: all as expected\n")
    #expect(twice.output == once.output)
  }

  @Test func quietShowsOnlyWhatIsNotAsExpected() throws {
    let spec = """
      workflow Two
      shared var n: 0..3 = 0
      agent A { step up when n < 3 { n += 1 } }
      property low: always n < 3
      property top: can n == 3
      check good { expect low fails; expect top }
      check bad { expect low; expect top }
      """
    let run = try Command.wfcheck(["-", "--quiet"], input: spec)
    #expect(run.status == 1)
    #expect(
      run.output == """
        Two, check bad  <stdin>
          violated    low  not as expected (expected to hold), 3 steps
        2 checks in 1 spec: 1 not as expected

        """)
  }

  @Test func aLocalIsShownFromItsDeclarationOn() throws {
    let spec = """
      workflow Locals
      enum Color { red, green }
      agent A {
        run {
          yield
          let color = red
          for x in {1, 3} { yield }
          var y: -3..3 = 2
          yield
          y = 1
          yield
          assert color == green and y == 0
        }
      }
      """
    let run = try Command.wfcheck(["-", "--no-stats"], input: spec)
    let lines = run.output.split(separator: "\n").map { $0.drop { $0 == " " } }
    let told = lines.filter { $0.hasPrefix("A.") || $0.hasPrefix("A remaining") }
    #expect(
      told == [
        "A.color = red", "A.x = 1", "A remaining = {3}", "A.x: 1 → 3", "A remaining: {3} → {}",
        "A.y = 2", "A.y: 2 → 1",
      ])
    #expect(lines.contains { $0.hasPrefix("initially every variable is 0") })
    let full = try Command.wfcheck(["-", "--trace", "full"], input: spec).output
    #expect(!full.contains("A.y: -3") && full.contains("A.y: 1"))
  }

  @Test func aNumberThatIsTooSmallIsNamed() throws {
    for flag in ["--depth", "--max-states", "--workers", "--simulate", "--channel-limit"] {
      let run = try Command.wfcheck(["x.wf", flag, "-1"])
      #expect(run.status == 64)
      #expect(run.errors.contains("\(flag) takes a number of at least"), "\(run.errors)")
    }
  }
}
