import Testing
import TransitionSystem

@testable import Exploration

/// Every strategy gives the same from compiled C as from the machine.
@Suite struct EngineTests {
  @Test(arguments: [SearchStrategy.breadthFirst, .depthFirst, .randomWalk(count: 300)])
  func nativeIsTheMachine(strategy: SearchStrategy) throws {
    let system = counters(3, upper: 6) { builder, first in
      let second = SlotID(first.index + 1)
      builder.property("never", .invariant, .unary(.not, first == 5 && second == 4))
      builder.property("implied", .invariant, constant(1), antecedent: first == 3)
      builder.property("quiet", .invariant, .unary(.not, .quiescent), readsQuiescent: true)
      builder.waits(where: constant(1))
    }
    let (machine, native) = (result(system, strategy, .vm), result(system, strategy, .native))
    #expect(machine.statistics.native == .unused)
    guard case .ready = native.statistics.native else {
      Issue.record("\(native.statistics.native)")
      return
    }
    #expect(native.states == machine.states && native.transitions == machine.transitions)
    #expect(native.depth == machine.depth)
    #expect(native.coverage.actions == machine.coverage.actions)
    #expect(native.coverage.antecedents == machine.coverage.antecedents)
    for target in [SearchTarget.property(0), .property(2), .builtIn(.deadlock)] {
      let expected = try #require(machine[target].finding?.trace)
      let actual = try #require(native[target].finding?.trace)
      #expect(actual.steps.map(\.state) == expected.steps.map(\.state))
      #expect(actual.steps.map(\.action) == expected.steps.map(\.action))
    }
    #expect(native.internalFaults.isEmpty && machine.internalFaults.isEmpty)
  }

  private func result(
    _ system: TransitionSystem, _ strategy: SearchStrategy, _ engine: EngineChoice
  ) -> SearchResult {
    var options = SearchOptions()
    options.strategy = strategy
    options.engine = engine
    options.depthMax = strategy == .randomWalk(count: 300) ? 40 : nil
    return run(system, options)
  }
}
