import Columns

/// The bivalent states of a graph, numbered anew in their order, with all of their transitions.
///
/// As more is possible before than after, no way leads into it from elsewhere: a way from one
/// bivalent state to another lies in it, and one from an initial state to each of its states. All
/// that can be asked about bivalent states is asked here, and often they are few.
/// Price: 4 bytes for a state of the graph while it is made; 8 for each of its states, and 4 for
/// each of their transitions.
public struct BivalentPart: Sendable {
  /// By state of the part: the state of the graph, ascending.
  public let states: [Int32]
  /// Transitions to states that are not bivalent lead to one more state, `states.count`, without
  /// transitions.
  public let transitions: Transitions

  /// Requires: `states` ascend.
  init(of whole: Transitions, _ states: some Sequence<Int32>) {
    let states = Array(states)
    self.states = states
    let other = Int32(truncatingIfNeeded: states.count)
    var places = [Int32](repeating: other, count: whole.stateCount)
    for (place, state) in states.enumerated() {
      places[Int(state)] = Int32(truncatingIfNeeded: place)
    }
    // States without their transitions are the last ones.
    let expanded = states.prefix { Int($0) < whole.edgeRanges.count }
    var ends: [UInt32] = [0]
    ends.reserveCapacity(expanded.count + 1)
    var end: UInt32 = 0
    for state in expanded {
      end += UInt32(truncatingIfNeeded: whole.edges(of: Int(state)).count)
      ends.append(end)
    }
    let targets = Column<Int32>(count: Int(end)) { targets in
      var next = targets
      for state in expanded {
        for edge in whole.edges(of: Int(state)) {
          next.initialize(to: places[Int(whole.targets[edge])])
          next += 1
        }
      }
    }
    transitions = Transitions(
      edgeRanges: RangeColumn(bounds: ends), targets: targets, stateCount: states.count + 1)
  }

  /// The bivalent states after each of whose transitions only one value, or none, is possible: the
  /// next step decides, whoever takes it. As states of the graph.
  public var criticalStates: [Int] {
    states.indices.filter { state in
      let edges = transitions.edges(of: state)
      return !edges.isEmpty && edges.allSatisfy { transitions.targets[$0] == states.count }
    }.map { Int(states[$0]) }
  }
}
