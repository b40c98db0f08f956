import Foundation
import Testing

/// What the program does about a solver that is missing, or that takes too long.
@Suite struct SolverTests {
  private static let missing = "WFCHECK_LIBZ3=/nowhere/libz3.so \(Command.program.path)"

  @Test func aMissingSolverIsSaidWhereOneIsNeeded() throws {
    for line in ["refine examples/merge-gate/prompt.wf", "lint specs/bench/ring.wf"] {
      let run = try Command.shell("\(Self.missing) \(line)")
      #expect(run.status == 2)
      #expect(
        run.errors == "wfcheck: libz3 cannot be loaded: it is not installed; "
          + "install it with `apt-get install libz3-dev`\n")
    }
    let check = try Command.shell("\(Self.missing) specs/prompts/any-order.wf")
    #expect(check.status != 0)
    #expect((check.output + check.errors).contains("apt-get install libz3-dev"))
  }

  @Test func aLibraryThatIsNoneIsSaid() throws {
    let run = try Command.shell(
      "WFCHECK_LIBZ3=/etc/passwd \(Command.program.path) refine examples/merge-gate/prompt.wf")
    #expect(run.status == 2)
    #expect(run.errors.contains("/etc/passwd: "))
  }

  /// The linker's own list of what is loaded.
  @Test func aPlainCheckNeitherNeedsNorLoadsOne() throws {
    let plain = "specs/bench/two-phase.wf --check three"
    #expect(try Command.shell("\(Self.missing) \(plain)").status == 0)
    let loads = { (line: String) in
      try Command.shell("LD_DEBUG=libs \(Command.program.path) \(line)").errors
        .contains("libz3")
    }
    #expect(try !loads(plain))
    #expect(try loads("refine examples/merge-gate/prompt.wf"))
  }

  @Test(arguments: ["always coherent", "always not determined(a)"])
  func ctrlCEndsTheQueryOfAProtocol(_ formula: String) throws {
    let spec = """
      workflow Hard
      prompt Cubes "x" {
        decision a: int
        decision b: int
        decision c: int
        require a > 1 and b > 1 and c > 1
      }
      agent A[3] {
        var isDone: bool = false
        step claim when not isDone {
          isDone = true
          commit a * a * a + b * b * b == c * c * c + index(self) - index(self)
        }
      }
      property asked: \(formula)
      """
    let started = ContinuousClock.now
    let run = try Command.wfcheck(["-"], input: spec, interruptAfter: 1)
    #expect(run.status == 130)
    #expect(!run.output.contains("holds"))
    #expect(ContinuousClock.now - started < .seconds(15))
  }

  @Test func anInterruptedRefinementShowsWhatItKnows() throws {
    let prompt = """
      prompt Cubes "x" {
        decision a: int
        decision b: int
        decision c: int
        require a > 1 and b > 1 and c > 1
      }
      claims of Fermat { decides a, b, c; a * a * a + b * b * b == c * c * c }
      """
    let run = try Command.wfcheck(
      ["refine", "-", "--timeout", "60s"], input: prompt, interruptAfter: 1)
    #expect(run.status == 130)
    #expect(run.output.contains("whether the claims refine one program is unknown: interrupted"))
  }

  @Test func aMisspeltVerbIsNoFile() throws {
    for (word, verb) in [("lnt", "lint"), ("refien", "refine"), ("chekc", "check")] {
      let run = try Command.wfcheck([word, "specs/bench/ring.wf"])
      #expect(run.status == 64)
      #expect(run.errors.contains("Did you mean `wfcheck \(verb)`?"))
    }
    let file = try Command.wfcheck(["nowhere"])
    #expect(file.status == 2)
    #expect(file.errors.contains("cannot read `nowhere`"))
  }
}
