import Reduction

/// How stubborn sets are looked for in one level.
///
/// Where they leave next to nothing out, they are looked for at one state in 64 only, until these
/// say otherwise. Which states these are depends on the states alone, and the pace on the levels
/// before, so that the result is the same for any number of workers.
struct ReductionPace {
  var choice: StubbornChoice
  var isSlow = false

  /// Looked at are states whose hash ends in as many zeros.
  private static let slowMask: UInt64 = 63

  /// Whether a set is looked for at a state.
  @inline(__always)
  func includes(_ state: UnsafePointer<UInt64>, _ wordCount: Int) -> Bool {
    !isSlow || StateHash.hash(state, wordCount) & ReductionPace.slowMask == 0
  }

  /// Whether so many states decide about the pace, where `wanted` do at full pace.
  func isDecided(by tried: Int, wanted: Int) -> Bool {
    tried >= (isSlow ? max(wanted / 64, 1) : wanted)
  }

  /// Whether sets at so many of the states are not worth looking for them.
  static func isInVain(_ found: Int, of tried: Int) -> Bool { found * 50 < tried }
}

/// What a search does with stubborn sets in a level, for a worker that asks at each state.
struct ReductionMode {
  let pace: ReductionPace
  let isSampling: Bool
  let isComparing: Bool

  init<Store: VisitedSet & ~Copyable>(_ search: BreadthFirst<Store>) {
    pace = search.pace
    isSampling = search.isSampling
    isComparing = search.isComparing
  }
}
