import TransitionSystem

@testable import Exploration

func search(
  _ system: TransitionSystem, _ strategy: SearchStrategy = .breadthFirst, workers: Int = 1,
  depth: Int? = nil
) -> SearchResult {
  var options = SearchOptions()
  options.strategy = strategy
  options.workers = workers
  options.depthMax = depth
  return run(system, options)
}

func run(_ system: TransitionSystem, _ options: SearchOptions) -> SearchResult {
  explore(
    system, options: options, progress: SearchProgress(), cancellation: CancellationFlag())
}

/// The values of slot 0 along a trace.
func nodes(_ trace: Trace?, _ system: TransitionSystem) -> [Int]? {
  guard let trace else { return nil }
  let states = [trace.initial] + trace.steps.compactMap(\.state)
  return states.map { Int(system.layout.read(SlotID(0), from: $0)) }
}
