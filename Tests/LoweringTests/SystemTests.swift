import Diagnostics
import Lowering
import Testing
import TransitionSystem

/// What every lowered system promises to its engines.
@Suite struct SystemTests {
  private let chatter = """
    workflow Chatter
    message Ping(n: 0..1)
    message Pong()
    agent A { step ping { send Ping(1) to B } }
    agent B { on Ping(n) from s { send Pong() to s } }
    """

  @Test func onlyChannelsThatCanHoldSomethingExist() throws {
    let channels = try system(chatter).channels
    #expect(channels.map(\.name) == ["Pong to A", "Ping to B"])
    #expect(channels.map(\.room) == [4, 4])
    #expect(channels.allSatisfy { $0.sender != nil && $0.grows })
  }

  @Test func roomsAreTakenByChannelAndChangeNothingElse() throws {
    let narrow = try system(chatter)
    let wide = try system(chatter, rooms: [1: 9])
    #expect(wide.channels.map(\.name) == narrow.channels.map(\.name))
    #expect(wide.channels.map(\.room) == [4, 9])
    #expect(wide.actions.map(\.label) == narrow.actions.map(\.label))
  }

  @Test func deadBranchesSendNothing() throws {
    let text = chatter.replacing("{ send Pong() to s }", with: "{ if false { send Pong() to s } }")
    #expect(try system(text).channels.map(\.name) == ["Ping to B"])
  }

  @Test func stepsReadAndWriteOnlyWhatTheyMention() throws {
    let system = try system(
      """
      workflow Steps
      agent A[2] {
          var x: 0..3 = 0
          var y: 0..3 = 0
          step copy when x < 3 { y = x }
      }
      """)
    let slots = system.variables.map { $0.slots[0] }
    let copy = AccessSets(system.actions[1], channels: system.channels)
    #expect(copy.reads.slots == [slots[2]])
    #expect(copy.mayWrite.slots == [slots[3]])
    let other = AccessSets(system.actions[0], channels: system.channels)
    #expect(copy.reads.isDisjoint(with: other.mayWrite))
  }

  /// A test for each agent instead of one for each pair, unless a test may fail.
  @Test func quantifiersStandWhereTheirVariablesAre() throws {
    func size(_ property: String) throws -> Int {
      let system = try system(
        """
        workflow Pairs
        agent A[8] {
            var x: 0..3 = 0
            step go { x = 1 }
        }
        property pairs: always \(property)
        """)
      #expect(system.properties[0].predicate.statements.isEmpty)
      return tests(in: system.properties[0].predicate.result)
    }
    #expect(try size("all a, b in A: not (a.x == 1 and b.x == 2)") == 16)
    #expect(try size("some a, b in A: a.x == 1 and b.x == 2") == 16)
    #expect(try size("all a in A: a.x == 1 implies all b in A where b.x < 3: b.x != 2") == 24)
    #expect(try size("all a, b, c in A: a.x != 1 or b.x != 2 or c.x != 3") == 24)
    // What has both variables stays: eight times seven others, and eight times the rest.
    #expect(try size("all a, b in A: a.x == b.x or a.x == 1") == 64)
    // Which of the failures comes first must stay.
    #expect(try size("all a, b in A: not (6 / a.x == 1 and b.x == 2)") == 128)
  }

  /// The comparisons in a condition.
  private func tests(in condition: ProgramExpression) -> Int {
    switch condition {
    case .binary(.and, let left, let right), .binary(.or, let left, let right):
      tests(in: left) + tests(in: right)
    case .unary(.not, let operand): tests(in: operand)
    default: 1
    }
  }

  @Test func whatIsProvedIsNotChecked() throws {
    let system = try system(
      """
      workflow Proved
      agent A {
          var n: 0..3 = 0
          var last: 0..3? = none
          step turn { n = (n + 1) % 4 }
          step keep when last == none or last! < n { last = n }
      }
      """)
    #expect(system.failures.isEmpty)
  }

  @Test(arguments: [
    (850, "map[0..1000] of map[0..1000] of bool = map a in 0..1000: map b in 0..1000: false"),
    (851, "map[0..63] of bool = any"),
    (852, "map[0..4000] of 0..1000000 = map k in 0..4000: 0"),
  ])
  func whatCannotBeRepresentedIsSaid(_ code: Int, _ type: String) throws {
    let spec = try typedSpec("workflow Large\nagent A {\n    var v: \(type)\n}\n")
    let (system, diagnostics) = lower(spec)
    #expect(system == nil)
    #expect(diagnostics.map(\.code.number) == [code])
    #expect(explanation(of: DiagnosticCode(code)) != nil)
  }
}
