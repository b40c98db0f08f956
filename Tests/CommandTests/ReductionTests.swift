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
    #expect(output.contains("920 states"))
    #expect(output.contains("symmetry of Manager"))
    #expect(output.contains("por would leave out only"))
  }

  @Test func whatCannotBeReducedGoesOn() throws {
    let output = try bench("filter-lock", 4)
    #expect(output.contains("137 552 states, 439 888 transitions"))
    #expect(output.contains("none (por would leave out only"))
    #expect(!output.contains("in full"))
  }

  @Test func countsAreCompared() throws {
    let output = try words(["specs/bench/peterson.wf", "--check", "three"])
    #expect(output.contains("reductions none (the check compares counts)"))
    #expect(output.contains("12 498 states  as expected"))
    let reduced = try words(["specs/bench/peterson.wf", "--check", "three", "--reduce", "por"])
    #expect(reduced.contains("states not compared (partial-order reduction was on)"))
  }

  @Test(arguments: ["bfs", "dfs"], ["closure", "deletion"])
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
  }
}
