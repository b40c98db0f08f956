import Reduction
import Testing
import TransitionSystem

@testable import Exploration

/// A used-up budget is a reason to stop, with what is known so far; never a crash, never a pass.
@Suite struct BudgetTests {
  private let system = counters(4, upper: 40)

  @Test(arguments: [SearchStrategy.breadthFirst, .depthFirst])
  func states(strategy: SearchStrategy) {
    var options = SearchOptions()
    options.strategy = strategy
    options.statesMax = 5000
    let result = run(system, options)
    #expect(result.stopReason == .stateLimit)
    #expect(!result.complete)
    #expect((5000..<12_000).contains(result.states))
  }

  @Test(arguments: [SearchStrategy.breadthFirst, .depthFirst], [1, 2])
  func memory(strategy: SearchStrategy, workers: Int) {
    var options = SearchOptions()
    options.strategy = strategy
    options.workers = workers
    options.memoryMax = 10 << 20
    let result = run(system, options)
    #expect(result.stopReason == .memory)
    #expect(result.states > 10_000)
    #expect(result.statistics.memoryPeak <= 10 << 20)
  }

  @Test func hardlyAnyMemory() {
    var options = SearchOptions()
    options.memoryMax = 1000
    #expect(run(system, options).stopReason == .memory)
    options.memoryMax = 100_000
    #expect(run(system, options).stopReason == .memory)
  }

  /// A search with stubborn sets needs as much more as their tables take.
  @Test(arguments: [SearchStrategy.breadthFirst, .depthFirst])
  func memoryOfStubbornSets(strategy: SearchStrategy) {
    let system = filterLock(3)
    func needed(partialOrder: Bool) -> Int {
      var options = SearchOptions()
      options.strategy = strategy
      options.keepsWholeStates = true
      options.partialOrder = partialOrder
      options.tracesFindings = false
      var (refused, enough) = (0, 64 << 20)
      while enough - refused > 1 << 10 {
        options.memoryMax = (refused + enough) / 2
        let result = run(system, options)
        #expect(result.complete || result.stopReason == .memory)
        if result.complete { enough = options.memoryMax } else { refused = options.memoryMax }
      }
      return enough
    }
    let tables = SearchOptions().stubbornSets(system).byteCount
    #expect(tables > 50_000)
    #expect(needed(partialOrder: true) - needed(partialOrder: false) >= tables)
  }

  /// A search that just fits needs no more memory for the longest trace there is.
  @Test(arguments: [StoreChoice.exact, .compact, .fingerprint], [0, 4])
  func memoryOfTraces(store: StoreChoice, ballast: Int) throws {
    let (upper, states) = (47, 48 * 48 * 48)
    let system = counters(3, upper: upper) { builder, first in
      if ballast > 0 { _ = builder.slots("ballast", count: ballast, upper: .max) }
      let last = first == upper && SlotID(1) == upper && SlotID(2) == upper
      builder.property("neverAll", .invariant, .unary(.not, last))
      builder.waits(where: constant(1))
    }
    func search(_ bytes: Int, traces: Bool) -> SearchResult {
      var options = SearchOptions()
      options.store = store
      options.memoryMax = bytes
      options.tracesFindings = traces
      return run(system, options)
    }
    var (refused, enough) = (0, 64 << 20)
    while enough - refused > 1 << 12 {
      let bytes = (refused + enough) / 2
      if search(bytes, traces: false).stopReason == .exhausted {
        enough = bytes
      } else {
        refused = bytes
      }
    }
    let result = search(enough, traces: true)
    #expect(result.states == states)
    let trace = try #require(result.properties[0].finding?.trace)
    #expect(trace.steps.count == 3 * upper)
    #expect(result.statistics.memoryPeak <= enough)
  }

  @Test(arguments: [SearchStrategy.breadthFirst, .depthFirst, .randomWalk(count: 1_000_000)])
  func time(strategy: SearchStrategy) {
    var options = SearchOptions()
    options.strategy = strategy
    options.workers = 2
    let begin = monotonicNanoseconds()
    options.deadline = begin + 50_000_000
    let result = run(counters(6, upper: 60), options)
    #expect(result.stopReason == .time)
    // Without an end it would take years; the processors may be busy with other tests.
    #expect(monotonicNanoseconds() - begin < 10_000_000_000)
  }

  @Test func cancellation() {
    let flag = CancellationFlag()
    flag.cancel()
    for strategy in [SearchStrategy.breadthFirst, .depthFirst, .randomWalk(count: 100)] {
      var options = SearchOptions()
      options.strategy = strategy
      let result = explore(
        system, options: options, progress: SearchProgress(), cancellation: flag)
      #expect(result.stopReason == .cancelled)
    }
  }

  /// A channel without room: all that overflow in the level are named, and the way there is shown.
  @Test(arguments: [1, 2])
  func growth(workers: Int) throws {
    var options = SearchOptions()
    options.workers = workers
    options.tracesGrowth = true
    let result = run(sender(), options)
    #expect(result.stopReason == .growthNeeded([ChannelID(0)]))
    let trace = try #require(result.growth?.trace)
    #expect(trace.steps.count == 3)
    #expect(trace.steps.last?.state == nil)
    #expect(result.internalFaults.isEmpty)
  }

  /// Sends for ever into a queue with room for two.
  private func sender() -> TransitionSystem {
    var builder = SystemBuilder("sender")
    builder.queue("a to b", room: 2)
    builder.action("send", when: [], [.send(ChannelID(0), [constant(1)])])
    return builder.system
  }
}
