import Diagnostics
import Syntax
import Testing

@testable import Decisions

/// The answers about a text; a wrong one is an issue.
func refined(
  _ text: String, _ options: RefinementOptions = RefinementOptions()
) throws -> Refinement {
  var sources = SourceSet()
  let id = sources.add(SourceFile(name: "app.wf", text: Array(text.utf8)))
  let (file, wrong) = parse(id, in: sources)
  let (model, found) = elaborate([file], in: sources)
  for diagnostic in wrong + found {
    Issue.record("\(renderText(diagnostic, sources: sources, color: false))")
  }
  return try Refiner(try #require(model), options).run()
}

/// What is possible for decisions whose values cannot be listed.
@Suite struct OpenDecisionTests {
  private func bound(_ value: String, _ isAttained: Bool = true) -> Bound {
    Bound(value: value, isAttained: isAttained)
  }

  private func possible(_ decision: String, _ requirements: String...) throws -> Possible {
    let clauses = requirements.map { "require \($0)" }.joined(separator: "; ")
    let text = "prompt App \"x\" { decision d: \(decision); decision e: real; \(clauses) }"
    let answer = try #require(try refined(text).choices.first).inPrompt
    var options = RefinementOptions()
    options.propagates = false
    #expect(try refined(text, options).choices.first?.inPrompt == answer)
    return answer
  }

  @Test func theProgramShownHasNoLargeNumbersWithoutAReason() throws {
    let answer = try refined(
      """
      prompt App "x" {
        decision users: int; decision cost: real; decision debt: int; decision size: 7..900
        decision kept: int default 4000; decision moved: int default 4000
        require users > 100 and cost >= 2.5 and debt < 0 - 20 and moved > 5000
        require kept + size >= 4005
      }
      """)
    guard case .satisfiable(let shown, let changes) = answer.prompt else {
      Issue.record("\(answer.prompt)")
      return
    }
    let digits = shown.values.map { value in
      if case .number(let digits) = value { digits } else { "" }
    }
    // The real is 5/2 or 3, by where the solver began.
    #expect(digits.filter { !["3", "5/2"].contains($0) } == ["101", "-21", "7", "4000", "5001"])
    #expect(digits.count == 6)
    #expect(changes == [5])
  }

  @Test func endsOfRealsAreOpenOrClosed() throws {
    #expect(
      try possible("real", "d > 1", "2 * d <= 5")
        == .range(lower: bound("1", false), upper: bound("5/2")))
    #expect(try possible("real", "d >= 0.1") == .range(lower: bound("1/10"), upper: nil))
    #expect(
      try possible("real", "d >= 2.0", "d < 100.00")
        == .range(lower: bound("2"), upper: bound("100", false)))
    #expect(try possible("real", "e > 0") == .range(lower: nil, upper: nil))
  }

  @Test func endsOfRealsComeFromOthers() throws {
    #expect(
      try possible("real", "d < e", "e <= 3", "d + e >= 1")
        == .range(lower: bound("-2"), upper: bound("3", false)))
    #expect(try possible("real", "d == e", "e == 0.75") == .forced(.number("3/4")))
  }

  /// An end among nonlinear clauses is found if it is an integer, and unknown otherwise.
  @Test func endsOfNonlinearRealsAreVerified() throws {
    #expect(try possible("real", "d * d <= 4") == .range(lower: bound("-2"), upper: bound("2")))
    guard case .unknown = try possible("real", "d * d <= 2") else {
      Issue.record("an irrational end")
      return
    }
  }

  @Test func integersHaveClosedEnds() throws {
    #expect(
      try possible("int", "d > 1", "3 * d <= 16") == .range(lower: bound("2"), upper: bound("5")))
    #expect(try possible("int", "d > 1") == .range(lower: bound("2"), upper: nil))
    #expect(try possible("int", "d > 1", "d < 3") == .forced(.number("2")))
    #expect(
      try possible("int", "d % 7 == 3", "d > 0", "d < 100")
        == .range(lower: bound("3"), upper: bound("94")))
  }

  @Test func rangesOfAllIntegersDoNotOverflow() throws {
    let all = "-9223372036854775807..9223372036854775807"
    #expect(
      try possible(all)
        == .range(lower: bound("-9223372036854775807"), upper: bound("9223372036854775807")))
    #expect(
      try possible(all, "d / 2 < 7")
        == .range(lower: bound("-9223372036854775807"), upper: bound("13")))
  }

  @Test func stringsAreThoseMentionedAndOthers() throws {
    func strings(_ texts: String...) -> [LeafValue] { texts.map { .string($0) } }
    #expect(
      try possible("string", "e > 0 or d == \"a\"", "d != \"b\"") == .texts(strings("a")))
    #expect(
      try possible("string", "d == \"a\" or d == \"b\"") == .values(strings("a", "b")))
    #expect(try possible("string", "d == \"a\"") == .forced(.string("a")))
    #expect(try possible("string") == .texts([]))
  }
}
