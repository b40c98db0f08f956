import Testing
import TransitionSystem

@testable import Exploration

@Suite struct DepthFirstTests {
  @Test func countsAreThoseOfBreadthFirst() {
    for system in [filterLock(3), counters(3, upper: 6), filterLock(4)] {
      let wide = search(system)
      let deep = search(system, .depthFirst)
      #expect(deep.states == wide.states)
      #expect(deep.transitions == wide.transitions)
      #expect(deep.complete)
      #expect(deep.depth >= wide.depth)
      #expect(deep.coverage.actions == wide.coverage.actions)
    }
  }

  /// The long way around meets states at the bound first; they must be expanded all the same.
  @Test(arguments: 0...9)
  func boundedSearchLosesNothing(bound: Int) {
    let edges = (0..<9).map { ($0, $0 + 1) } + [(0, 5), (5, 9), (9, 10), (10, 11), (3, 8)]
    let systems = [graph(nodes: 12, edges: edges), graph(nodes: 12, edges: edges.reversed())]
    for system in systems + [filterLock(3)] {
      let wide = search(system, depth: bound)
      let deep = search(system, .depthFirst, depth: bound)
      #expect(deep.states == wide.states)
      #expect(deep.transitions == wide.transitions)
      #expect(deep.stopReason == wide.stopReason)
    }
  }

  @Test func tracesComeFromThePath() throws {
    let system = counters(2, upper: 5) { builder, first in
      let second = SlotID(first.index + 1)
      builder.property("never", .invariant, .unary(.not, first == 2 && second == 3))
      builder.waits(where: constant(1))
    }
    let result = search(system, .depthFirst)
    let trace = try #require(result.properties[0].finding?.trace)
    #expect(trace.steps.count == 5)
    #expect(result.deadlock.finding?.trace?.steps.count == 10)
    #expect(result.internalFaults.isEmpty)
  }

  @Test func quiescentAtTheBound() {
    let system = graph(nodes: 3, edges: [(0, 1), (1, 2)]) { builder, _ in
      builder.property("busy", .invariant, .unary(.not, .quiescent), readsQuiescent: true)
    }
    let bounded = search(system, .depthFirst, depth: 2)
    #expect(nodes(bounded.properties[0].finding?.trace, system) == [0, 1, 2])
    #expect(bounded.transitions == 2)
  }
}
