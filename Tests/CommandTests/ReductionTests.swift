import Testing

/// `--reduce`, from the command line to the words of the report.
@Suite struct ReductionTests {
  private func words(_ arguments: [String]) throws -> String {
    let run = try Command.wfcheck(arguments)
    #expect(run.status == 0)
    return run.output
  }

  private func bench(_ name: String, _ size: Int, _ flags: [String] = []) throws -> String {
    try words(
      ["specs/bench/\(name).wf", "--check", "anySize", "--set", "N=\(size)"] + flags)
  }

  @Test func smallSearchesNeedNone() throws {
    let output = try bench("philosophers", 5)
    #expect(output.contains("reductions none (needed none: 242 states)"))
  }

  @Test func largeSearchesBeginAgain() throws {
    let output = try bench("philosophers", 12)
    #expect(output.contains("398 states"))
    #expect(output.contains("reductions por (372 states in part by closure)"))
    #expect(output.contains("not symmetric"))
    #expect(output.contains("after 129322 states in full"))
    #expect(try bench("philosophers", 12, ["--workers", "3"]).contains("after 129322 states"))
  }

  @Test func symmetryIsUsedWhereItHelps() throws {
    let output = try bench("two-phase", 7)
    #expect(output.contains("248 states"))
    #expect(output.contains("symmetry of Manager; dead (TransactionManager.heard)"))
    #expect(output.contains("por would leave out only"))
  }

  @Test(arguments: ["1", "3"]) func deadDataIsLeftOutWhereThatSaves(_ workers: String) throws {
    let output = try bench("peterson", 4, ["--workers", workers])
    #expect(output.contains("131 301 states"))
    #expect(output.contains("dead (Process.j, Process.k)") && output.contains("states in full"))
    let bounded = try bench("peterson", 4, ["--workers", workers, "--depth", "40"])
    #expect(bounded.contains("dead (Process.j, Process.k)"))
  }

  /// Slots are cleared there, but no two states become the same.
  @Test func deadDataIsLeftAloneWhereThatSavesNothing() throws {
    let flags = ["specs/bench/ring.wf", "--check", "anySize", "--set", "N=9", "--depth", "29"]
    let cleared = try Command.wfcheck(flags + ["--reduce", "dead"]).output
    #expect(cleared.contains("reductions dead (Node.number"))
    let output = try Command.wfcheck(flags).output
    #expect(output.contains("328 407 states") && !output.contains("dead ("))
    #expect(!output.contains("in full"))
  }

  @Test func whatIsSlicedAwayIsNamed() throws {
    let spec = """
      workflow Counters
      agent A[3] { var n: 0..63 = 0
        var log: 0..1 = 0
        step go when n < 63 { n += 1 }
        step note when n < 63 { n += 1; log = 1 } }
      property low: always A[0].n <= 63
      check fits { expect low }
      """
    let output = try Command.wfcheck(["-", "--workers", "1"], input: spec).output
    #expect(output.contains("slice (sliced away: A.log)") && output.contains("states in full"))
  }

  @Test func whatCannotBeReducedGoesOn() throws {
    let spec = ["specs/bench/filter-lock.wf", "--check", "anySize", "--set", "N=5"]
    let output = try Command.wfcheck(spec + ["--max-states", "300000"]).output
    #expect(output.contains("none (por would leave out only"))
    #expect(!output.contains("in full"))
  }

  @Test func whatIsNearlyDoneGoesOn() throws {
    let output = try bench("filter-lock", 4)
    #expect(output.contains("137 552 states, 439 888 transitions"))
    #expect(output.contains("none (por would have begun when most was done)"))
    #expect(!output.contains("in full"))
  }

  @Test func countsAreCompared() throws {
    let output = try words(["specs/bench/peterson.wf", "--check", "three"])
    #expect(output.contains("reductions none (the check compares counts)"))
    #expect(output.contains("12 498 states  as expected"))
    let reduced = try words(["specs/bench/peterson.wf", "--check", "three", "--reduce", "por"])
    #expect(reduced.contains("states not compared (partial-order reduction was on)"))
  }

  @Test(arguments: ["bfs", "dfs"], ["local", "closure", "deletion"])
  func verifiesItself(_ search: String, _ method: String) throws {
    let output = try bench(
      "leader-election", 5, ["--check-reduction", "--search", search, "--stubborn", method])
    #expect(output.contains("86 states"))
    #expect(output.contains("in part by \(method), each set checked)"))
  }

  @Test func depthBoundsAndWalksAreNotReduced() throws {
    let spec = ["specs/bench/filter-lock.wf", "--check", "anySize"]
    let bounded = try words(spec + ["--reduce", "por", "--depth", "3"])
    #expect(bounded.contains("none (por goes ways of other lengths than a depth bound counts)"))
    let walks = try Command.wfcheck(spec + ["--simulate", "3"]).output
    #expect(walks.contains("reductions none (random walks store no states)"))
  }

  /// What does not go together says so by its name: as a mistake where the flags alone tell, in the
  /// statistics where the reason is that of a search.
  @Test(arguments: ["compact", "fingerprint128", "bitstate"])
  func combinationsAreRefusedByName(_ store: String) throws {
    let spec = ["specs/bench/filter-lock.wf", "--check", "anySize", "--store", store]
    for flags in [["--reduce", "por"], ["--reduce", "dead,por,symmetry,slice"]] {
      let run = try Command.wfcheck(spec + flags)
      #expect(run.status == 64 && run.errors.contains("--reduce por"))
      #expect(run.errors.contains("--store \(store)"))
    }
    let search = try Command.wfcheck(spec + ["--search", "dfs"])
    #expect(search.status == 64 && search.errors.contains("--store \(store) is for breadth-first"))
  }

  @Test func fingerprintsKeepWhatStatesKeep() throws {
    let fingerprints = ["--reduce", "por", "--store", "fingerprint"]
    let checked = try bench("filter-lock", 3, fingerprints + ["--check-reduction"])
    #expect(checked.contains("1 407 states, 2 385 transitions"))
    let output = try bench("filter-lock", 4, fingerprints)
    #expect(output.contains("75 687 states, 149 574 transitions"))
    #expect(output.contains("store fingerprint (64 bits and stages, 8-byte slots), reductions por"))
    #expect(output.contains("probability of an omitted state"))
  }

  @Test func depthFirstSearchHasSymmetry() throws {
    let output = try bench(
      "two-phase", 5, ["--search", "dfs", "--reduce", "symmetry", "--workers", "2"])
    #expect(output.contains("314 states") && output.contains("reductions symmetry of Manager"))
    #expect(output.contains("1 worker (symmetry depth-first has one)"))
  }

  /// Traces say where they may not be the shortest: behind the levels that were searched in full.
  @Test func tracesThatMayBeLongerSaySo() throws {
    let spec = """
      workflow Counters
      agent A[3] { var n: 0..9 = 0
        step go when n < 9 { n += 1 } }
      property low: always A[0].n < 9
      check broken { expect low fails }
      """
    let full = try Command.wfcheck(["-"], input: spec).output
    #expect(full.contains("9 steps") && !full.contains("perhaps"))
    let reduced = try Command.wfcheck(["-", "--reduce", "por"], input: spec).output
    #expect(reduced.contains("(por: perhaps not the fewest)"))
    let documents = try [["--json"], ["--json", "--reduce", "por"]].map {
      try Command.wfcheck(["-"] + $0, input: spec).output
    }
    #expect(documents[0].contains("\"perhapsNotShortest\": false"))
    #expect(documents[1].contains("\"perhapsNotShortest\": true"))
  }
}
