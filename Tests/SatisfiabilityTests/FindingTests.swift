import Decisions
import Diagnostics
import Satisfiability
import Testing

/// What is reported, and above all what is not.
@Suite struct FindingTests {
  private func agent(_ body: String, _ rest: String = "") -> String {
    "workflow W\nmessage M(n: 0..3)\nagent Sender { on start { ask n in 0..3; send M(n) to A } }\n"
      + "agent A {\n\(body)\n}\n\(rest)\n"
  }

  @Test func onlyTheClausesThatClashAreShown() throws {
    let found = try Findings(
      agent("var x: 0..9 = 0\nvar y: 0..9 = 0\nstep s when y < 5 and x > 4 and x < 5 { x = 1 }"))
    #expect(found.codes == [720])
    let labels = found.examination.findings[0].secondary.map(\.text)
    #expect(labels == ["not together with the others", "not together with the others"])
  }

  @Test(arguments: [
    ("size(s) > 3", [720]), ("size(s) > 2", []), ("size(s) <= 3", [721]),
    ("x * x == 2", [720]), ("x * x == 4", []), ("x / 2 > 1", [720]), ("(0 - x) % 2 == 1", [720]),
    ("m[x] and not m[x]", [720]), ("q == [] and size(q) == 1", [720]), ("o! == 3", []),
    ("o == none and o! == 3", [720]), ("all i in s: i > 3", []), ("1 / x == 2", [720]),
    ("10 / x == 3", []),
  ])
  func guards(_ condition: String, _ codes: [Int]) throws {
    let variables = """
      var x: 0..3 = 0
      var s: set of 0..2 = {}
      var m: map[0..3] of bool = false
      var q: seq of 0..1 up to 2
      var o: (0..3)? = none
      """
    let found = try Findings(agent("\(variables)\nstep s when \(condition) { x = 1 }"))
    #expect(found.codes == codes, "\(found.rendered)")
    #expect(found.examination.skipped.isEmpty)
  }

  /// What one value of a parameter makes constant is what parameters are for.
  @Test func parametersAreNoMistakes() throws {
    let text =
      "param N: 1..4 = 1\n"
      + agent("var x: 0..3 = 0\nstep s when x >= N and x < 2 { x = 0 }")
      .replacing("workflow W\n", with: "")
    let spec = "workflow W\n" + text
    #expect(try Findings(spec, parameters: [[("N", "2")]]).codes == [720])
    #expect(try Findings(spec, parameters: [[("N", "2")], [("N", "1")]]).codes == [])
    #expect(try Findings(spec, parameters: [[("N", "2")], [("N", "3")]]).codes == [720])
  }

  @Test func sendersTellRulesApart() throws {
    let two = """
      workflow W
      message M(n: 0..3)
      agent B { on start { send M(1) to A } }
      agent C { on start { send M(2) to A } }
      agent A { var x: 0..3 = 0; on M(n) from B { x = n }; on M(n) from C { x = n } }
      """
    #expect(try Findings(two).codes == [])
    #expect(try Findings(two.replacing("from C", with: "from s")).codes == [726])
  }

  /// What an earlier condition of the same step has established still holds there, until something
  /// changes it or another step comes between.
  @Test(arguments: [
    ("step s when x > 2 { choose i in 0..2 where i > x; x = i }", [722]),
    ("step s when x > 2 { x = 0; choose i in 0..2 where i > x; x = i }", [723]),
    ("step s { if x > 2 { choose i in 0..2 where i > x; x = i } }", [722]),
    ("step s { if x > 2 { x = 0 } else { choose i in 0..3 where i > x; x = i } }", []),
    ("step s { if x > 2 { x = 0 }; choose i in 0..2 where i > x; x = i }", [723]),
    ("run { await x > 2; choose i in 0..2 where i > x; x = i }", [722]),
    ("run { await x > 2; yield; choose i in 0..2 where i > x; x = i }", [723]),
    (
      "step s when x > 2 { for k in 0..1 { choose i in 0..2 where i >= x - k; x = i } }",
      [723]
    ),
  ])
  func factsLastUntilTheyChange(_ rule: String, _ codes: [Int]) throws {
    let found = try Findings(
      agent("var x: 0..3 = 0\n\(rule)\non M(n) { x = n }\nstep t when x == 1 { x = 2 }"))
    #expect(found.codes == codes, "\(found.rendered)")
  }

  /// A message that is refused for the time being only, or that nobody sends, is no mistake.
  @Test func onlyMessagesThatAreNeverTakenAreReported() throws {
    let waits = agent("var x: 0..3 = 0\non M(n) when n <= x { x = n }\nstep t { x = 3 - x }")
    #expect(try Findings(waits).codes == [])
    let never = agent("var x: 0..2 = 0\non M(n) when n <= x { x = 2 - n }\nstep t { x = 2 - x }")
    let found = try Findings(never)
    #expect(found.codes == [728])
    #expect(found.rendered.contains("No rule of `A` ever takes `M(3)`"))
    let few = never.replacing("ask n in 0..3;", with: "ask n in 0..3; if n < 3 { send M(n) to A };")
      .replacing("; send M(n) to A } }", with: " } }")
    #expect(try Findings(few).codes == [])
  }

  @Test func whatCannotBeWrittenOutIsCountedAndNotGuessed() throws {
    let large = agent(
      "var x: 0..9000000000000000000 = 0\nstep s when x + x < 0 { x = 1 }\non M(n) { x = n }")
    let found = try Findings(large)
    #expect(found.codes == [])
    #expect(found.examination.skipped.map(\.why) == ["its arithmetic may leave 64 bits"])
  }

  @Test func noTimeIsNoClaim() throws {
    let hard = agent(
      """
      var a: 0..200000 = 0
      var b: 0..200000 = 0
      var c: 0..200000 = 0
      step s when a > 1 and b > 1 and c > 1 and a * a * a + b * b * b == c * c * c { a = 0 }
      on M(n) { b = n; c = n }
      """)
    var limits = SolverLimits()
    limits.milliseconds = 50
    let found = try Findings(hard, limits: limits)
    #expect(found.codes == [])
    #expect(found.examination.open.count == 1)
  }
}
