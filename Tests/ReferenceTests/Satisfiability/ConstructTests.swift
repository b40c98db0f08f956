import Decisions
import Semantics
import Testing

/// Each construct of conditions, with what may go wrong in it, against all valuations.
@Suite struct ConstructTests {
  private static let conditions = [
    // Short circuits decide which evaluation errors count.
    "x > 1 and 6 / (x - 1) > 2", "x <= 1 or 6 / (x - 1) == 3", "x > 1 implies 6 / (x - 1) > 3",
    "o != none implies o! > 2", "(if o == none then x else o!) == 3", "x == 0 iff y == 0",
    "all i in s: 2 / i > 0", "some i in s: 2 / (i - 1) > 0", "all i in s where i > 0: 2 / i == 1",
    "(count i in s: 2 / (i - 2) < 0) == 2", "(sum i in s: 2 / (i + x)) == 3",
    "some i in q: 1 / i == 1", "x == x and some i in 0..1: 2 / (1 - i) == 2",
    "x > 2 and all i in 0..1: 2 / (1 - i) > x",
    // Numbers.
    "x / y == 1", "(0 - x) / 2 == 0 - 1", "(y - 3) % 2 == 0 - 1", "x * y == 6", "0 - x * x < 0 - 8",
    "min(x, y) == 2 and max(x, y) == 2", "max(s) == 1", "min(s) > 1 and max(s) < 2",
    // Conversions.
    "half(x) == 1", "half(x) == 1 and x > 2", "f[x] and not f[x - 1]", "g[pick] == x",
    // Sets and optionals.
    "size(s) == 2 and not (x in s)", "s union {1} == {1} and s minus {1} == {}",
    "s intersect {0, 1} == {0}", "{i in s where i > x} == {2}", "x in y..3", "{o} == {none}",
    "size({o, none}) == 1 and o != none", "o in {o, none}", "p in {p, none} and x in 0..2",
    // Sequences.
    "q[x] == 1", "first(q) == 1 and size(rest(q)) == 1", "size(q + q) == 3", "(q + [1])[x] == 1",
    "q + [1] == [0, 1]", "1 in q and q != [1]", "([0] + q)[2] == 0 and (q + q)[1] == 1",
    // Records, maps and agents.
    "r.a == x and r.b", "r == Pair(a: 1, b: true)", "(map k in 0..3: k == x)[y]",
    "index(w) == x", "w == Worker[1] and index(w) == 1", "Worker[x] == w", "who == self",
    "index(who) == 1",
  ]

  private static let declarations = """
    workflow W
    record Pair { a: 0..2, b: bool }
    enum Colour { red, green, blue }
    function half(n: 0..2) -> 0..1 = n / 2
    message M(n: 0..3, c: Colour)
    agent Worker[2] { on start { send M(1, red) to A } }
    """
  private static let variables = """
    var x: 0..3 = 0
    var y: 0..3 = 0
    var s: set of 0..2 = {}
    var o: (0..2)? = none
    var p: (1..2)? = none
    var q: seq of 0..1 up to 2 = []
    var r: Pair = Pair(a: 0, b: false)
    var f: map[0..2] of bool = false
    var g: map[Colour] of 0..3 = 1
    var pick: Colour = red
    var w: Worker = Worker[0]
    var who: Agent = A
    """

  private func compare(_ text: String, atLeast count: Int) throws {
    var comparison = SolverComparison(try SpecText(text).typed().get(), try Satisfier())
    comparison.run()
    #expect(comparison.differences == [])
    #expect(comparison.compared >= count)
    #expect(comparison.skipped == 0)
  }

  @Test(arguments: conditions) func agrees(_ condition: String) throws {
    try compare(
      "\(Self.declarations)\nagent A {\n\(Self.variables)\nstep s when \(condition) { x = 0 }\n}\n",
      atLeast: 2)
  }

  @Test func agreesOnPatterns() throws {
    try compare(
      """
      \(Self.declarations)
      agent A {
      \(Self.variables)
      on M(0, red) when 1 / y == 1 { x = 0 }
      on M(6 / x, green) when x > 1 { x = 0 }
      on M(2, pick) from Worker[x] when y == 0 { x = 0 }
      on M(n, _) from v: Worker when n == index(v) { x = 0 }
      on M(n, pick) from v when v == w { x = 0 }
      }
      """, atLeast: 7)
  }

  /// A field is compared only where those before it were equal.
  @Test func agreesOnFieldsThatFail() throws {
    try compare(
      """
      workflow W
      message N(a: 0..3, b: 0..3)
      agent B { on start { send N(1, 1) to A } }
      agent A {
        var x: 0..3 = 0
        on N(1, 1 / (x - x)) { x = 0 }
        on N(2, 1 / (x - x)) { x = 1 }
      }
      """, atLeast: 4)
  }

  @Test func agreesOnChoices() throws {
    try compare(
      """
      \(Self.declarations)
      agent A {
      \(Self.variables)
      step a { choose i in s where 2 / (i - 1) > x; x = i }
      step b { choose i in x..y; x = i }
      step c { choose v in Worker where index(v) > x; w = v }
      }
      """, atLeast: 6)
  }

  /// Environments and properties read everybody's variables.
  @Test func agreesOnWhatOthersHave() throws {
    try compare(
      """
      workflow W
      agent Node[2] { var n: 0..2 = 0; var next: Node = Node[0]; step s { n = 1 } }
      environment User[2] {
        var u: 0..1 = 0
        var friend: User = User[0]
        step a when u < friend.u and friend == User[0] and self == User[0] { u = 1 }
        step b when friend == self and friend.u != u { u = 1 }
      }
      monitor Watch { var seen: 0..2 = 0; on crash of v when Node[0].n > seen { seen = 1 } }
      property p: always all v in Node: v.next.n == v.n
      property q: always (Node[0].next.next == Node[1] and Node[0].next == Node[0])
      """, atLeast: 6)
  }
}
