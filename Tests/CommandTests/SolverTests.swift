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

  /// Z3 4.8.12 works on it for hours, and heeds neither its time limit nor an interrupt.
  private static let deaf = """
    prompt Deaf "x" {
      decision a: real
      decision b: real
      decision c: real
      decision d: real
      decision e: real
      decision f: real
      require a * a * a + b * b * c - d * e * f * a == 7.25
      require a * b * c * d + e * e * e * f - a * c == 1.75
      require a * a + b * b + c * c + d * d + e * e + f * f < 30.5
      require a * d * e - b * f * c * c == 3.5
      require a != b and b != c and c != d
    }
    """
  private static let claims = "claims of A { decides a, b, c; a > b }"
  private static let commits = """
    agent A {
      var isDone: bool = false
      step claim when not isDone { isDone = true; commit a > b }
    }
    property asked: always coherent
    """

  /// Runs the program under a guard: what ignores its limits must not outlive the test.
  private func guarded(
    _ spec: String, _ arguments: String, signal: String = "INT", after seconds: Int = 30
  ) throws -> Command {
    let started = ContinuousClock.now
    let run = try Command.shell(
      """
      timeout --foreground --preserve-status -k 20 -s \(signal) \(seconds) \
        \(Command.program.path) \(arguments) - <<'END'
      \(spec)
      END
      """)
    // Far more than it takes, as other tests run beside this one.
    #expect(ContinuousClock.now - started < .seconds(seconds + 15))
    return run
  }

  @Test func aQueryThatHeedsNoLimitIsLeftBehind() throws {
    let run = try guarded(Self.deaf + "\n" + Self.claims, "refine --timeout 300ms")
    #expect(run.status == 3)
    #expect(run.output.contains("is unknown: no answer within 300 ms\n"))
    #expect(run.output.contains("nonlinear: `a * a * a + b * b * c - d * e * f * a == 7.25`"))
  }

  @Test func aProtocolThatAsksOneIsUnknown() throws {
    let run = try guarded("workflow Deaf\n" + Self.deaf + "\n" + Self.commits, "check")
    #expect(run.status == 3)
    #expect(run.output.contains("asked  undecided (the solver gave up on the prompt alone"))
    #expect(run.output.contains("5 s; nonlinear: `a * a * a"))
  }

  /// The prompt is asked about after the check, without products of unknowns and so on its own.
  @Test func whatIsLeftBehindHoldsUpNobody() throws {
    let prompt = """
      prompt Deaf "x" {
        decision a: real
        decision b: real
        decision c: real
        decision d: real
        require a > 0
      }
      """
    let claim =
      "a * a * a * b + b * b * c * d * a == 7 and c * c * c * a * b + d * d * d * d == a * b * c"
      + " and a * b * c * d + a * a * a * d * c == 3 * b * b * b + 5"
    let spec = "workflow Deaf\n\(prompt)\nagent A { run { commit \(claim) } }\n"
    let run = try guarded(spec + "property asked: always coherent", "check --timeout 1s")
    #expect(run.status == 3)
    #expect(run.output.contains("Deaf: the prompt is satisfiable"))
  }

  /// A question has 5 s, and the check that asks it less.
  @Test func aQuestionEndsWithItsCheck() throws {
    let started = ContinuousClock.now
    let run = try guarded(
      "workflow Deaf\n" + Self.deaf + "\n" + Self.commits, "check --timeout 500ms --property asked")
    #expect(run.status == 3)
    #expect(run.output.contains("unknown     asked"))
    // The prompt itself is asked about afterwards, for 5 s.
    #expect(ContinuousClock.now - started < .seconds(15))
  }

  @Test(arguments: ["INT", "TERM"])
  func whatHeedsNoInterruptEndsWithTheProcess(_ signal: String) throws {
    let refined = try guarded(
      Self.deaf + "\n" + Self.claims, "refine --timeout 60s", signal: signal, after: 1)
    #expect(refined.status == 130)
    #expect(refined.output.contains("the prompt is unknown: interrupted"))
    let checked = try guarded(
      "workflow Deaf\n" + Self.deaf + "\n" + Self.commits, "check", signal: signal, after: 1)
    #expect(checked.status == 130)
    #expect(checked.output.contains("the prompt alone: interrupted"))
  }

  @Test func lintEndsWithItsTimeOfProductsOfUnknowns() throws {
    let spec = """
      workflow Cubes
      shared var x: 0..3000 = 1
      shared var y: 0..3000 = 1
      shared var z: 0..3000 = 1
      agent A {
        step go when x > 1 and y > 1 and z > 1 and x * x * x + y * y * y == z * z * z { x = 1 }
      }
      """
    let late = try guarded(spec, "lint --timeout 300ms")
    #expect(late.status == 3)
    #expect(late.output.contains("1 left open (line 6: "))
    let stopped = try guarded(spec, "lint --timeout 60s", after: 1)
    #expect(stopped.status == 130)
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
