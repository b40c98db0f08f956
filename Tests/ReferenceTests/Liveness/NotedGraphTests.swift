import Exploration
import Lowering
import Testing
import TransitionSystem

/// The graph that a search notes is the one that a walk on one thread builds, whoever searches.
@Suite struct NotedGraphTests {
  @Test func isTheGraphThatOneThreadBuilds() {
    var compared = 0
    for seed in 0..<600 as Range<UInt64> {
      guard case .success(let spec) = SpecText(RandomSpec.text(seed: seed)).typed(),
        let system = lower(spec, rooms: [:]).system, WaysBound.most(system) < 10_000
      else { continue }
      var limits = GraphLimits()
      limits.statesMax = 3_000
      if seed % 3 == 0 { limits.depthMax = 4 }
      let built = reachabilityGraph(system, limits: limits, cancellation: CancellationFlag())
      switch built.end {
      case .complete, .depthMax: break
      default: continue
      }
      for workers in 1...4 {
        let noted = noted(system, limits, workers)
        #expect(noted.map { same($0, built) } == true, "seed \(seed), \(workers) workers")
      }
      compared += 1
    }
    #expect(compared > 200)
  }

  private func noted(
    _ system: TransitionSystem, _ limits: GraphLimits, _ workers: Int
  ) -> ReachabilityGraph? {
    var options = SearchOptions()
    options.workers = workers
    options.depthMax = limits.depthMax == .max ? nil : limits.depthMax
    options.memoryMax = 256 << 20
    options.engine = .vm
    options.notesGraph = true
    options.properties = []
    options.builtIns = []
    return explore(
      system, options: options, progress: SearchProgress(), cancellation: CancellationFlag()
    ).graph
  }

  private func same(_ one: ReachabilityGraph, _ other: ReachabilityGraph) -> Bool {
    one.stateCount == other.stateCount && one.initialCount == other.initialCount
      && one.firstEdge == other.firstEdge && one.targets == other.targets
      && one.actions == other.actions && one.isQuiescent == other.isQuiescent
      && one.isComplete == other.isComplete
      && (0..<one.stateCount).allSatisfy { one.state($0) == other.state($0) }
  }
}
