import Testing
import TransitionSystem

@testable import Exploration

/// Machine against reference on random programs. A failing seed is in the comment; to look closer,
/// call `RandomSystem.system(seed:)` with it.
@Suite struct RandomSystemTests {
  @Test(arguments: 0..<10) func agrees(part: Int) {
    var instances = 0
    var grown = 0
    for seed in UInt64(part) * 60..<UInt64(part + 1) * 60 {
      var comparison = Comparison(RandomSystem.system(seed: seed))
      let states = RandomSystem.states(seed: seed, count: 12)
      comparison.explore(limit: 40, from: states, "seed \(seed)")
      instances += comparison.instanceCount
      grown += comparison.hasGrown ? 1 : 0
    }
    // The generator must not degenerate.
    #expect(instances > 1000 && grown > 0)
  }
}
