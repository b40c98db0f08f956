import Foundation
import Reduction
import Testing
import TransitionSystem

@testable import Exploration

/// Reduced and full searches of random systems find the same; with a part of the definition left
/// out they do not. `REDUCTION_SEEDS=1000000` makes it long.
@Suite struct PartialOrderTests {
  private static let seeds =
    ProcessInfo.processInfo.environment["REDUCTION_SEEDS"].flatMap { UInt64($0) } ?? 5_000

  @Test func agreesOnRandomSystems() {
    var reduced = 0
    for seed in 0..<Self.seeds {
      let (difference, saved) = compare(seed)
      #expect(difference == nil, "seed \(seed): \(difference ?? "")")
      if difference != nil { break }
      reduced += saved
    }
    #expect(reduced > 0)
  }

  @Test(arguments: Condition.allCases)
  func noticesWhatIsLeftOut(_ condition: Condition) {
    let found = (0..<Self.seeds).contains { compare($0, omitting: [condition]).difference != nil }
    #expect(found, "no system needs it")
  }

  @Test func isTheSameForAnyNumberOfWorkers() {
    for seed in 0..<50 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let (one, three) = (
        reducedSearch(system, [], workers: 1), reducedSearch(system, [], workers: 3)
      )
      #expect(one.states == three.states && one.transitions == three.transitions)
    }
    let lock = filterLock(4)
    let (one, four) = (reducedSearch(lock, [], workers: 1), reducedSearch(lock, [], workers: 4))
    #expect(one.states == four.states && one.transitions == four.transitions)
    #expect(one.statistics.reducedStates > 0)
  }

  @Test func keepsOneWayThroughIndependentCounters() {
    let system = counters(5, upper: 4)
    let result = reducedSearch(system, [], workers: 2)
    #expect(result.states == 21 && result.complete)
  }

  @Test func leavesBoundedSearchesAlone() {
    var options = SearchOptions()
    options.partialOrder = true
    options.depthMax = 6
    let result = run(counters(3, upper: 4), options)
    #expect(!result.statistics.partialOrder)
    #expect(result.states == search(counters(3, upper: 4), depth: 6).states)
  }

  private func reducedSearch(
    _ system: TransitionSystem, _ omitted: Set<Condition>, workers: Int
  ) -> SearchResult {
    var options = SearchOptions()
    options.partialOrder = true
    options.workers = workers
    options.omittedConditions = omitted
    options.tracesFindings = omitted.isEmpty
    return run(system, options)
  }

  /// What differs, with all properties together and with each alone; and the states saved.
  private func compare(
    _ seed: UInt64, omitting omitted: Set<Condition> = []
  ) -> (difference: String?, saved: Int) {
    let system = RandomProcesses.system(seed: seed)
    var options = SearchOptions()
    options.tracesFindings = false
    let full = run(system, options)
    let together = reducedSearch(system, omitted, workers: 1)
    if let difference = difference(full, together, Set(system.properties.indices)) {
      return (difference, 0)
    }
    let alone = Int(seed % UInt64(system.properties.count))
    options.partialOrder = true
    options.omittedConditions = omitted
    options.properties = [alone]
    let single = run(system, options)
    if let difference = difference(full, single, [alone]) { return ("alone: \(difference)", 0) }
    return (nil, max(0, full.states - single.states))
  }

  private func difference(
    _ full: SearchResult, _ reduced: SearchResult, _ properties: Set<Int>
  ) -> String? {
    if let fault = reduced.internalFaults.first { return fault }
    if case .growthNeeded = full.stopReason {
      if case .growthNeeded = reduced.stopReason { return nil }
      return "an overflow is lost"
    }
    if full.stopReason != reduced.stopReason { return "the searches end differently" }
    for target in BuiltIn.allCases.map(SearchTarget.builtIn) + properties.map(SearchTarget.property)
    where (full[target].finding == nil) != (reduced[target].finding == nil) {
      return "\(target) is \(full[target].finding == nil ? "made up" : "lost")"
    }
    return reduced.states > full.states ? "more states than there are" : nil
  }
}
