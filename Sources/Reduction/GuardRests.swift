import TransitionSystem

/// What is left of the guards of an action in its variants.
///
/// A guard that reads some of the slots only is the same in all variants that agree on these, and
/// worked out once for them.
struct GuardRests {
  /// What is left of a guard.
  struct Rest {
    let condition: Predicate
    /// Whether it cannot fail.
    let isCertain: Bool

    var isFalse: Bool { condition.result.constant == 0 }
  }

  private let guards: [Predicate]
  private let system: TransitionSystem
  /// By guard: of the number of a variant, the bits of the slots that it reads.
  private let masks: [UInt64]
  /// By guard, then by these bits.
  private var known: [[UInt64: Rest]]

  /// `fields`: the slots, with their bits of the number of a variant.
  init(_ guards: [Predicate], _ system: TransitionSystem, fields: [(slot: Int, bits: UInt64)]) {
    self.guards = guards
    self.system = system
    masks = guards.map { condition in
      let reads = AccessSets(condition, channels: []).reads
      return fields.reduce(0) { reads.contains(SlotID($1.slot)) ? $0 | $1.bits : $0 }
    }
    known = Array(repeating: [:], count: guards.count)
  }

  /// What is left in the variant with a number; nil where it is never enabled. `values`: those of
  /// the slots there.
  mutating func rests(_ number: UInt64, _ values: () -> KnownValues) -> [Predicate]? {
    var result: [Predicate] = []
    // What may fail before a false guard is a failing step.
    var isCertain = true
    for place in guards.indices {
      let rest = rest(of: place, number & masks[place], values)
      isCertain = isCertain && rest.isCertain
      if isCertain && rest.isFalse { return nil }
      result.append(rest.condition)
    }
    return result
  }

  private mutating func rest(
    of place: Int, _ bits: UInt64, _ values: () -> KnownValues
  ) -> Rest {
    if let rest = known[place][bits] { return rest }
    let condition = Specializer.specialize(guards[place], values(), system)
    let rest = Rest(
      condition: condition,
      isCertain: condition.statements.isEmpty && !condition.result.mayFail)
    known[place][bits] = rest
    return rest
  }
}
