import Testing

/// What the program warns of before a run, and that a warning changes no verdict.
@Suite struct LintTests {
  private static let clean = """
    workflow Office
    message Task(n: 0..1)
    message Done(n: 0..1)
    agent Boss {
      var open: 0..2 = 0
      step give when open < 2 { open += 1; send Task(0) to Worker }
      on Done(n) when open > 0 { open -= 1 + n }
    }
    agent Worker {
      on Task(n) from s { send Done(n) to s }
    }
    property busy: can Boss.open == 2
    """

  struct Slip: Sendable {
    let code: String
    let wrong: String
    let right: String
    /// What the caret points at.
    let place: String
  }

  private static let slips = [
    Slip(
      code: "WF0701", wrong: "on Task(1) from s { send Done(1) to s }\n  on Task(n)",
      right: "on Task(n)", place: "Task"),
    Slip(
      code: "WF0702", wrong: "send Task(0) to Worker; send Done(1) to Worker }\n",
      right: "send Task(0) to Worker }\n  on Done(n) when open > 0 { open -= 1 + n }\n",
      place: "Done"),
    Slip(
      code: "WF0703", wrong: "send Task(0) to Boss; send Task(0) to Worker",
      right: "send Task(0) to Worker", place: "Task"),
    Slip(
      code: "WF0704", wrong: "var last: 0..2 = 0\n  step give when open < 2 { last = open; open",
      right: "step give when open < 2 { open", place: "last"),
    Slip(
      code: "WF0706", wrong: "on Done(n) when 1 > 2 {", right: "on Done(n) when open > 0 {",
      place: "1 > 2"),
    Slip(
      code: "WF0706",
      wrong: "step give when 1 < 2 and 2 < 3 { if open < 2 { open += 1; send Task(0) to Worker "
        + "} }",
      right: "step give when open < 2 { open += 1; send Task(0) to Worker }",
      place: "1 < 2 and 2 < 3"),
  ]

  @Test func aCleanSpecIsSilent() throws {
    let run = try Command.wfcheck(["-"], input: Self.clean)
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test(arguments: slips) func aSlipIsNamedWhereItIs(_ slip: Slip) throws {
    let spec = Self.clean.replacing(slip.right, with: slip.wrong)
    #expect(spec != Self.clean)
    let run = try Command.wfcheck(["-"], input: spec)
    #expect(run.errors.contains("warning[\(slip.code)]"), "\(run.errors)")
    let lines = run.errors.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { !$0.contains("[\(slip.code)]") }
    let marks = try #require(lines.firstIndex { $0.contains("^") })
    let marked = zip(lines[marks - 1], lines[marks]).filter { $0.1 == "^" }.map { String($0.0) }
      .joined()
    #expect(marked == slip.place, "\(run.errors)")
    #expect(run.status == 0 || run.output.contains("not as expected"))
  }

  @Test func warningsGoToReportsAndNotToStandardOutput() throws {
    let slip = Self.slips[3]
    let spec = Self.clean.replacing(slip.right, with: slip.wrong)
    let run = try Command.wfcheck(["-", "--quiet"], input: spec)
    #expect(run.output == "1 check in 1 spec: all as expected\n")
    #expect(run.status == 0)
    let json = try Command.wfcheck(["-", "--json"], input: spec)
    #expect(json.output.contains("WF0704"))
  }
}
