/// What a closure over the actions at hand is made of.
extension LocalClosure {
  /// Where the parts of `states` lie while no local state is added, so that they need not be looked
  /// up again behind each store.
  struct Bases {
    let spots: UnsafePointer<LocalStates.Spot>
    let choices: UnsafePointer<LocalStates.Choice>
    let needs: UnsafePointer<UInt64>
    let wordCount: Int
    let kindsShareBits: Bool

    init(_ states: borrowing LocalStates) {
      spots = states.spots.base
      choices = states.choices.base
      needs = states.needsOf.base
      wordCount = states.wordCount
      kindsShareBits = states.kindsShareBits
    }
  }

  /// An action with transitions: its bit, and its spot among all.
  struct Enabled: BitwiseCopyable {
    let bit: Int32
    let spot: Int32
  }

  /// A group in the state at hand.
  struct Here: BitwiseCopyable {
    let localState: Int32
    let firstBit: Int32
    /// With the bit of a spot: its place among all.
    let spotBase: Int32
    let firstWhole: Int32
  }

  /// An action of the system: its group, or -1, and its place there.
  struct Place: BitwiseCopyable {
    let group: Int32
    let place: Int32
  }

  /// Spots of the state at hand in one word of a row: all; those with transitions; those in the set
  /// that was closed last; those whose closure was too large; those in the set chosen.
  struct Word: BitwiseCopyable {
    var present: UInt64 = 0
    var enabled: UInt64 = 0
    var taken: UInt64 = 0
    var failed: UInt64 = 0
    var best: UInt64 = 0

    /// For another state, of which no set was closed and none was chosen.
    @inline(__always)
    mutating func clear() {
      present = 0
      enabled = 0
      failed = 0
    }
  }
}
