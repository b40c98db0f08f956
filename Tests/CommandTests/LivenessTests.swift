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

  /// The search for executions may run out of what the one with reductions had enough of.
  @Test func aBudgetOfTheSecondSearchIsUnknownToo() throws {
    let run = try Command.wfcheck([
      "specs/bench/philosophers.wf", "--check", "starves", "--reduce", "por", "--max-states",
      "3000",
    ])
    #expect(run.status == 3)
    #expect(run.output.contains("undecided (the budget of 3 000 states ran out)"))
  }

  @Test func theReportDoesNotDependOnWorkers() throws {
    let reports = try ["1", "2", "3", "4"].map {
      try Command.wfcheck(["-", "--no-stats", "--workers", $0], input: Self.turns).output
    }
    #expect(Set(reports).count == 1)
  }

  /// A product of more nodes than one worker keeps to itself.
  @Test func aLassoOfALargeGraphDoesNotDependOnWorkers() throws {
    let reports = try ["1", "2", "4"].map {
      try Command.wfcheck(
        ["specs/bench/philosophers.wf", "--check", "starves", "--no-stats", "--workers", $0]
      ).output
    }
    #expect(Set(reports).count == 1)
    #expect(reports[0].contains("so eats is violated"))
  }

  @Test func canNestsAndTrapsAreShown() throws {
    let run = try Command.wfcheck(
      ["-", "--no-stats"],
      input: """
        workflow Doors
        shared var room: 0..4 = 0
        agent Guest {
          step on when room < 3 { room += 1 }
          step back when room == 1 { room = 0 }
          step fall when room == 2 { room = 4 }
        }
        property out: always (room == 1 implies can room == 0)
        property back: always (room == 2 implies can room == 0)
        property stays: can always can room == 4
        property never: can (room == 3 and can room == 0)
        property turn: eventually not can room == 0
        property each: always (can room == 3 or room == 4)
        """)
    #expect(run.output.contains("holds        out"))
    #expect(run.output.contains("violated     back"))
    #expect(run.output.contains("what back asks for is not so here, whatever comes next"))
    #expect(run.output.contains("reachable    stays"))
    #expect(run.output.contains("unreachable  never"))
    #expect(run.output.contains("violated     turn"))
    #expect(run.output.contains("holds        each"))
  }

  @Test func aLassoSaysWhoStarvesAndWhy() throws {
    let run = try Command.wfcheck(
      ["-", "--no-stats"],
      input: """
        workflow Waits
        shared var free: bool = true
        agent A { step toggle { free = not free } }
        agent B { var got: bool = false
          step take when free and not got { got = true } }
        agent C { var ok: bool = false
          step try when not ok { ask good in bool; ok = good }
          unfair step skip when not ok { ok = true } }
        environment E { step help when not C.ok { free = true } }
        property taken: eventually B.got
        property answered: eventually C.ok
        """)
    #expect(
      run.output.contains(
        "starves: B step take could happen at the start, but is never enabled for long"))
    #expect(run.output.contains("the answer `good` is false each time, and may be for ever"))
    #expect(run.output.contains("C step skip could happen"))
    #expect(run.output.contains("but is unfair and need not happen"))
    #expect(run.output.contains("but an environment need not act"))
  }

  @Test func theFairnessThatIsNeededIsNamed() throws {
    let run = try Command.wfcheck(
      ["-", "--no-stats", "--explain-fairness"],
      input: """
        workflow Needs
        message M()
        agent A { var x: bool = false
          on start { send M() to B }
          step idle { x = not x } }
        agent B { var got: bool = false
          on M() { got = true } }
        property arrives: eventually B.got
        property safe: always (B.got implies eventually B.got)
        """)
    #expect(run.output.contains("needs the fairness of A starts"))
    #expect(run.output.contains("needs the fairness of the delivery: B receives M"))
    #expect(!run.output.contains("A step idle"))
    #expect(run.output.contains("holds without any fairness"))
  }

  @Test func reductionsLeaveExecutionsAlone() throws {
    let plain = try verdicts(Self.turns, ["--no-stats"])
    #expect(try verdicts(Self.turns, ["--no-stats", "--reduce", "por,symmetry"]) == plain)
    let run = try Command.wfcheck(["-", "--reduce", "por"], input: Self.turns)
    #expect(run.output.contains("executions on all states"))
  }

  /// A counter with six values beside the lamp, which is read by nobody.
  private static let counting = """
    workflow Counting
    agent Lamp {
        var a: bool = false
        var b: bool = false
        var c: bool = false
        var d: bool = false
        var lit: bool = false
        step turn { lit = not lit
            d = c
            c = b
            b = a
            a = not d }
    }
    property dark: eventually always not Lamp.lit
    property again: always eventually Lamp.lit
    property back: always can not Lamp.lit
    check all { expect dark fails; expect again, back }
    """

  /// Of two states that are left a cycle has two; in real states it closes behind six steps.
  @Test func lassosCloseInRealStates() throws {
    func lines(_ reductions: String) throws -> (story: [Substring], text: String) {
      let run = try Command.wfcheck(
        ["-", "--trace", "full", "--verbose", "--reduce", reductions], input: Self.counting)
      #expect(run.status == 0, "\(run.output)")
      let lines = run.output.split(separator: "\n")
      return (Array(lines.prefix { !$0.contains(" states, ") }), run.output)
    }
    let full = try lines("none")
    #expect(full.text.contains("steps 2 to 7 can repeat"))
    #expect(full.text.contains("executions: 7 states"))
    for reductions in ["slice", "dead,slice", "por,slice"] {
      let reduced = try lines(reductions)
      #expect(reduced.story == full.story)
      #expect(reduced.text.contains("executions: 2 states"))
      let note =
        reductions == "por,slice"
        ? "; executions on 2 states without dead data" : "; executions on the same states"
      #expect(reduced.text.contains(note))
    }
  }

  /// Valence counts states, so that two that are alike are two.
  @Test func valenceHasAllStates() throws {
    let spec = """
      workflow Decision
      agent A { var seen: 0..1 = 0
        var decided: (0..1)? = none
        step go when decided == none { choose v in 0..1
          choose w in 0..1
          seen = w
          decided = v } }
      property open: valence of A.decided
      property ends: eventually A.decided != none
      check all { expect ends; expect open }
      """
    let full = try Command.wfcheck(["-", "--no-stats", "--reduce", "none"], input: spec)
    let reduced = try Command.wfcheck(["-", "--no-stats", "--reduce", "slice"], input: spec)
    #expect(full.status == 0, "\(full.output)")
    #expect(reduced.output == full.output && full.output.contains("1 of 5 states"))
    let words = try Command.wfcheck(["-", "--reduce", "slice"], input: spec).output
    #expect(words.contains("executions on the same states, open on all states"))
    let alone = try Command.wfcheck(
      ["-", "--reduce", "slice", "--property", "open"], input: spec)
    #expect(alone.output.contains("valence on all states, for it counts them"))
  }
}
