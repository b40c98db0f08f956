import TransitionSystem

/// What an action does with one channel.
struct ChannelUse: OptionSet {
  let rawValue: UInt8
  /// Sends into it.
  static let appends = ChannelUse(rawValue: 1)
  /// Reads the entry of its trigger, and perhaps removes it.
  static let takes = ChannelUse(rawValue: 2)
  /// Is not enabled where it holds too many entries: `require(length < capacity)`.
  static let gauges = ChannelUse(rawValue: 4)
  /// Anything else: depends on all that happens to the channel.
  static let other = ChannelUse(rawValue: 8)
}

/// A condition that every enabled instance meets: the raw value of a slot is in a set.
struct Atom {
  let slot: Int
  /// Bit v: the raw value v meets it.
  let mask: UInt64
}

/// What static analysis knows of one action; every set is a superset of the truth.
///
/// Slots of channels are in `channels`, not in `reads` and `writes`.
struct ActionFacts {
  var reads = SlotSet()
  var writes = SlotSet()
  var channels: [Int: ChannelUse] = [:]
  /// By slot of at most six bits: the raw values that a store may leave there.
  var written: [Int: UInt64] = [:]
  /// Only those that are tested before anything can fail: a failing step counts as enabled.
  var atoms: [Atom] = []
  /// At most one instance in each state.
  var isSingle = true
  var canFail = false

  func allowed(_ slot: Int) -> UInt64 {
    atoms.reduce(UInt64.max) { $1.slot == slot ? $0 & $1.mask : $0 }
  }

  /// The atoms, of each slot one.
  var atomsBySlot: [Atom] {
    var result: [Atom] = []
    for atom in atoms {
      if let place = result.firstIndex(where: { $0.slot == atom.slot }) {
        result[place] = Atom(slot: atom.slot, mask: result[place].mask & atom.mask)
      } else {
        result.append(atom)
      }
    }
    return result
  }
}
