import Foundation
import Testing

/// A state may have any number of successors: budgets end its expansion, too.
@Suite struct ManyStepsTests {
  /// `last` of 2 · 10^14 ways through one step.
  private func spec(_ last: String, where filter: String = "") -> String {
    """
    workflow Many
    agent A {
      var x: 0..1 = 0
      step s when x == 0 {
        choose a in 0..60000
        choose b in 0..60000
        choose c in 0..60000 \(filter)
        \(last)
      }
    }
    property p: always A.x <= 1
    """
  }

  /// As many initial states.
  private static let initial = """
    workflow Many
    agent A {
      var a: 0..60000 = any
      var b: 0..60000 = any
      var c: 0..60000 = any
      step s { a = b }
    }
    property p: always A.a <= 60000
    """

  private static let ways: [[String]] = [
    ["--engine", "vm"], ["--engine", "native"], ["--search", "dfs"], ["--search", "random"],
    ["--reduce", "por"], ["--store", "compact"],
  ]

  @Test(arguments: ways) func successorsAreCounted(_ flags: [String]) throws {
    for spec in [spec("x = (a + b + c) % 2"), Self.initial] {
      let run = try Command.wfcheck(["-", "--memory", "100M"] + flags, input: spec)
      #expect(run.status == 3, "\(run.output)\(run.errors)")
      #expect(run.output.contains("undecided (the memory budget ran out)"))
      #expect(!run.output.contains("holds"))
    }
  }

  @Test(arguments: ways) func failuresAreCounted(_ flags: [String]) throws {
    let run = try Command.wfcheck(
      ["-", "--memory", "100M"] + flags, input: spec("assert a + b + c > 200000"))
    #expect(run.status == 3, "\(run.output)\(run.errors)")
    #expect(run.output.contains("the memory budget ran out"))
  }

  @Test(arguments: ways) func waysWithoutEndHaveATime(_ flags: [String]) throws {
    let began = Date()
    let run = try Command.wfcheck(
      ["-", "--timeout", "1s"] + flags, input: spec("x = 1", where: "where a + b + c < 0"))
    #expect(run.status == 3, "\(run.output)\(run.errors)")
    #expect(run.output.contains("undecided (the time ran out)"))
    #expect(Date().timeIntervalSince(began) < 30)
  }

  @Test func theyCanBeInterrupted() throws {
    let run = try Command.wfcheck(
      ["-"], input: spec("x = 1", where: "where a + b + c < 0"), interruptAfter: 1)
    #expect(run.status == 130, "\(run.output)\(run.errors)")
  }

  /// More than any buffer has from the beginning, and more than compiled C goes through alone.
  @Test(arguments: [["--engine", "vm"], ["--engine", "native"], ["--search", "dfs"]])
  func manyAreNotTooMany(_ flags: [String]) throws {
    let spec = """
      workflow Wide
      agent A {
        var x: 0..200000 = 0
        step s when x == 0 {
          choose a in 0..399
          choose b in 0..499
          x = 500 * a + b
        }
      }
      property p: can A.x == 199999
      """
    let run = try Command.wfcheck(["-"] + flags, input: spec)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("200 000 states, 200 000 transitions"))
  }

  @Test func graphsAndReplaysSayThatTheyAreTooMany() throws {
    let step = try Command.wfcheck(["graph", "-"], input: spec("x = 1"))
    #expect(step.output.contains("more than 10000 steps"))
    #expect(step.errors.contains("1 of its 1 states go on"))
    let start = try Command.wfcheck(["graph", "-"], input: Self.initial)
    #expect(start.status == 3)
    #expect(start.errors.contains("no initial states, or more than 10000"))
  }
}
