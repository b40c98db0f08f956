import TransitionSystem

/// Which values small slots can have, and which actions can be enabled, as far as constant stores
/// tell: the least solution.
///
/// Source: the constant propagation of Wegman and Zadeck (1991), with sets of values.
struct PossibleValues {
  /// By action.
  private(set) var isEnabled: [Bool]
  /// By slot of at most six bits that belongs to no channel: the raw values.
  private var values: [Int: UInt64] = [:]

  init(_ system: TransitionSystem, _ facts: [ActionFacts], channelOfSlot: [Int]) {
    isEnabled = Array(repeating: false, count: facts.count)
    let initial = FactCollector(initialOf: system, channelOfSlot: channelOfSlot).facts
    for (slot, description) in system.layout.slots.enumerated()
    where description.width <= 6 && channelOfSlot[slot] < 0 {
      // The initial program begins with all bits zero.
      values[slot] = 1 | (initial.written[slot] ?? 0)
    }
    var isStable = false
    while !isStable {
      isStable = true
      for (index, facts) in facts.enumerated() where !isEnabled[index] && mayBeEnabled(facts) {
        isEnabled[index] = true
        isStable = false
        for (slot, mask) in facts.written { values[slot, default: .max] |= mask }
      }
    }
  }

  private func mayBeEnabled(_ facts: ActionFacts) -> Bool {
    facts.atoms.allSatisfy { atom in (values[atom.slot] ?? .max) & atom.mask != 0 }
  }
}
