import Lowering
import Testing
import TransitionSystem

/// Channels whose representation begins smaller than what they may hold.
@Suite struct GrowthTests {
  /// Sent and in flight, at most six of them at a time: 1 + 2 + … + 7 + 7 + 7 states.
  @Test func aBoundedChannelGrowsUpToItsCapacity() throws {
    let spec = try SpecText(
      """
      workflow W
      network fifo capacity 6
      message M()
      agent A {
        var sent: 0..8 = 0
        step go when sent < 8 { sent += 1
          send M() to B }
      }
      agent B { on M() { } }
      """
    ).typed().get()
    let channels = try #require(lower(spec).system).channels
    #expect(channels.map(\.room) == [4])
    #expect(channels.map(\.grows) == [true])
    #expect(channels.map(\.capacity) == [6])
    let grown = try #require(lower(spec, rooms: [0: 8]).system).channels
    #expect(grown.map(\.room) == [6])
    #expect(grown.map(\.grows) == [false])
    for firstRoom in [nil, 1, 2, 6] {
      let found = ProductAdapter(spec: spec, firstRoom: firstRoom).check()
      #expect(found.ending == .exhausted)
      #expect(found.states == 42)
    }
  }

  /// With room for one message to begin with, everything is as with more.
  @Test func growthChangesNothing() {
    var compared = 0
    for seed: UInt64 in 1...2_000 {
      let text = RandomSpec.text(seed: seed)
      guard text.contains(" capacity 2"), case .success(let spec) = SpecText(text).typed() else {
        continue
      }
      var adapter = ProductAdapter(spec: spec, statesMax: 5_000)
      let expected = adapter.check()
      if expected.ending != .exhausted { continue }
      adapter.firstRoom = 1
      let found = adapter.check()
      #expect(found.ending == .exhausted, "seed \(seed)")
      #expect(found.states == expected.states, "seed \(seed)")
      #expect(found.transitions == expected.transitions, "seed \(seed)")
      #expect(found.depth == expected.depth, "seed \(seed)")
      #expect(found.violations == expected.violations, "seed \(seed)")
      compared += 1
    }
    #expect(compared >= 50, "too few random specs have a capacity of 2: \(compared)")
  }
}
