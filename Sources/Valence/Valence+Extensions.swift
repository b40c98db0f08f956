import Columns

/// Pairs of a bivalent state and an event that is pending there.
public struct PendingPairs: Sendable, Equatable {
  public var pairs = 0
  /// Those where some extension contains the event and ends in a bivalent state.
  public var kept = 0
  /// The least state with a pair that is not kept.
  public var firstLost: Int?
  public init() {}
}

extension Valence {
  /// Lemma 3: whether each event that is pending in a bivalent state can happen so that both
  /// decisions stay open.
  ///
  /// `events` gives the event of each transition out of a bivalent state, -1 for those that are
  /// nobody's. An extension that contains an event and ends bivalent can be cut off behind the
  /// first time the event happens: as more is possible before than after, that end is bivalent,
  /// too. So it is enough to know from where a transition of the event into a bivalent state can be
  /// reached. Events are looked at by 64, as sets.
  /// Complexity: a few reads of each transition for each 64 events.
  public func extensions(events: [Int32]) -> PendingPairs {
    var result = PendingPairs()
    let bivalent = (0..<graph.stateCount).filter { isBivalent($0) }
    let count = Int(events.max() ?? -1) + 1
    for first in stride(from: 0, to: count, by: 64) {
      var pending = [UInt64](repeating: 0, count: graph.stateCount)
      var keeping = pending
      var isSettled = true
      for state in bivalent {
        var (all, kept) = (0 as UInt64, 0 as UInt64)
        for edge in graph.edges(of: state) {
          let place = Int(events[edge]) - first
          if place < 0 || place >= 64 { continue }
          all |= 1 << UInt64(place)
          if isBivalent(Int(graph.targets[edge])) { kept |= 1 << UInt64(place) }
        }
        pending[state] = all
        keeping[state] = kept
        if all != kept { isSettled = false }
      }
      // Often each event keeps it bivalent at once, and nothing needs to be looked for ahead.
      if !isSettled { keeping = SetsAhead(keeping, graph).sets }
      for state in bivalent {
        result.pairs += pending[state].nonzeroBitCount
        result.kept += (pending[state] & keeping[state]).nonzeroBitCount
        if pending[state] & ~keeping[state] != 0 {
          result.firstLost = min(result.firstLost ?? state, state)
        }
      }
    }
    return result
  }
}
