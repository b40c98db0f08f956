import Testing

/// `in` over sequences, up to the last place and not beyond the length.
@Suite struct SequenceTests {
  /// The reference interpreter checks the same spec, on the virtual machine.
  @Test func compiledWalksAreTheSame() throws {
    let spec = "Tests/ReferenceTests/Goldens/sequence-walks.wf"
    let reports = try ["vm", "native"].map {
      try Command.wfcheck([spec, "--no-stats", "--engine", $0, "--trace", "full"]).output
    }
    #expect(reports[0].contains("adds       as expected, 4 steps"))
    #expect(reports[0] == reports[1])
  }

  @Test func quantifiersCountWhatOccursTwiceTwice() throws {
    let spec = """
      workflow Walks
      const total = sum x in [3, 1, 3]: x
      shared var log: seq of 0..3 up to 4 = [2]
      agent A {
        step next when size(log) < 3 { for x in log + [x0()] { log = log + [x] } }
      }
      function x0() -> 0..3 = 1
      property folded: always total == 7 and (count x in [3, 1, 3]: x == 3) == 2
      property grown: can (count x in log: x == 2) == 2 and (sum x in log: x) == 5
      property first: always log[0] == 2 and all x in log: x in 1..2
      property temporal: always all x in [1, 2]: eventually x in log
      check all { expect grown, first, temporal; expect 2 states, 1 transitions }
      """
    let run = try Command.wfcheck(["-"], input: spec)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test func membershipLooksAtThePlacesInUse() throws {
    let spec = """
      workflow Places
      record Pair { a: 0..1, b: 0..1 }
      const fixed = 2 in [1, 2]
      shared var pairs: seq of Pair up to 2 = [Pair(a: 0, b: 1)]
      shared var log: seq of 0..3 up to 3 = [3]
      shared var seen: 0..3 = 3
      agent A {
        step next when seen > 0 and seen in log { seen -= 1; log = rest(log) + [seen] }
      }
      property zero: always not (0 in log) or seen == 0
      property three: can not (3 in log)
      property folded: always fixed
      property pair: always Pair(a: 0, b: 1) in pairs
      property cleared: always not (Pair(a: 0, b: 0) in pairs)
      check all { expect zero, three, folded, pair, cleared; expect 4 states, 3 transitions }
      """
    let run = try Command.wfcheck(["-"], input: spec)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }
}
