import TransitionSystem

/// Which values small slots can have, as far as constant stores tell.
///
/// Begins with the initial states; who finds that an action can be enabled adds what it stores, and
/// looks again at the others, until nothing is added: that is the least solution.
///
/// Source: the constant propagation of Wegman and Zadeck (1991), with sets of values.
struct PossibleValues {
  /// By slot: the raw values; all, where it has more than six bits or belongs to a channel.
  private var values: [UInt64]

  /// Those of the initial states.
  init(_ system: TransitionSystem, channelOfSlot: [Int]) {
    let initial = FactCollector(initialOf: system, channelOfSlot: channelOfSlot).facts
    values = zip(system.layout.slots.indices, channelOfSlot).map { slot, channel in
      // The initial program begins with all bits zero.
      system.layout.slots[slot].width <= 6 && channel < 0 ? 1 | (initial.written[slot] ?? 0) : .max
    }
  }

  /// Whether a slot can have one of these raw values.
  func allow(_ mask: UInt64, of slot: Int) -> Bool { values[slot] & mask != 0 }

  /// Whether an action can be enabled.
  func allow(_ facts: ActionFacts) -> Bool {
    facts.atoms.allSatisfy { allow($0.mask, of: $0.slot) }
  }

  /// Adds what an action that can be enabled stores.
  mutating func add(_ facts: ActionFacts) {
    for (slot, mask) in facts.written { values[slot] |= mask }
  }
}
