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
    Oracle(
      path: "consensus/ewd998.wf", check: "threeNodes", states: 3446, transitions: 9929, depth: 14),
    Oracle(
      path: "consensus/reliable-broadcast.wf", check: "twoLiars", states: 5528, transitions: 17_366,
      depth: 12),
    Oracle(
      path: "consensus/non-blocking-commit.wf", check: "wrongSuspicions", states: 8848,
      transitions: 36_372, depth: 12),
    Oracle(
      path: "consensus/two-phase-commit.wf", check: "crashWhileSending", states: 81,
      transitions: 312, depth: 7),
    Oracle(
      path: "consensus/three-phase-commit.wf", check: "parting", states: 138, transitions: 248,
      depth: 12),
    Oracle(
      path: "consensus/raft-election.wf", check: "split", states: 926, transitions: 4125,
      depth: 11),
    Oracle(
      path: "consensus/dolev-klawe-rodeh.wf", check: "fourNodes", states: 2376, transitions: 5104,
      depth: 24),
    Oracle(
      path: "consensus/byzantine-generals.wf", check: "fourGenerals", states: 2271,
      transitions: 6758, depth: 13),
    Oracle(
      path: "teaching/flp-wait-for-all.wf", check: "oneCrash", states: 1312, transitions: 4488,
      depth: 9),
    Oracle(
      path: "teaching/flp-wait-for-two.wf", check: "oneCrash", states: 609, transitions: 1521,
      depth: 6),
    Oracle(
      path: "teaching/two-generals.wf", check: "sixCouriers", states: 17, transitions: 18,
      depth: 8),
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
