import Columns
import Exploration
import Lowering
import Testing
import TransitionSystem

/// The graph that a search notes is the one that a walk state by state finds, whoever searches; of
/// several workers, up to the numbers of the states of a level.
@Suite struct NotedGraphTests {
  /// States one after the other, found again by their words.
  private struct Walk {
    var states: [[UInt64]] = []
    var edges: [[(target: Int, action: Int)]] = []
    var isQuiescent: [Bool] = []
    var initialCount = 0
    private(set) var numbers: [[UInt64]: Int] = [:]
    /// The first state of each level, and the end of the last one.
    private(set) var levelStarts = [0]

    /// Nil where there are too many states, or a channel is too small.
    init?(_ system: TransitionSystem, statesMax: Int, depthMax: Int) {
      var stepper = Stepper(system)
      for state in stepper.initialSteps().steps.compactMap(\.state) { _ = number(state) }
      initialCount = states.count
      levelStarts.append(states.count)
      while edges.count < states.count {
        if edges.count == levelStarts[levelStarts.count - 1] { levelStarts.append(states.count) }
        if levelStarts.count - 2 >= depthMax { return }
        let found = stepper.steps(from: states[edges.count])
        if found.fullChannel != nil || states.count > statesMax { return nil }
        isQuiescent.append(found.isQuiescent)
        edges.append(
          found.steps.compactMap { step in
            step.state.map { (number($0), step.action.index) }
          })
      }
    }

    private mutating func number(_ state: [UInt64]) -> Int {
      if let known = numbers[state] { return known }
      numbers[state] = states.count
      states.append(state)
      return states.count - 1
    }
  }

  @Test func isTheGraphThatAWalkFinds() {
    var (compared, renumbered) = (0, 0)
    for seed in 0..<600 as Range<UInt64> {
      let depthMax = seed % 3 == 0 ? 4 : Int.max
      guard
        case .success(let spec) = SpecText(
          RandomSpec.text(seed: seed, formulas: 3, hasCoins: seed % 2 == 0)
        )
        .typed(),
        let system = lower(spec, rooms: [:]).system, WaysBound.most(system) < 10_000,
        let walk = Walk(system, statesMax: 1_500, depthMax: depthMax)
      else { continue }
      for workers in 1...4 {
        let noted = noted(system, depthMax, workers)
        #expect(
          noted.map { same($0, walk) && hasItsAtoms($0, system) } == true,
          "seed \(seed), \(workers) workers")
        if let noted, !isNumberedAsWalked(noted, walk) {
          renumbered += 1
          #expect(workers > 1, "seed \(seed): one worker numbers states as it meets them")
        }
      }
      compared += 1
    }
    #expect(compared > 200)
    // Else nothing would have been compared but copies of one worker's numbers.
    #expect(renumbered > 20, "\(renumbered) graphs with other numbers")
  }

  private func noted(
    _ system: TransitionSystem, _ depthMax: Int, _ workers: Int
  ) -> ReachabilityGraph? {
    var options = SearchOptions()
    options.workers = workers
    options.sharedLevelMin = 2
    options.depthMax = depthMax == .max ? nil : depthMax
    options.memoryMax = 256 << 20
    options.engine = .vm
    options.notesGraph = true
    options.properties = []
    options.builtIns = []
    return explore(
      system, options: options, progress: SearchProgress(), cancellation: CancellationFlag()
    ).graph
  }

  /// States are told by their words.
  private func same(_ graph: ReachabilityGraph, _ walk: Walk) -> Bool {
    guard
      graph.levelStarts.filter({ $0 < graph.stateCount })
        == walk.levelStarts.filter({ $0 < walk.states.count }),
      graph.stateCount == walk.states.count, graph.initialCount == walk.initialCount,
      graph.expandedCount == walk.edges.count
    else { return false }
    let numbers = (0..<graph.stateCount).map { walk.numbers[graph.state($0)] ?? -1 }
    let order = graph.discoveryOrder().map { numbers[$0] }
    return order == Array(walk.states.indices)
      && numbers.prefix(graph.initialCount).elementsEqual(0..<graph.initialCount)
      && (0..<graph.expandedCount).allSatisfy { state in
        let number = numbers[state]
        let edges = graph.edges(of: state)
        return number < walk.edges.count && graph.isQuiescent[state] == walk.isQuiescent[number]
          && edges.map { numbers[Int(graph.targets[$0])] } == walk.edges[number].map(\.target)
          && edges.map { Int(graph.actions[$0]) } == walk.edges[number].map(\.action)
      }
  }

  private func isNumberedAsWalked(_ graph: ReachabilityGraph, _ walk: Walk) -> Bool {
    walk.states.indices.allSatisfy { graph.state($0) == walk.states[$0] }
  }

  /// What the search evaluated on its way is what is true in each state.
  private func hasItsAtoms(_ graph: ReachabilityGraph, _ system: TransitionSystem) -> Bool {
    let atoms = system.atoms
    if atoms.isEmpty || atoms.count > 62 || graph.atoms.failed != 0 { return true }
    var evaluator = AtomEvaluator(system, atoms)
    var isSame = true
    let hasValues = evaluator.evaluate(0..<graph.stateCount, of: graph) { state, bits in
      let noted =
        atoms.count <= 8 ? UInt64(graph.atoms.bytes[state]) : graph.atoms.words[state]
      if noted != bits { isSame = false }
    }
    return hasValues && isSame
  }
}
