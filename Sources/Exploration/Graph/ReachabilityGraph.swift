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
  /// By state that was expanded: where its transitions are.
  public let edgeRanges: RangeColumn
  /// By transition; there may be places that are no transitions.
  public let targets: Column<Int32>
  /// By transition: index of the action.
  public let actions: Column<UInt16>
  /// By expanded state: nothing but faults is enabled.
  public let isQuiescent: Column<Bool>
  /// What the search evaluated on its way.
  public let atoms: NotedAtoms
  let keeper: any StateKeeper
  /// Where states are kept (see `GraphLog`); nil where that is their number.
  let numbering: StateNumbering?
  /// The last state is none of the system, but where a reduction has those transitions lead that it
  /// leaves out: it has none itself.
  var hasSink = false

  public var stateCount: Int { levelStarts[levelStarts.count - 1] }
  public var initialCount: Int { levelStarts[1] }
  /// States below this number have all their transitions.
  public var expandedCount: Int { edgeRanges.count }
  public var transitionCount: Int { edgeRanges.total }

  public var isComplete: Bool { expandedCount + (hasSink ? 1 : 0) == stateCount }

  @inline(__always)
  func isSink(_ state: Int) -> Bool { hasSink && state == stateCount - 1 }

  @inline(__always)
  public func edges(of state: Int) -> Range<Int> {
    state < expandedCount ? edgeRanges[state] : 0..<0
  }

  /// The place of a transition among those of its source.
  public func place(of edge: Int, from state: Int) -> Int {
    edge - edgeRanges[state].lowerBound
  }

  /// Of the sink, those of the first state.
  func words(of state: Int) -> UnsafePointer<UInt64> {
    let number = isSink(state) ? 0 : state
    return keeper.words(numbering?.known(number) ?? number)
  }

  /// Calls `body` with the words of each of some states.
  func forEachState(
    of states: Range<Int>, _ body: (_ state: Int, _ words: UnsafePointer<UInt64>) -> Void
  ) {
    let own = states.clamped(to: 0..<(hasSink ? stateCount - 1 : stateCount))
    if let numbering {
      numbering.forEachRun(of: own) { keeper.forEach(from: $1, $0, body) }
    } else {
      keeper.forEach(from: own.lowerBound, own, body)
    }
    if own.upperBound < states.upperBound { body(own.upperBound, words(of: own.upperBound)) }
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
  /// Calls `body` with the words of states that one worker stored one after the other, the first of
  /// which has such a number, and numbers for them.
  func forEach(
    from number: Int, _ states: Range<Int>,
    _ body: (_ state: Int, _ words: UnsafePointer<UInt64>) -> Void)
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
