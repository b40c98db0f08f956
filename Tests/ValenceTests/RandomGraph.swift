@testable import Valence

/// A graph of at most seven states with events, drawn from a seed.
struct RandomGraph {
  let graph: DecisionGraph
  let events: [Int32]
  let fairness: [EventFairness]

  init(seed: UInt64) {
    var random = Draws(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    let count = 2 + random.below(6)
    var firstEdge = [0]
    var targets: [Int32] = []
    var events: [Int32] = []
    for _ in 0..<count {
      for _ in 0..<random.below(4) {
        targets.append(Int32(random.below(count)))
        events.append(Int32(random.below(4)) - 1)
      }
      firstEdge.append(targets.count)
    }
    let decided = (0..<count).map { _ in UInt64([0, 0, 0, 1, 2].randomElement(using: &random) ?? 0)
    }
    graph = DecisionGraph(firstEdge: firstEdge, targets: targets, decided: decided)
    self.events = events
    fairness = (0..<3).map { _ in [.none, .weak, .strong][random.below(3)] }
  }

  /// Which state reaches which: as many rounds as there are states, by definition enough.
  func reach() -> [[Bool]] {
    var reach = (0..<graph.stateCount).map { a in (0..<graph.stateCount).map { $0 == a } }
    for _ in 0..<graph.stateCount {
      for state in 0..<graph.stateCount {
        for edge in graph.edges(of: state) {
          for goal in 0..<graph.stateCount where reach[Int(graph.targets[edge])][goal] {
            reach[state][goal] = true
          }
        }
      }
    }
    return reach
  }

  /// Whether a run can visit just these states for ever, undecided, and be fair.
  func isFair(set: Int, _ valence: Valence) -> Bool {
    let states = (0..<graph.stateCount).filter { set >> $0 & 1 == 1 }
    for state in states where !valence.isBivalent(state) || graph.decided[state] != 0 {
      return false
    }
    let inner = states.flatMap { state in
      graph.edges(of: state).filter { set >> Int(graph.targets[$0]) & 1 == 1 }
    }
    if inner.isEmpty { return false }
    for start in states where !covers(set, from: start) { return false }
    return fairness.indices.allSatisfy { event in
      if inner.contains(where: { Int(events[$0]) == event }) { return true }
      let pending = states.filter { state in
        graph.edges(of: state).contains { Int(events[$0]) == event }
      }
      switch fairness[event] {
      case .none: return true
      case .weak: return pending.count < states.count
      case .strong: return pending.isEmpty
      }
    }
  }

  private func covers(_ set: Int, from start: Int) -> Bool {
    var seen = 1 << start
    for _ in 0..<graph.stateCount {
      for state in 0..<graph.stateCount where seen >> state & 1 == 1 {
        for edge in graph.edges(of: state) { seen |= 1 << Int(graph.targets[edge]) & set }
      }
    }
    return seen == set
  }
}

/// SplitMix64.
struct Draws: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
