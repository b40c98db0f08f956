import Testing
import TransitionSystem

@testable import Exploration

@Suite struct RandomWalkTests {
  private func walk(_ system: TransitionSystem, workers: Int, seed: UInt64) -> SearchResult {
    var options = SearchOptions()
    options.strategy = .randomWalk(count: 1000)
    options.depthMax = 60
    options.workers = workers
    options.seed = seed
    return run(system, options)
  }

  @Test func sameForAnyWorkersAndDifferentForSeeds() throws {
    let system = counters(4, upper: 9) { builder, first in
      let second = SlotID(first.index + 1)
      builder.property("never", .invariant, .unary(.not, first == 5 && second == 5))
      builder.waits(where: constant(1))
    }
    let one = walk(system, workers: 1, seed: 11)
    #expect(one.stopReason == .walksDone)
    #expect(!one.complete)
    #expect(one.statistics.walks == 1000)
    #expect(one.depth == 36)
    for workers in [2, 4] {
      let more = walk(system, workers: workers, seed: 11)
      #expect(more.transitions == one.transitions)
      #expect(more.statistics.steps == one.statistics.steps)
      for target in [SearchTarget.property(0), .builtIn(.deadlock)] {
        let expected = try #require(one[target].finding?.trace)
        let actual = try #require(more[target].finding?.trace)
        #expect(actual.steps.map(\.state) == expected.steps.map(\.state))
      }
    }
    let other = walk(system, workers: 1, seed: 12)
    let first = one.properties[0].finding?.trace?.steps.map(\.state)
    #expect(other.properties[0].finding?.trace?.steps.map(\.state) != first)
    #expect(one.internalFaults.isEmpty && other.internalFaults.isEmpty)
  }

  @Test func numbersAreSpreadEvenly() {
    var random = RandomSource(seed: 1, stream: 2)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.below(7)] += 1 }
    #expect(counts.allSatisfy { (9_500...10_500).contains($0) })
  }
}
