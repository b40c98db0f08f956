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

  /// How a search with stubborn sets may be done.
  struct Way: Sendable, CustomTestStringConvertible {
    var strategy = SearchStrategy.breadthFirst
    var stubborn = StubbornChoice.closure
    /// Whether states are found by their words, not by keys with stages.
    var keepsWholeStates = false
    var store = StoreChoice.exact
    var testDescription: String {
      "\(strategy == .breadthFirst ? "breadth" : "depth")-first, \(stubborn.rawValue), "
        + "\(store.rawValue), \(keepsWholeStates ? "whole states" : "keys")"
    }
    static let all = [StubbornChoice.local, .closure, .deletion].flatMap { stubborn in
      [
        Way(stubborn: stubborn), Way(stubborn: stubborn, keepsWholeStates: true),
        Way(stubborn: stubborn, store: .fingerprint),
        Way(strategy: .depthFirst, stubborn: stubborn, keepsWholeStates: true),
      ]
    }

    /// Whether such a search makes use of a part of the definition.
    func needs(_ condition: Condition) -> Bool {
      switch condition {
      case .localState: stubborn != .deletion
      case .settling, .levels: strategy == .breadthFirst
      case .safety: strategy == .breadthFirst && stubborn != .deletion
      case .accord, .enabling, .visibility, .proviso: true
      }
    }

    /// Each fourth seed changes its pace at every opportunity, and thinks soon about prospects.
    func apply(to options: inout SearchOptions, seed: UInt64) {
      options.strategy = strategy
      options.stubborn = stubborn
      options.keepsWholeStates = keepsWholeStates
      options.store = store
      options.partialOrder = true
      if seed & 3 == 0 { options.paceStatesMin = 1 }
      if seed & 1 == 0 { options.prospectsTriedMin = 2 }
    }
  }

  @Test(arguments: Way.all) func agreesOnRandomSystems(_ way: Way) {
    var reduced = 0
    for seed in 0..<Self.seeds {
      let (difference, saved) = compare(seed, way)
      #expect(difference == nil, "seed \(seed): \(difference ?? "")")
      if difference != nil { break }
      reduced += saved
    }
    #expect(reduced > 0)
  }

  @Test(arguments: Condition.allCases, Way.all)
  func noticesWhatIsLeftOut(_ condition: Condition, _ way: Way) {
    if !way.needs(condition) { return }
    let found = (0..<Self.seeds).contains {
      compare($0, way, omitting: [condition]).difference != nil
    }
    #expect(found, "no system needs it")
  }

  /// `--check-reduction` finds nothing wrong with sets that are right.
  @Test(arguments: Way.all) func verifiesEachSet(_ way: Way) {
    for seed in 0..<500 as Range<UInt64> {
      let faults = verified(seed, way).internalFaults
      #expect(faults == [], "seed \(seed)")
    }
  }

  /// It does find what is wrong with others, but for what it believes the search.
  @Test(arguments: Condition.allCases, Way.all)
  func verificationNoticesWhatIsLeftOut(_ condition: Condition, _ way: Way) {
    if !way.needs(condition) || [.settling, .levels].contains(condition) { return }
    let found = (0..<Self.seeds).contains {
      !verified($0, way, omitting: [condition]).internalFaults.isEmpty
    }
    #expect(found)
  }

  /// Levels that are searched again for a trace are those of before, also where methods were
  /// compared in the first ones.
  @Test(arguments: [1, 3]) func levelsComeBackAsTheyWere(_ workers: Int) {
    var (reduced, levels) = (0, 0)
    for seed in 0..<1_000 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      var options = SearchOptions()
      options.partialOrder = true
      options.workers = workers
      options.properties = [Int(seed) % system.properties.count]
      options.tracesFindings = false
      if seed & 1 == 0 { options.paceStatesMin = 1 }
      guard
        let search = BreadthFirst<ExactStore>(
          CompiledSystem(system), options, SearchProgress(), CancellationFlag())
      else { continue }
      let result = search.run()
      guard result.stopReason == .exhausted, result.internalFaults.isEmpty else { continue }
      let sizes = (0..<search.levels.count).map { search.levels.size($0) }
      search.firstLevelKept = sizes.count
      #expect(search.bringBack(sizes.count - 1, sizes: sizes), "seed \(seed)")
      #expect((0..<search.levels.count).map { search.levels.size($0) } == sizes, "seed \(seed)")
      reduced += result.statistics.reducedStates
      levels += sizes.count
    }
    #expect(reduced > 300 && levels > 1_000, "\(reduced) states in part, \(levels) levels")
  }

  private func verified(
    _ seed: UInt64, _ way: Way, omitting omitted: Set<Condition> = []
  ) -> SearchResult {
    var options = SearchOptions()
    way.apply(to: &options, seed: seed)
    options.checksStubbornSets = true
    options.omittedConditions = omitted
    options.tracesFindings = false
    options.properties = [Int(seed % 5)]
    return run(RandomProcesses.system(seed: seed), options)
  }

  /// A search in full and then with reductions finds what one in full finds; what the first part
  /// finds is as near, and the whole is the same for any number of workers.
  @Test func beginsInFull() {
    var again = 0
    for seed in 0..<1_000 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let full = search(system)
      var options = SearchOptions()
      options.partialOrder = true
      options.fullStatesMax = 8
      let one = run(system, options)
      options.workers = 3
      let three = run(system, options)
      #expect((one.states, one.transitions) == (three.states, three.transitions))
      #expect(difference(full, one, Set(system.properties.indices)) == nil, "seed \(seed)")
      guard let trial = one.statistics.trial else { continue }
      again += 1
      #expect(trial.states <= 8)
      #expect(trial.states == three.statistics.trial?.states)
      for index in system.properties.indices {
        guard let depth = full.properties[index].finding?.depth, depth <= (trial.depth ?? -1)
        else { continue }
        #expect(one.properties[index].finding?.depth == depth)
        #expect(one.properties[index].finding?.trace != nil)
      }
    }
    #expect(again > 100)
  }

  @Test func isTheSameForAnyNumberOfWorkers() {
    for seed in 0..<50 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let (one, three) = (reducedSearch(system, workers: 1), reducedSearch(system, workers: 3))
      #expect(one.states == three.states && one.transitions == three.transitions)
    }
    let lock = filterLock(4)
    let (one, four) = (reducedSearch(lock, workers: 1), reducedSearch(lock, workers: 4))
    #expect(one.states == four.states && one.transitions == four.transitions)
    #expect(one.statistics.reducedStates > 0)
  }

  /// What a store knows of a state by its stage is what the levels say.
  @Test(arguments: [StubbornChoice.local, .closure, .deletion])
  func isTheSameWithKeysAndWholeStates(_ stubborn: StubbornChoice) {
    var reduced = 0
    func compare(_ system: TransitionSystem, seed: UInt64) {
      let ways = [
        Way(stubborn: stubborn, keepsWholeStates: true), Way(stubborn: stubborn),
        Way(stubborn: stubborn, store: .fingerprint),
      ]
      let results = ways.map { reducedSearch(system, $0, seed: seed) }
      reduced += results[0].statistics.reducedStates
      for result in results.dropFirst() {
        #expect(results[0].states == result.states, "seed \(seed)")
        #expect(results[0].transitions == result.transitions, "seed \(seed)")
        for (one, other) in zip(results[0].properties, result.properties) {
          #expect(one.finding?.depth == other.finding?.depth, "seed \(seed)")
          #expect(one.finding?.state == other.finding?.state, "seed \(seed)")
        }
      }
    }
    for seed in 0..<500 as Range<UInt64> {
      compare(RandomProcesses.system(seed: seed), seed: seed)
    }
    for seed in [0, 1] as [UInt64] { compare(filterLock(3), seed: seed) }
    // Large enough for tables to grow.
    compare(filterLock(4), seed: 0)
    #expect(reduced > 500)
  }

  /// At a slow pace fewer states are reduced, and at any the same with any number of workers.
  @Test func changesItsPaceForAnyNumberOfWorkers() {
    let system = filterLock(4)
    func search(pace: Int, workers: Int) -> SearchResult {
      var options = SearchOptions()
      options.partialOrder = true
      options.paceStatesMin = pace
      options.workers = workers
      options.tracesFindings = false
      return run(system, options)
    }
    let reduced = [1, 8, 64].map { pace in
      let (one, three) = (search(pace: pace, workers: 1), search(pace: pace, workers: 3))
      #expect(one.states == three.states && one.transitions == three.transitions)
      return one.statistics.reducedStates
    }
    #expect(reduced.contains { $0 < search(pace: .max, workers: 1).statistics.reducedStates })
  }

  /// What is kept where keys with poor prospects are left out is the same for any number of
  /// workers; of filter lock next to no reduction is lost.
  @Test func leavesOutPoorKeysForAnyNumberOfWorkers() {
    func search(_ system: TransitionSystem, triedMin: Int, workers: Int = 1) -> SearchResult {
      var options = SearchOptions()
      options.partialOrder = true
      options.stubborn = .local
      options.paceStatesMin = 1
      options.prospectsTriedMin = triedMin
      options.workers = workers
      options.tracesFindings = false
      return run(system, options)
    }
    var lost = 0
    for seed in 0..<400 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let (one, three) = (
        search(system, triedMin: 1), search(system, triedMin: 1, workers: 3)
      )
      #expect(one.states == three.states && one.transitions == three.transitions, "seed \(seed)")
      lost += one.transitions > search(system, triedMin: .max).transitions ? 1 : 0
    }
    #expect(lost > 0, "nothing was left out")
    let (some, all) = (
      search(filterLock(4), triedMin: 16), search(filterLock(4), triedMin: .max)
    )
    #expect(20 * some.states < 21 * all.states, "\(some.states) of \(all.states)")
  }

  @Test func keepsOneWayThroughIndependentCounters() {
    let system = counters(5, upper: 4)
    let result = reducedSearch(system, workers: 2)
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
    _ system: TransitionSystem, _ way: Way = Way(), omitting omitted: Set<Condition> = [],
    workers: Int = 1, seed: UInt64 = 1
  ) -> SearchResult {
    var options = SearchOptions()
    way.apply(to: &options, seed: seed)
    options.workers = workers
    options.omittedConditions = omitted
    options.tracesFindings = omitted.isEmpty
    return run(system, options)
  }

  /// What differs, with all properties together and with each alone; and the states saved.
  private func compare(
    _ seed: UInt64, _ way: Way, omitting omitted: Set<Condition> = []
  ) -> (difference: String?, saved: Int) {
    let system = RandomProcesses.system(seed: seed)
    var options = SearchOptions()
    options.tracesFindings = false
    let full = run(system, options)
    let together = reducedSearch(system, way, omitting: omitted, seed: seed)
    if let difference = difference(full, together, Set(system.properties.indices)) {
      return (difference, 0)
    }
    let alone = Int(seed % UInt64(system.properties.count))
    way.apply(to: &options, seed: seed)
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
