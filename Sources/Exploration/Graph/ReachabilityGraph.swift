import Columns
import TransitionSystem

/// The reachable states and their transitions, kept explicitly for analyses that go backwards.
///
/// States are numbered level by level, so that a lesser number never lies deeper. The initial ones
/// and the transitions of each state are in the order in which they are generated; the numbers
/// inside a level differ from run to run where several workers searched. What is shown must not
/// depend on them: `DiscoveryWalk` has an order that does not.
/// Price: what the search kept of its states, 6 bytes a transition, 6 to 17 a state.
public struct ReachabilityGraph: Sendable {
  /// Why there are states without their transitions: nil where there are none.
  public internal(set) var stopReason: StopReason?
  public let wordCount: Int
  /// The first state of each level, and the number of states.
  public let levelStarts: [Int]
  /// Transitions of state s: `firstEdge[s]..<firstEdge[s + 1]`; only of states that were expanded.
  public let firstEdge: Column<UInt32>
  public let targets: Column<Int32>
  /// By transition: index of the action.
  public let actions: Column<UInt16>
  /// By expanded state: nothing but faults is enabled.
  public let isQuiescent: Column<Bool>
  /// What the search evaluated on its way.
  public let atoms: NotedAtoms
  let keeper: any StateKeeper
  /// By state: where it is kept (see `GraphLog`); empty where that is its number.
  let places: Column<Int32>
  /// The last state is none of the system, but where a reduction has those transitions lead that it
  /// leaves out: it has none itself.
  var hasSink = false

  public var stateCount: Int { levelStarts[levelStarts.count - 1] }
  public var initialCount: Int { levelStarts[1] }
  /// States below this number have all their transitions.
  public var expandedCount: Int { firstEdge.count - 1 }

  public var isComplete: Bool { expandedCount + (hasSink ? 1 : 0) == stateCount }

  @inline(__always)
  func isSink(_ state: Int) -> Bool { hasSink && state == stateCount - 1 }

  @inline(__always)
  public func edges(of state: Int) -> Range<Int> {
    if state >= expandedCount { return 0..<0 }
    // Safety: the column ascends.
    return Range(uncheckedBounds: (Int(firstEdge[state]), Int(firstEdge[state + 1])))
  }

  /// The place of a transition among those of its source.
  public func place(of edge: Int, from state: Int) -> Int { edge - Int(firstEdge[state]) }

  /// Of the sink, those of the first state.
  func words(of state: Int) -> UnsafePointer<UInt64> {
    let number = isSink(state) ? 0 : state
    return keeper.words(places.isEmpty ? number : Int(places[number]))
  }

  public func state(_ number: Int) -> [UInt64] {
    Array(UnsafeBufferPointer(start: words(of: number), count: wordCount))
  }
}

/// The atoms of `TransitionSystem.temporalProperties`, one property after the other, by state.
public struct NotedAtoms: Sendable {
  /// One of the two has an entry for each state, if anything was noted.
  public var bytes: Column<UInt8> = []
  public var words: Column<UInt64> = []
  /// Those that could not be evaluated in some state.
  public var failed: UInt64 = 0
}

/// What keeps the states of a search.
protocol StateKeeper: AnyObject, Sendable {
  /// The words of a state by its number (see `GraphLog`).
  func words(_ number: Int) -> UnsafePointer<UInt64>
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
