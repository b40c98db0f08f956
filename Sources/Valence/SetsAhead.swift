import Columns

/// For each state the union of the sets of all states that can be reached from it, itself included.
///
/// States are numbered breadth first, so that most transitions lead to greater numbers: a round
/// through the states from the last to the first settles most of them, with one read of each
/// transition in the order of memory. Behind a round only transitions to lesser numbers can be
/// unsettled. What a few rounds leave goes backwards from state to state.
///
/// Complexity: linear in the transitions, times the bits of a set where rounds are not enough.
/// Price: 4 bytes for states with transitions to lesser numbers; where rounds are not enough 4 for
/// each transition and 9 for each state.
struct SetsAhead<Word: FixedWidthInteger & UnsignedInteger> {
  private(set) var sets: [Word]

  /// Rounds from the last state to the first, before it goes backwards.
  private static var roundsMax: Int { 6 }

  init(_ sets: [Word], _ transitions: Transitions) {
    self.sets = sets
    let returning = firstRound(transitions)
    for _ in 1..<Self.roundsMax {
      if !returning.contains(where: { lacks(Int($0), transitions) }) { return }
      round(transitions)
    }
    spread(transitions)
  }

  /// The states with a transition to one before them, whose set may have grown since.
  private mutating func firstRound(_ transitions: Transitions) -> [Int32] {
    var returning: [Int32] = []
    sets.withUnsafeMutableBufferPointer { sets in
      for state in stride(from: transitions.edgeRanges.count - 1, through: 0, by: -1) {
        var set = sets[state]
        var returns = false
        for edge in transitions.edges(of: state) {
          let target = Int(transitions.targets[edge])
          set |= sets[target]
          if target < state { returns = true }
        }
        sets[state] = set
        if returns { returning.append(Int32(truncatingIfNeeded: state)) }
      }
    }
    return returning
  }

  private mutating func round(_ transitions: Transitions) {
    sets.withUnsafeMutableBufferPointer { sets in
      for state in stride(from: transitions.edgeRanges.count - 1, through: 0, by: -1) {
        var set = sets[state]
        for edge in transitions.edges(of: state) { set |= sets[Int(transitions.targets[edge])] }
        sets[state] = set
      }
    }
  }

  /// Whether a set ahead of a state is not in its own.
  private func lacks(_ state: Int, _ transitions: Transitions) -> Bool {
    let missing = ~sets[state]
    return transitions.edges(of: state).contains {
      sets[Int(transitions.targets[$0])] & missing != 0
    }
  }

  /// From each state whose set may have grown to those before it.
  private mutating func spread(_ transitions: Transitions) {
    let backward = BackwardEdges(transitions)
    var work = sets.indices.filter { sets[$0] != 0 }.map { Int32($0) }
    var isOpen = sets.map { $0 != 0 }
    while let state = work.popLast() {
      isOpen[Int(state)] = false
      let set = sets[Int(state)]
      for place in backward.first[Int(state)]..<backward.first[Int(state) + 1] {
        let source = Int(backward.sources[place])
        if set & ~sets[source] == 0 { continue }
        sets[source] |= set
        if isOpen[source] { continue }
        isOpen[source] = true
        work.append(Int32(source))
      }
    }
  }
}

/// The transitions of a graph by the states that they lead to.
private struct BackwardEdges {
  /// Of state s: `sources[first[s]..<first[s + 1]]`.
  let first: [Int]
  let sources: [Int32]

  init(_ transitions: Transitions) {
    let count = transitions.stateCount
    var first = [Int](repeating: 0, count: count + 1)
    for state in 0..<count {
      for edge in transitions.edges(of: state) { first[Int(transitions.targets[edge]) + 1] += 1 }
    }
    for state in 0..<count { first[state + 1] += first[state] }
    var next = first
    var sources = [Int32](repeating: 0, count: first[count])
    for state in 0..<count {
      for edge in transitions.edges(of: state) {
        let target = Int(transitions.targets[edge])
        sources[next[target]] = Int32(state)
        next[target] += 1
      }
    }
    self.first = first
    self.sources = sources
  }
}
