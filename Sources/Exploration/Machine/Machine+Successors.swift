/// All successors of one state, for who looks at a state once.
struct Successors {
  /// In the order in which they are generated.
  var states: [[UInt64]] = []
  /// The action that led to each; -1 for initial states.
  var actions: [Int32] = []
  /// Nothing but faults is enabled.
  var isQuiescent = true
}

extension Machine {
  /// The successors of a state, or the initial states.
  mutating func successors(of state: [UInt64]?) -> Successors {
    var buffer = SuccessorBuffer(wordCount: compiled.wordCount)
    let expansion =
      state.map { state in
        state.withUnsafeBufferPointer { words in
          // Safety: a state without words is never read through this.
          let base = words.baseAddress ?? UnsafePointer(bitPattern: 8).unsafelyUnwrapped
          return expand(base, hash: StateHash.hash(base, words.count), into: &buffer)
        }
      } ?? initialStates(into: &buffer)
    return Successors(
      states: (0..<buffer.count).map {
        Array(UnsafeBufferPointer(start: buffer.state($0), count: buffer.wordCount))
      },
      actions: Array(UnsafeBufferPointer(start: buffer.actions, count: buffer.count)),
      isQuiescent: !expansion.enabled)
  }

  /// The value of a predicate on a state that is looked at once.
  mutating func evaluate(
    _ predicate: PredicateID, on state: [UInt64], isQuiescent: Bool
  ) -> Truth {
    state.withUnsafeBufferPointer { words in
      // Safety: a state without words is never read through this.
      let base = words.baseAddress ?? UnsafePointer(bitPattern: 8).unsafelyUnwrapped
      return evaluate(predicate, on: base, quiescent: isQuiescent)
    }
  }
}
