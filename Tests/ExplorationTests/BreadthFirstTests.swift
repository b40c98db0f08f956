import Testing
import TransitionSystem

@testable import Exploration

@Suite struct BreadthFirstTests {
  @Test(arguments: [1, 2, 4])
  func filterLockOfThree(workers: Int) {
    let result = search(filterLock(3), workers: workers)
    #expect(result.states == 2415)
    #expect(result.transitions == 6019)
    #expect(result.depth == 35)
    #expect(result.complete)
    #expect(result.properties[0].finding == nil)
    #expect(result.deadlock.finding == nil)
    #expect(result.coverage.actions.allSatisfy { $0 })
    #expect(result.internalFaults.isEmpty)
  }

  @Test(arguments: [1, 2, 4])
  func filterLockOfFour(workers: Int) {
    let result = search(filterLock(4), workers: workers)
    #expect(result.states == 137_552)
    #expect(result.transitions == 439_888)
    #expect(result.depth == 72)
  }

  /// Two ways to node 5 of the same length: the one by the lesser node is shown, always.
  @Test(arguments: [1, 2, 4])
  func shortestTraceIsLeast(workers: Int) throws {
    let system = graph(
      nodes: 8, edges: [(0, 4), (4, 5), (0, 3), (3, 5), (0, 1), (1, 2), (2, 3), (5, 6), (5, 5)]
    ) { $0.property("never5", .invariant, .slot($1) != constant(5)) }
    let result = search(system, workers: workers)
    let finding = try #require(result.properties[0].finding)
    #expect(finding.depth == 2)
    #expect(nodes(finding.trace, system) == [0, 3, 5])
    #expect(result.transitions == 9)
    #expect(result.states == 7)
    #expect(result.complete)
  }

  @Test func reachabilityShowsItsWitness() throws {
    let system = graph(nodes: 4, edges: [(0, 1), (1, 2)]) {
      $0.property("can2", .reachability, $1 == 2)
      $0.property("can3", .reachability, $1 == 3)
      $0.property("fromTheStart", .reachability, $1 == 0)
    }
    let result = search(system)
    #expect(nodes(result.properties[0].finding?.trace, system) == [0, 1, 2])
    #expect(result.properties[1].finding == nil)
    #expect(nodes(result.properties[2].finding?.trace, system) == [0])
  }

  @Test func severalInitialStates() {
    let system = graph(nodes: 6, edges: [(1, 3), (3, 4), (2, 4)], initial: [1, 2]) {
      $0.property("never4", .invariant, .slot($1) != constant(4))
    }
    let result = search(system)
    #expect(result.statistics.initialStates == 2)
    #expect(result.states == 4)
    #expect(nodes(result.properties[0].finding?.trace, system) == [2, 4])
  }

  @Test func deadlockAndOrphan() {
    let system = graph(nodes: 5, edges: [(0, 1), (1, 2), (0, 3), (3, 4)]) {
      $0.waits(where: $1 == 2)
      $0.undelivered(where: $1 == 4)
      $0.action("crash", when: [$1 == 2], isFault: true, [.store($1, constant(2))])
    }
    let result = search(system)
    #expect(nodes(result.deadlock.finding?.trace, system) == [0, 1, 2])
    #expect(nodes(result.orphan.finding?.trace, system) == [0, 3, 4])
    #expect(result.transitions == 5)
  }

  @Test func failuresHaveTracesAndTheSearchGoesOn() throws {
    let system = graph(nodes: 5, edges: [(0, 1), (1, 2), (2, 3), (1, 4)]) { builder, node in
      let assertion = builder.failure(.assertion, "the assertion is false")
      let range = builder.failure(.evaluation, "outside")
      builder.action("late", when: [node == 3], [.fail(assertion)])
      builder.action("early", when: [node == 4], [.fail(assertion)])
      builder.action("bad", when: [node == 2], [.check(constant(0), range)])
    }
    let result = search(system)
    #expect(result.states == 5)
    #expect(result.transitions == 4)
    let assertion = try #require(result.assertion.finding)
    #expect(assertion.isFailingStep)
    #expect(assertion.depth == 2)
    #expect(nodes(assertion.trace, system) == [0, 1, 4])
    #expect(assertion.trace?.steps.last?.failure == FailureID(0))
    #expect(nodes(result.evaluation.finding?.trace, system) == [0, 1, 2])
  }

  @Test func propertyThatFailsToEvaluate() throws {
    let system = graph(nodes: 4, edges: [(0, 1), (1, 2), (2, 3)]) { builder, node in
      let zero = builder.failure(.evaluation, "division by zero")
      let quotient = ProgramExpression.checked(
        .divide, constant(6), .binary(.subtractWrapping, .slot(node), constant(2)), zero)
      builder.property("divides", .invariant, quotient != constant(99))
    }
    let result = search(system)
    #expect(result.properties[0].finding == nil)
    #expect(result.propertyFailed == [true])
    let finding = try #require(result.evaluation.finding)
    #expect(!finding.isFailingStep)
    #expect(finding.property == 0)
    #expect(nodes(finding.trace, system) == [0, 1, 2])
  }

  @Test(arguments: 0...6)
  func depthBound(bound: Int) {
    let result = search(counters(2, upper: 3), depth: bound)
    // States with a sum up to the bound.
    let expected = [1, 3, 6, 10, 13, 15, 16]
    #expect(result.states == expected[bound])
    #expect(result.depth == bound)
    #expect(result.stopReason == .depthBound)
    #expect(!result.complete)
  }

  @Test func boundBeyondTheEnd() {
    let result = search(counters(2, upper: 3), depth: 7)
    #expect(result.complete)
    #expect(result.depth == 6)
  }

  /// A property that reads `quiescent` is judged at the bound too, a deadlock is not.
  @Test func quiescentAtTheBound() {
    let system = graph(nodes: 3, edges: [(0, 1), (1, 2)]) { builder, _ in
      builder.property("busy", .invariant, .unary(.not, .quiescent), readsQuiescent: true)
      builder.waits(where: constant(1))
    }
    let bounded = search(system, depth: 2)
    #expect(nodes(bounded.properties[0].finding?.trace, system) == [0, 1, 2])
    #expect(bounded.deadlock.finding == nil)
    #expect(bounded.transitions == 2)
    #expect(search(system, depth: 1).properties[0].finding == nil)
    #expect(search(system).deadlock.finding != nil)
  }

  @Test func antecedentsAndCoverage() {
    let system = graph(nodes: 4, edges: [(0, 1), (1, 2), (3, 0)]) {
      $0.property("vacuous", .invariant, constant(1), antecedent: $1 == 3)
      $0.property("met", .invariant, constant(1), antecedent: $1 == 2)
    }
    let result = search(system)
    #expect(result.coverage.antecedents == [false, true])
    #expect(result.coverage.actions == [true, true, false])
    #expect(result.coverage.rules == [true, true, false])
  }

  @Test func stopsWithTheLevelOfTheFirst() {
    var options = SearchOptions()
    options.stopAtFirst = true
    let system = counters(2, upper: 9) {
      $0.property("small", .invariant, .slot($1) < constant(3))
      $0.property("can1", .reachability, $1 == 1)
    }
    let result = run(system, options)
    #expect(result.stopReason == .firstFound)
    #expect(result.properties[0].finding?.depth == 3)
    #expect(result.depth == 3)
    #expect(result.states == 10)
  }

  /// A model large enough that all workers take part: the same trace from each number of them.
  @Test func sameTracesForAnyWorkers() throws {
    let system = counters(4, upper: 11) { builder, first in
      let second = SlotID(first.index + 1)
      let third = SlotID(first.index + 2)
      builder.property(
        "never", .invariant, .unary(.not, first == 5 && second == 4 && third == 3))
      builder.property("no9", .invariant, .slot(third) < constant(9))
      builder.waits(where: constant(1))
    }
    let one = search(system, workers: 1)
    #expect(one.states == 20_736)
    for workers in [2, 3, 4] {
      let more = search(system, workers: workers)
      #expect(more.states == one.states)
      #expect(more.transitions == one.transitions)
      #expect(more.depth == one.depth)
      for target in [SearchTarget.property(0), .property(1), .builtIn(.deadlock)] {
        let expected = try #require(one[target].finding?.trace)
        let actual = try #require(more[target].finding?.trace)
        #expect(actual.steps.map(\.state) == expected.steps.map(\.state))
        #expect(actual.steps.map(\.action) == expected.steps.map(\.action))
      }
    }
  }
}
