import TransitionSystem

/// What is left of the guards and of the body of an action in its variants.
///
/// A program that reads some of the slots only is the same in all variants that agree on these, and
/// worked out once for them.
struct ProgramRests {
  /// What is left of a guard.
  struct Rest {
    let condition: Predicate
    /// Whether it cannot fail.
    let isCertain: Bool

    var isFalse: Bool { condition.result.constant == 0 }
  }

  private let guards: [Predicate]
  private let body: [ProgramStatement]
  private let system: TransitionSystem
  /// By guard: of the number of a variant, the bits of the slots that it reads.
  private let guardMasks: [UInt64]
  private let bodyMask: UInt64
  /// By guard, then by these bits.
  private var known: [[UInt64: Rest]]
  private var knownBodies: [UInt64: [ProgramStatement]] = [:]

  /// `fields`: the slots, with their bits of the number of a variant.
  init(
    _ guards: [Predicate], _ body: [ProgramStatement], _ system: TransitionSystem,
    fields: [(slot: Int, bits: UInt64)]
  ) {
    self.guards = guards
    self.body = body
    self.system = system
    func mask(_ reads: SlotSet) -> UInt64 {
      fields.reduce(0) { reads.contains(SlotID($1.slot)) ? $0 | $1.bits : $0 }
    }
    guardMasks = guards.map { mask(AccessSets($0, channels: []).reads) }
    bodyMask = mask(AccessSets(body, channels: system.channels).reads)
    known = Array(repeating: [:], count: guards.count)
  }

  /// What is left of the guards in the variant with a number; nil where it is never enabled.
  /// `values`: those of the slots there.
  mutating func guards(_ number: UInt64, _ values: KnownValues) -> [Predicate]? {
    var result: [Predicate] = []
    result.reserveCapacity(guards.count)
    // What may fail before a false guard is a failing step.
    var isCertain = true
    for place in guards.indices {
      let rest = rest(of: place, number & guardMasks[place], values)
      isCertain = isCertain && rest.isCertain
      if isCertain && rest.isFalse { return nil }
      result.append(rest.condition)
    }
    return result
  }

  private mutating func rest(
    of place: Int, _ bits: UInt64, _ values: KnownValues
  ) -> Rest {
    if let rest = known[place][bits] { return rest }
    let condition = Specializer.specialize(guards[place], values, system)
    let rest = Rest(
      condition: condition,
      isCertain: condition.statements.isEmpty && !condition.result.mayFail)
    known[place][bits] = rest
    return rest
  }

  /// What is left of the body in the variant with a number.
  mutating func body(_ number: UInt64, _ values: KnownValues) -> [ProgramStatement] {
    let bits = number & bodyMask
    if let rest = knownBodies[bits] { return rest }
    let rest = Specializer.specialize(body, values, system)
    knownBodies[bits] = rest
    return rest
  }
}
