import TransitionSystem

/// The reachable states and their transitions, kept explicitly for analyses that go backwards.
///
/// States are numbered breadth first, the initial ones first, so that a lesser number never lies
/// deeper. Price: the unpacked words of a state, 16 bytes for its place and first edge, 8 bytes for
/// a transition. Deterministic.
public struct ReachabilityGraph: Sendable {
  public enum End: Sendable {
    case complete, statesMax, depthMax, memory, time, cancelled
    /// These channels were too small: lower the spec again with more room.
    case growth([ChannelID])
    case fault(String)
  }

  public internal(set) var end = End.complete
  public let wordCount: Int
  public internal(set) var stateCount = 0
  public internal(set) var initialCount = 0
  /// Transitions of state s: `firstEdge[s]..<firstEdge[s + 1]`; only of states that were expanded.
  public internal(set) var firstEdge = [0]
  public internal(set) var targets: [Int32] = []
  /// By transition: index of the action.
  public internal(set) var actions: [Int32] = []
  /// By expanded state: nothing but faults is enabled.
  public internal(set) var isQuiescent: [Bool] = []
  var words: [UInt64] = []

  init(wordCount: Int) { self.wordCount = wordCount }

  /// States below this number have all their transitions.
  public var expandedCount: Int { firstEdge.count - 1 }

  public var isComplete: Bool { expandedCount == stateCount }

  /// Bytes of the arrays.
  var byteCount: Int {
    8 * (words.capacity + firstEdge.capacity) + 4 * (targets.capacity + actions.capacity)
      + isQuiescent.capacity
  }

  public func edges(of state: Int) -> Range<Int> {
    state < expandedCount ? firstEdge[state]..<firstEdge[state + 1] : 0..<0
  }

  public func state(_ number: Int) -> [UInt64] {
    Array(words[number * wordCount..<(number + 1) * wordCount])
  }
}

/// What a transition of a graph received, chose and sent, found by executing it once more.
public struct TransitionRecorder: ~Copyable {
  private var machine: Machine

  public init(_ system: TransitionSystem) { machine = Machine(CompiledSystem(system)) }

  /// The transition at a place among those of its source; nil where there is none.
  public mutating func step(from source: [UInt64], place: Int) -> TraceStep? {
    machine.record(from: source, .successor(place))
  }
}
