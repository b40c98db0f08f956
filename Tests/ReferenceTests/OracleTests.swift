import Semantics
import Testing

/// Counts that follow from the semantics and that other tools agree on: the reference interpreter
/// must reach them before it may judge anything else.
@Suite struct OracleTests {
  struct Oracle: CustomTestStringConvertible {
    let path: String
    let check: String
    let states: Int
    let transitions: Int
    let depth: Int

    var testDescription: String { "\(path) \(check)" }
  }

  static let oracles: [Oracle] = [
    Oracle(
      path: "bench/two-phase.wf", check: "three", states: 288, transitions: 1145, depth: 10),
    Oracle(
      path: "bench/filter-lock.wf", check: "three", states: 2415, transitions: 6019, depth: 35),
    Oracle(path: "bench/ring.wf", check: "five", states: 1601, transitions: 4954, depth: 65),
    Oracle(
      path: "bench/leader-election.wf", check: "four", states: 2192, transitions: 6512, depth: 68),
    Oracle(path: "bench/philosophers.wf", check: "six", states: 728, transitions: 2910, depth: 15),
    Oracle(
      path: "consensus/chang-roberts.wf", check: "threeNodes", states: 137, transitions: 219,
      depth: 9),
    Oracle(
      path: "consensus/ewd840.wf", check: "threeNodes", states: 302, transitions: 1625, depth: 8),
    Oracle(
      path: "consensus/paxos.wf", check: "threeAcceptors", states: 3921, transitions: 22_994,
      depth: 16),
    Oracle(
      path: "classic/alternating-bit.wf", check: "queues", states: 240, transitions: 1196, depth: 9
    ),
    Oracle(
      path: "teaching/flp-registers.wf", check: "differentInputs", states: 37, transitions: 52,
      depth: 10),
  ]

  @Test(arguments: oracles) func reaches(_ oracle: Oracle) throws {
    let text = SpecText(try SpecFiles.spec(oracle.path), name: oracle.path)
    let result = ReferenceChecker.check(try text.typed(check: oracle.check).get())
    #expect(result.ending == .exhausted)
    #expect(result.states == oracle.states)
    #expect(result.transitions == oracle.transitions)
    #expect(result.depth == oracle.depth)
  }
}
