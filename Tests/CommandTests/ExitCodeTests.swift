import Foundation
import Testing

/// What the process tells its caller, for good input and bad.
@Suite struct ExitCodeTests {
  private let counter = """
    workflow Counter
    param Max: 1..1000000 = 5
    shared var n: 0..Max = 0
    agent A { step up when n < Max { n += 1 } }
    property low: always n < 3
    property top: can n == Max
    check low { expect low fails; expect top }
    """

  @Test func expectationsThatComeTrueEndWithZero() throws {
    let run = try Command.wfcheck(["-"], input: counter)
    #expect(run.status == 0)
    #expect(run.output.contains("violated"))
    #expect(run.errors == "")
  }

  @Test func expectationThatDoesNotEndsWithOne() throws {
    let text = counter.replacingOccurrences(of: "expect low fails", with: "expect low")
    let run = try Command.wfcheck(["-"], input: text)
    #expect(run.status == 1)
    #expect(run.output.contains("not as expected"))
  }

  @Test(arguments: [
    ["/nonexistent.wf"], ["specs"], ["/dev/null"],
    ["specs/classic/peterson.wf", "--check", "nothing"],
    ["specs/classic/peterson.wf", "--property", "nothing"],
    ["specs/bench/filter-lock.wf", "--set", "Q=1"],
    ["specs/bench/filter-lock.wf", "--set", "N=99"],
    ["specs/bench/filter-lock.wf", "--set", "N=x"],
    ["explain", "WF9999"],
  ])
  func wrongInputEndsWithTwo(_ arguments: [String]) throws {
    let run = try Command.wfcheck(arguments)
    #expect(run.status == 2, "\(arguments): \(run.output)\(run.errors)")
    #expect(!run.errors.isEmpty)
  }

  @Test(arguments: [
    ["--nonsense"], [], ["x.wf", "--depth", "-1"], ["x.wf", "--depth", "many"],
    ["x.wf", "--format", "pdf"], ["x.wf", "--memory", "much"], ["x.wf", "--set", "N"],
    ["x.wf", "--workers", "0"],
  ])
  func wrongFlagsEndWith64(_ arguments: [String]) throws {
    let run = try Command.wfcheck(arguments)
    #expect(run.status == 64, "\(arguments): \(run.output)\(run.errors)")
  }

  @Test func budgetsThatRunOutEndWithThree() throws {
    let text = counter.replacingOccurrences(of: "expect low fails", with: "expect top")
    for flags in [["--max-states", "1000"], ["--simulate", "3"]] {
      let run = try Command.wfcheck(
        ["-", "--set", "Max=1000000"] + flags,
        input: text.replacingOccurrences(of: "{ expect top; expect top }", with: "{ expect top }"))
      #expect(run.status == 3, "\(flags): \(run.output)\(run.errors)")
      #expect(run.output.contains("unknown"))
    }
  }

  @Test func aBoundIsNamedAndMayBeRefused() throws {
    let arguments = ["specs/bench/filter-lock.wf", "--check", "anySize", "--depth", "5"]
    let bounded = try Command.wfcheck(arguments)
    #expect(bounded.status == 0)
    #expect(bounded.output.contains("holds up to depth 5"))
    #expect(try Command.wfcheck(arguments + ["--require-exhaustive"]).status == 3)
  }

  @Test func anInterruptEndsSoonWithWhatIsKnown() throws {
    let began = Date()
    let run = try Command.wfcheck(
      ["specs/bench/filter-lock.wf", "--check", "anySize", "--set", "N=5"], interruptAfter: 0.5)
    #expect(run.status == 130)
    #expect(run.output.contains("undecided (interrupted)"))
    #expect(Date().timeIntervalSince(began) < 5)
  }

  @Test func memoryThatRunsOutIsUnknown() throws {
    let run = try Command.wfcheck(
      ["specs/bench/filter-lock.wf", "--check", "anySize", "--set", "N=5", "--memory", "20M"])
    #expect(run.status == 3)
    #expect(run.output.contains("unknown"))
  }

  /// What a property of executions takes comes on top of what the search keeps.
  @Test func memoryThatRunsOutAfterTheSearchIsUnknown() throws {
    func run(_ memory: String) throws -> String {
      try Command.wfcheck(
        [
          "specs/bench/peterson.wf", "--check", "anySizeFair", "--set", "N=4", "--workers", "1",
          "--engine", "vm", "--reduce", "none", "--memory", memory,
        ]
      ).output
    }
    let short = try run("80M")
    #expect(short.contains("holds       exclusion"))
    #expect(short.contains("unknown     served     undecided (the memory budget ran out)"))
    #expect(try run("200M").contains("holds       served"))
  }
}
