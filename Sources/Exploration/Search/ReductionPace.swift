import Reduction

/// How stubborn sets are looked for in one level.
///
/// Where they leave next to nothing out, all transitions are kept, and sets are looked for at one
/// state in 64 only, to see whether that is still so. Which states these are depends on the states
/// alone, and the pace on the levels before, so that the result is the same for any number of
/// workers.
struct ReductionPace {
  var choice: StubbornChoice
  var isSlow = false
  /// Whether a safe action is executed before any other; not while methods are compared.
  var takesSafeActions = true
  /// Which of the prospects of the search it goes by.
  var prospects = 0
  /// How often it was found that it should be slow.
  private var slowings = 0

  /// Looked at are states whose hash ends in as many zeros.
  private static let slowMask: UInt64 = 63
  /// Longest wait before full pace is tried again, as a power of two.
  private static let slowingsMax = 6

  init(choice: StubbornChoice) { self.choice = choice }

  /// Whether a set is looked for at a state with this hash where all transitions are kept.
  @inline(__always)
  static func includes(_ hash: UInt64) -> Bool { hash & slowMask == 0 }

  /// Whether so many states decide about the pace, where `wanted` do at full pace. The more often
  /// full pace was in vain, the later it is tried again: what is looked at meanwhile knows nothing
  /// of provisos.
  func isDecided(by tried: Int, wanted: Int) -> Bool {
    let factor = 1 << min(max(slowings - 1, 0), ReductionPace.slowingsMax)
    return tried >= (isSlow ? max(wanted / 64, 1) * factor : wanted)
  }

  /// Decides by the sets found at so many states.
  mutating func decide(found: Int, of tried: Int) {
    let wasSlow = isSlow
    isSlow = ReductionPace.isInVain(found, of: tried)
    if isSlow && !wasSlow { slowings += 1 }
  }

  /// Whether sets at so many of the states are not worth looking for them.
  private static func isInVain(_ found: Int, of tried: Int) -> Bool { found * 50 < tried }
}
