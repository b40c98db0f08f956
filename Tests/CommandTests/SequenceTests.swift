import Testing

/// `in` over sequences, up to the last place and not beyond the length.
@Suite struct SequenceTests {
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
