import Testing

/// What an exhaustive run says about what it never saw.
@Suite struct RemarkTests {
  private func remarks(_ spec: String, _ flags: [String] = []) throws -> Set<String> {
    let run = try Command.wfcheck(["-"] + flags, input: spec)
    let codes = ["WF0780", "WF0781", "WF0782"]
    return Set(codes.filter { (run.output + run.errors).contains($0) })
  }

  private static let never = """
    workflow Never
    agent A { var n: 0..3 = 0
      step up when n < 2 { n += 1 }
      step never when n == 3 { n = 0 } }
    property bound: always A.n <= 2
    """

  @Test func aRuleThatNeverFires() throws {
    #expect(try remarks(Self.never) == ["WF0780"])
  }

  @Test func nothingIsSaidAfterABoundedRun() throws {
    #expect(try remarks(Self.never, ["--depth", "1"]).isEmpty)
    #expect(try remarks(Self.never, ["--max-states", "2"]).isEmpty)
  }

  @Test func aStepThatFailsHasFired() throws {
    let failing = """
      workflow Failing
      agent A { var n: 0..1 = 0
        step up when n < 1 { n += 1 }
        step over when n == 1 { n += 1 } }
      property bound: always A.n <= 1
      """
    let run = try Command.wfcheck(["-"], input: failing)
    #expect(run.status == 1 && run.output.contains("evaluation"))
    #expect(try remarks(failing).isEmpty)
  }

  @Test func anAnswerThatIsNeverPossible() throws {
    let spec = """
      workflow Answers
      agent A { var n: 0..3 = 0
        step up when n == 0 {
          ask by in 0..3
          n = by
        } }
      property bound: always A.n <= 3
      """
    #expect(try remarks(spec).isEmpty)
    #expect(
      try remarks(spec.replacing("ask by in 0..3", with: "ask by in 0..3 where by + n < 3"))
        == ["WF0781"])
  }

  @Test func anInvariantThatSaysNothing() throws {
    let vacuous = Self.never.replacing("always A.n <= 2", with: "always (A.n == 3 implies A.n > 0)")
      .replacing("  step never when n == 3 { n = 0 } }", with: "}")
    #expect(try remarks(vacuous) == ["WF0782"])
    #expect(try remarks(vacuous.replacing("A.n == 3", with: "A.n == 2")).isEmpty)
  }
}
