import Testing
import TransitionSystem

@testable import Exploration

/// What traces cost in memory: no state has a link to its parent, so at most what is kept of the
/// levels where a trace is likely, and the trace itself.
@Suite struct TraceMemoryTests {
  /// The deepest state of 104 976 violates an invariant; traces may take 5 bytes a state.
  @Test(arguments: [StoreChoice.exact, .compact, .fingerprint, .fingerprint128], [1, 2])
  func tracesTakeLittle(store: StoreChoice, workers: Int) throws {
    let system = Self.system(upper: 17)
    let without = Self.search(system, store, workers, traces: false)
    let with = Self.search(system, store, workers, traces: true)
    #expect(without.states == 104_976 && with.states == without.states)
    #expect(try #require(with[.property(0)].finding).trace?.steps.count == 68)
    #expect(try #require(without[.property(0)].finding).trace == nil)
    // Whether the second worker has memory of its own when the table grows last goes by the
    // processor: the peaks of one search differ by a table then. So some searches may have had that
    // luck only with traces or only without; but not both in all of them.
    let (costly, cheap) = (
      Self.peaks(system, store, workers, traces: true),
      Self.peaks(system, store, workers, traces: false)
    )
    let more = min(costly.lowerBound - cheap.lowerBound, costly.upperBound - cheap.upperBound)
    #expect(more <= 5 * with.states, "\(more)")
  }

  /// From the least to the greatest of some searches.
  private static func peaks(
    _ system: TransitionSystem, _ store: StoreChoice, _ workers: Int, traces: Bool
  ) -> ClosedRange<Int> {
    let peaks = (0..<(workers > 1 ? 8 : 1)).map { _ in
      search(system, store, workers, traces: traces).statistics.memoryPeak
    }
    return (peaks.min() ?? 0)...(peaks.max() ?? 0)
  }

  /// Four counters up to a value.
  private static func system(upper: Int) -> TransitionSystem {
    var builder = SystemBuilder("counters")
    let slots = (0..<4).map { builder.slot("counter \($0)", upper: upper) }
    for slot in slots {
      builder.action(
        "count", when: [.slot(slot) < constant(upper)], [.store(slot, .slot(slot) + 1)])
    }
    var isLast = slots[0] == upper
    for slot in slots.dropFirst() { isLast = isLast && slot == upper }
    builder.property("last", .invariant, .unary(.not, isLast))
    builder.waits(where: constant(0))
    return builder.system
  }

  private static func search(
    _ system: TransitionSystem, _ store: StoreChoice, _ workers: Int, traces: Bool
  ) -> SearchResult {
    var options = SearchOptions()
    options.store = store
    options.workers = workers
    options.tracesFindings = traces
    return run(system, options)
  }
}
