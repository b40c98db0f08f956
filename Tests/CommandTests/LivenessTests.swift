import Testing

/// Properties of executions, from the text of a spec to the verdict.
@Suite struct LivenessTests {
  private func verdicts(_ spec: String, _ flags: [String] = []) throws -> [String: String] {
    let run = try Command.wfcheck(["-"] + flags, input: spec)
    var found: [String: String] = [:]
    for line in run.output.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.hasPrefix("  "), words.count > 1, found[String(words[1])] == nil {
        found[String(words[1])] = String(words[0])
      }
    }
    return found
  }

  @Test func aChoiceMayRefuseForEverAndACoinMayNot() throws {
    let found = try verdicts(
      """
      workflow Coin
      agent A { var done: bool = false
        step toss when not done { flip c in bool; done = c } }
      agent B { var done: bool = false
        step toss when not done { choose c in bool; done = c } }
      property coin: eventually A.done
      property choice: eventually B.done
      """)
    #expect(found["coin"] == "holds")
    #expect(found["choice"] == "violated")
  }

  @Test func faultsNeedNotHappen() throws {
    let found = try verdicts(
      """
      workflow Copies
      message M()
      agent A { on start { send M() to B } }
      agent B { var n: 0..2 = 0
        on M() when n < 2 { n += 1 } }
      faults { duplicate messages }
      property twice: eventually B.n == 2
      property once: eventually B.n == 1
      """)
    #expect(found["twice"] == "violated")
    #expect(found["once"] == "holds")
  }

  private static let turns = """
    workflow Turn
    shared var t: 0..1 = 0
    agent P[2] { var n: 0..3 = 0
      run { loop { await t == index(self); n = (n + 1) % 4; t = 1 - t } } }
    agent Q { var x: bool = false
      unfair step go when not x { x = true } }
    property again: always eventually P[0].n == 1
    property answered: P[0].n == 1 leads to P[1].n == 1
    property unfairGo: eventually Q.x
    property canGo: always can not Q.x
    """

  @Test func runsAreFairAndUnfairStepsAreNot() throws {
    let found = try verdicts(Self.turns)
    #expect(found["again"] == "holds")
    #expect(found["answered"] == "holds")
    #expect(found["unfairGo"] == "violated")
    #expect(found["canGo"] == "violated")
  }

  @Test func aBoundIsNamedAndABudgetIsUnknown() throws {
    let bounded = try Command.wfcheck(["-", "--depth", "3"], input: Self.turns)
    #expect(bounded.output.contains("holds up to depth 3"))
    let cut = try verdicts(Self.turns, ["--max-states", "5"])
    #expect(cut["again"] == "unknown")
    let walks = try verdicts(Self.turns, ["--simulate", "5"])
    #expect(walks["again"] == "unknown")
  }

  @Test func theReportDoesNotDependOnWorkers() throws {
    let reports = try ["1", "2"].map {
      try Command.wfcheck(["-", "--no-stats", "--workers", $0], input: Self.turns).output
    }
    #expect(reports[0] == reports[1])
  }
}
