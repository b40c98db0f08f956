import Columns

/// Pairs of a bivalent state and an event that is pending there.
public struct PendingPairs: Sendable, Equatable {
  public var pairs = 0
  /// Those where some extension contains the event and ends in a bivalent state.
  public var kept = 0
  /// The least state of the graph with a pair that is not kept.
  public var firstLost: Int?
  public init() {}
}

extension BivalentPart {
  /// Lemma 3: whether each event that is pending in a bivalent state can happen so that both
  /// decisions stay open.
  ///
  /// `events` gives the event of each transition of the part, -1 for those that are nobody's. An
  /// extension that contains an event and ends bivalent can be cut off behind the first time the
  /// event happens: as more is possible before than after, that end is bivalent, too. So it is
  /// enough to know from where a transition of the event into a bivalent state can be reached.
  /// Events are looked at by 64, as sets.
  /// Complexity: a few reads of each transition of the part for each 64 events.
  public func extensions(events: [Int32]) -> PendingPairs {
    var result = PendingPairs()
    let count = Int(events.max() ?? -1) + 1
    for first in stride(from: 0, to: count, by: 64) {
      let (pending, keeping) = sets(of: events, from: first)
      // Often each event keeps it bivalent at once, and nothing needs to be looked for ahead.
      let kept = pending == keeping ? keeping : SetsAhead(keeping, transitions).sets
      for state in states.indices {
        result.pairs += pending[state].nonzeroBitCount
        result.kept += (pending[state] & kept[state]).nonzeroBitCount
        if pending[state] & ~kept[state] != 0 {
          result.firstLost = min(result.firstLost ?? .max, Int(states[state]))
        }
      }
    }
    return result
  }

  /// By state: of 64 events those that are pending, and those with a transition that stays inside.
  private func sets(
    of events: [Int32], from first: Int
  ) -> (pending: [UInt64], keeping: [UInt64]) {
    var pending = [UInt64](repeating: 0, count: transitions.stateCount)
    var keeping = pending
    for state in states.indices {
      var (all, kept) = (0 as UInt64, 0 as UInt64)
      for edge in transitions.edges(of: state) {
        let place = Int(events[edge]) - first
        if place < 0 || place >= 64 { continue }
        all |= 1 << UInt64(place)
        if transitions.targets[edge] != states.count { kept |= 1 << UInt64(place) }
      }
      (pending[state], keeping[state]) = (all, kept)
    }
    return (pending, keeping)
  }
}
