import Testing
import TransitionSystem

@testable import Exploration

/// What several workers find on a depth-first search is what one finds.
@Suite struct SharedDepthFirstTests {
  private func deep(
    _ system: TransitionSystem, workers: Int, _ change: (inout SearchOptions) -> Void = { _ in }
  ) -> SearchResult {
    var options = SearchOptions()
    options.strategy = .depthFirst
    options.workers = workers
    options.sharingStatesMin = 1
    change(&options)
    return run(system, options)
  }

  private func manyFindings() -> TransitionSystem {
    counters(4, upper: 11) { builder, first in
      let second = SlotID(first.index + 1)
      let third = SlotID(first.index + 2)
      builder.property(
        "never", .invariant, .unary(.not, first == 5 && second == 4 && third == 3))
      builder.property("no9", .invariant, .slot(third) < constant(9))
      builder.property("nine", .reachability, third == 9)
      builder.property("small", .invariant, .slot(third) < constant(12))
      builder.waits(where: constant(1))
    }
  }

  @Test(arguments: [2, 3, 4]) func countsAreThoseOfOneWorker(workers: Int) {
    for system in [filterLock(4), counters(4, upper: 11), counters(2, upper: 200)] {
      let one = deep(system, workers: 1)
      let more = deep(system, workers: workers)
      #expect(more.complete)
      #expect(more.states == one.states)
      #expect(more.transitions == one.transitions)
      #expect(more.coverage.actions == one.coverage.actions)
      #expect(more.statistics.expandedStates == one.states)
      #expect(more.statistics.workers == workers)
      #expect(more.internalFaults.isEmpty)
    }
  }

  @Test(arguments: [2, 3, 4]) func findingsAreThoseOfOneWorker(workers: Int) throws {
    let system = manyFindings()
    let one = deep(system, workers: 1)
    let more = deep(system, workers: workers)
    #expect(more.states == one.states)
    #expect(more.properties[3].finding == nil)
    for target in [
      SearchTarget.property(0), .property(1), .property(2), .builtIn(.deadlock),
    ] {
      let expected = try #require(one[target].finding?.trace)
      let actual = try #require(more[target].finding?.trace)
      #expect(actual.steps.map(\.state) == expected.steps.map(\.state))
      #expect(more[target].finding?.depth == one[target].finding?.depth)
    }
  }

  /// Where the first violation ends the search, all its numbers are those of one worker.
  @Test(arguments: [2, 4]) func endsWhereOneWorkerEnds(workers: Int) {
    let system = manyFindings()
    let one = deep(system, workers: 1) { $0.stopAtFirst = true }
    let more = deep(system, workers: workers) { $0.stopAtFirst = true }
    #expect(one.stopReason == .firstFound)
    #expect(more.stopReason == .firstFound)
    #expect(more.states == one.states)
    #expect(more.transitions == one.transitions)
    #expect(more.properties.map(\.finding?.state) == one.properties.map(\.finding?.state))
    #expect(more.deadlock.finding?.state == one.deadlock.finding?.state)
  }

  /// Less memory than one worker took: no verdict, no crash, and what was met stays found.
  @Test func budgetsEndIt() {
    let system = manyFindings()
    for workers in [2, 4] {
      let result = deep(system, workers: workers) { $0.statesMax = 15_000 }
      #expect(result.stopReason == .stateLimit)
      #expect(!result.complete)
      #expect(result.properties[0].finding?.trace != nil || result.properties[0].finding == nil)
      let starved = deep(counters(4, upper: 40), workers: workers) { $0.memoryMax = 10 << 20 }
      #expect(starved.stopReason == .memory)
      #expect(starved.statistics.memoryPeak <= 10 << 20)
    }
  }

  /// Ten counters that count before one of them sends into a queue that is too small.
  @Test(arguments: [true, false]) func overflowsAreMet(isTraced: Bool) {
    let system = counters(3, upper: 20) { builder, first in
      builder.queue("a to b", room: 2)
      let last = SlotID(first.index + 2)
      builder.action(
        "send", when: [first == 20, last == 20], [.send(ChannelID(0), [constant(1)])])
    }
    for workers in [1, 2, 4] {
      let result = deep(system, workers: workers) { $0.tracesGrowth = isTraced }
      #expect(result.stopReason == .growthNeeded([ChannelID(0)]))
      #expect((result.growth?.trace != nil) == isTraced)
      #expect(result.internalFaults.isEmpty)
    }
  }

  @Test func saysWhyOneWorkerMustDo() {
    let bounded = deep(filterLock(3), workers: 3) { $0.depthMax = 5 }
    #expect(bounded.statistics.workers == 1)
    #expect(bounded.statistics.workersObstacle != nil)
    let reduced = deep(filterLock(3), workers: 3) { $0.partialOrder = true }
    #expect(reduced.statistics.workers == 1)
    #expect(reduced.statistics.workersObstacle != nil)
    #expect(deep(filterLock(3), workers: 3).statistics.workersObstacle == nil)
  }

  @Test func theOldestComeFirst() {
    var stack = CountedStack<Int>(budget: MemoryBudget(limit: 1 << 20))
    for number in 0..<2000 {
      let isAppended = stack.append(number)
      #expect(isAppended)
    }
    let first = stack.takeFirst(1500)
    #expect(first == Array(0..<1500))
    let rest = (0..<stack.count).map { stack[$0] }
    #expect(rest == Array(1500..<2000))
    let none = stack.takeFirst(0)
    #expect(none.isEmpty)
  }
}
