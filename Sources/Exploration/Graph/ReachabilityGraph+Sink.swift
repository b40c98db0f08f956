import Columns
import TransitionSystem

extension ReachabilityGraph {
  /// With what a reduction left out of its states, each transition in its place: they lead to one
  /// more state, a sink that none leaves, so that no execution goes there, but what is enabled is.
  ///
  /// The reduction keeps an action with all its transitions or with none. Nil where states do not
  /// have the transitions that were noted, or memory is refused. Price: each state is expanded once
  /// more; 6 bytes a transition and 4 a state, as long as the graph lives.
  func withSink(_ compiled: CompiledSystem, _ budget: MemoryBudget) -> ReachabilityGraph? {
    guard var ends = PageColumn<UInt32>(budget), var all = PageColumn<Int32>(budget),
      var kinds = PageColumn<UInt16>(budget), ends.makeRoom(expandedCount + 1)
    else { return nil }
    ends.append(0)
    var machine = Machine(compiled)
    var buffer = SuccessorBuffer(wordCount: wordCount, capacity: 1024)
    for state in 0..<expandedCount {
      buffer.removeAll()
      let hash = StateHash.hash(words(of: state), wordCount)
      let expansion = machine.expand(words(of: state), hash: hash, into: &buffer)
      guard expansion.interruption == nil, all.makeRoom(buffer.count),
        kinds.makeRoom(buffer.count), all.count + buffer.count < Int(UInt32.max)
      else { return nil }
      let kept = edges(of: state)
      var next = kept.lowerBound
      for index in 0..<buffer.count {
        let action = UInt16(truncatingIfNeeded: buffer.actions[index])
        let isKept = next < kept.upperBound && actions[next] == action
        all.append(isKept ? targets[next] : Int32(truncatingIfNeeded: stateCount))
        kinds.append(action)
        if isKept { next += 1 }
      }
      if next != kept.upperBound { return nil }
      ends.append(UInt32(truncatingIfNeeded: all.count))
    }
    var starts = levelStarts
    starts[starts.count - 1] += 1
    return ReachabilityGraph(
      stopReason: stopReason, wordCount: wordCount, levelStarts: starts,
      edgeRanges: RangeColumn(bounds: ends.column()), targets: all.column(),
      actions: kinds.column(), isQuiescent: isQuiescent, atoms: NotedAtoms(), keeper: keeper,
      numbering: numbering, hasSink: true)
  }
}
