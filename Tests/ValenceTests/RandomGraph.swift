import Columns

@testable import Valence

/// A small graph with events, drawn from a seed.
struct RandomGraph {
  let graph: DecisionGraph
  let events: [Int32]

  /// `sizeMax`: states at most. Events are about as many as states.
  /// `shift`: how far the values lie from the first.
  init(seed: UInt64, sizeMax: Int = 7, shift: Int = 0) {
    var random = Draws(state: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    let count = 2 + random.below(sizeMax - 1)
    var firstEdge: [UInt32] = [0]
    var targets: [Int32] = []
    var events: [Int32] = []
    for _ in 0..<count {
      for _ in 0..<random.below(4) {
        targets.append(Int32(random.below(count)))
        events.append(Int32(random.below(max(4, sizeMax))) - 1)
      }
      firstEdge.append(UInt32(targets.count))
    }
    let decided = (0..<count).map { _ in
      UInt64([0, 0, 0, 1, 2].randomElement(using: &random) ?? 0) << UInt64(shift)
    }
    graph = DecisionGraph(
      edgeRanges: RangeColumn(bounds: firstEdge), targets: Column(targets),
      decided: ValueSets(decided))
    self.events = events
  }

  /// By transition of a part.
  func events(of part: BivalentPart) -> [Int32] {
    part.states.flatMap { graph.edges(of: Int($0)).map { events[$0] } }
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

  /// The values possible in each state, by definition.
  func possible() -> [UInt64] {
    reach().map { row in
      row.indices.filter { row[$0] }.reduce(0) { $0 | graph.decided[$1] }
    }
  }

  /// Whether a path from a state contains an event and ends with it in a bivalent state: all paths
  /// of states, shorter ones first, up to as many steps as there are states.
  func keeps(_ event: Int32, from start: Int, bivalent: [Bool]) -> Bool {
    var ends: Set<Int> = [start]
    for _ in 0...graph.stateCount {
      var next = ends
      for state in ends {
        for edge in graph.edges(of: state) {
          if events[edge] == event {
            // The first time it happens is the last step of the extension.
            if bivalent[Int(graph.targets[edge])] { return true }
          } else {
            next.insert(Int(graph.targets[edge]))
          }
        }
      }
      ends = next
    }
    return false
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
