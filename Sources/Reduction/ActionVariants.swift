import TransitionSystem

/// The actions of a system taken apart by the values of some slots that they read.
///
/// Action `a` with slots x, y becomes one variant for each pair of values v, w: its guards say x =
/// v and y = w, and what these decide in its program is decided (`Specializer`). At each state at
/// most one variant of an action can be enabled, and it does there what the action does; so the
/// system is the same, and every relation between actions may be computed on variants. There
/// `position[k] < j` reads one element and is an atom, and a store of `j` leaves one value. Where
/// the present values of own locals are used to make a stubborn set smaller at run time, one has to
/// argue that no action outside the set can change them; here the argument is the usual one,
/// because another value is another action.
///
/// Variants that are never enabled are left out: those with a guard that is false, and those that
/// ask for a value that no variant stores, beginning with the initial states.
///
/// Price: at most `variantsMax` rows in place of one for each action.
struct ActionVariants {
  /// The system with variants for actions.
  private(set) var system: TransitionSystem
  private(set) var facts: [ActionFacts] = []
  /// By action: where its slots begin in `fields`, and its variants in `table`.
  private(set) var firstField: [Int] = [0]
  private(set) var firstPlace: [Int] = []
  private(set) var fields: [Field] = []
  /// By values of the slots: the variant, or -1 where it is never enabled.
  private(set) var table: [Int32] = []

  /// Actions of the system that was taken apart.
  var wholeCount: Int { firstPlace.count }

  /// By variant: its action.
  var wholes: [Int] {
    var result = [Int](repeating: 0, count: facts.count)
    for (action, first) in firstPlace.enumerated() {
      let end = action + 1 < wholeCount ? firstPlace[action + 1] : table.count
      for variant in table[first..<end] where variant >= 0 { result[Int(variant)] = action }
    }
    return result
  }

  /// A slot in the packed state.
  struct Field: BitwiseCopyable {
    let slot: Int
    let word: Int
    let shift: UInt64
    let width: UInt64
  }

  /// Beyond so many, actions are taken apart by fewer slots.
  private static let variantsMax = 2048
  /// Bits of the slots of one action; fewer where there are too many variants.
  private static let bitsTried = [8, 6, 4, 0]

  init(_ system: TransitionSystem, channelOfSlot: [Int]) {
    self.system = system
    let slots = ActionVariants.slots(system, channelOfSlot)
    let initial = PossibleValues(system, channelOfSlot: channelOfSlot)
    for bits in ActionVariants.bitsTried where divide(slots, bits: bits, of: system) {
      var maker = VariantMaker(
        system, channelOfSlot: channelOfSlot, firstField: firstField, fields, initial)
      (self.system.actions, facts, table) = maker.enabled()
      if facts.count <= ActionVariants.variantsMax { return }
    }
  }

  /// By action.
  private static func slots(_ system: TransitionSystem, _ channelOfSlot: [Int]) -> [[Int]] {
    var writer = [Int?](repeating: nil, count: system.layout.slots.count)
    for action in system.actions {
      for slot in AccessSets(action, channels: system.channels).mayWrite.slots {
        let agent = action.agent ?? -1
        writer[slot.index] = writer[slot.index] ?? agent == agent ? agent : -1
      }
    }
    return system.actions.map { action in
      SplitSlots(action, system.layout, channelOfSlot: channelOfSlot) {
        writer[$0] != nil && writer[$0] != -1 && writer[$0] == action.agent
      }.slots
    }
  }

  /// Chooses the slots of each action; false where slots of so many bits make far too many
  /// variants.
  private mutating func divide(_ slots: [[Int]], bits: Int, of whole: TransitionSystem) -> Bool {
    (firstField, firstPlace, fields) = ([0], [], [])
    var places = 0
    for slots in slots {
      var total: UInt64 = 0
      for slot in slots {
        let position = whole.layout.positions[slot]
        let width = UInt64(whole.layout.slots[slot].width)
        if total + width > UInt64(bits) { continue }
        total += width
        fields.append(
          Field(
            slot: slot, word: Int(position.word), shift: UInt64(position.shift), width: width))
      }
      firstPlace.append(places)
      firstField.append(fields.count)
      places += 1 << Int(total)
    }
    return places <= 8 * ActionVariants.variantsMax || bits == 0
  }
}
