import TransitionSystem

/// Makes the variants of actions (`ActionVariants`) that may be enabled.
///
/// A variant is made when all values that it asks for are possible, which for many they never are:
/// slots have bits for values that nobody stores.
struct VariantMaker {
  /// A variant to be: the action, and the values of its slots as one number.
  private struct Candidate {
    let action: Int
    let number: UInt64
    let place: Int
  }

  /// What is left of the programs of an action.
  private struct Variant {
    let guards: [Predicate]
    let body: [ProgramStatement]
    let facts: ActionFacts
  }

  private let whole: TransitionSystem
  private let channelOfSlot: [Int]
  /// By action: where its slots begin in `fields`.
  private let firstField: [Int]
  private let fields: [ActionVariants.Field]
  private var possible: PossibleValues
  /// By action.
  private var rests: [ProgramRests] = []
  private var candidates: [Candidate] = []
  private var variants: [Variant] = []
  /// By place: its variant, or -1 where none was made.
  private var made: [Int32] = []

  /// `initial`: the values in initial states.
  init(
    _ whole: TransitionSystem, channelOfSlot: [Int], firstField: [Int],
    _ fields: [ActionVariants.Field], _ initial: PossibleValues
  ) {
    self.whole = whole
    self.channelOfSlot = channelOfSlot
    self.firstField = firstField
    self.fields = fields
    possible = initial
    for (index, action) in whole.actions.enumerated() {
      // The first slot has the highest bits.
      var (bits, shift) = ([(slot: Int, bits: UInt64)](), 0 as UInt64)
      for field in fields[firstField[index]..<firstField[index + 1]].reversed() {
        bits.append((field.slot, (1 << field.width - 1) << shift))
        shift += field.width
      }
      rests.append(ProgramRests(action.guards, action.body, whole, fields: bits))
      for number in 0..<UInt64(1) << shift {
        candidates.append(Candidate(action: index, number: number, place: candidates.count))
      }
    }
    made = Array(repeating: -1, count: candidates.count)
  }

  /// The variants that may be enabled, and by place their numbers; -1 where there is none.
  mutating func enabled() -> (actions: [Action], facts: [ActionFacts], table: [Int32]) {
    var (waiting, count) = (candidates, -1)
    while waiting.count != count {
      count = waiting.count
      var others: [Candidate] = []
      for candidate in waiting where !settle(candidate) { others.append(candidate) }
      waiting = others
    }
    for candidate in waiting { made[candidate.place] = -1 }
    return inOrder()
  }

  private func inOrder() -> (actions: [Action], facts: [ActionFacts], table: [Int32]) {
    var (actions, facts, table) = ([Action](), [ActionFacts](), [Int32]())
    actions.reserveCapacity(variants.count)
    facts.reserveCapacity(variants.count)
    table.reserveCapacity(made.count)
    for candidate in candidates {
      let number = Int(made[candidate.place])
      table.append(number < 0 ? -1 : Int32(facts.count))
      if number < 0 { continue }
      let (variant, action) = (variants[number], whole.actions[candidate.action])
      actions.append(action.with(guards: variant.guards, body: variant.body))
      facts.append(variant.facts)
    }
    return (actions, facts, table)
  }

  /// Finds out what becomes of a candidate; false where that is not known yet.
  private mutating func settle(_ candidate: Candidate) -> Bool {
    if made[candidate.place] < 0 {
      if !hasPossibleValues(candidate) { return false }
      guard let variant = make(candidate) else { return true }
      made[candidate.place] = Int32(variants.count)
      variants.append(variant)
    }
    let facts = variants[Int(made[candidate.place])].facts
    if !possible.allow(facts) { return false }
    possible.add(facts)
    return true
  }

  private func places(_ action: Int) -> ReversedCollection<Range<Int>> {
    (firstField[action]..<firstField[action + 1]).reversed()
  }

  private func hasPossibleValues(_ candidate: Candidate) -> Bool {
    var rest = candidate.number
    for place in places(candidate.action) {
      let (slot, width) = (fields[place].slot, fields[place].width)
      if !possible.allow(1 << (rest & (1 << width - 1)), of: slot) { return false }
      rest >>= width
    }
    return true
  }

  /// The values of the slots of an action in one of its variants.
  private func values(_ candidate: Candidate) -> KnownValues {
    let places = places(candidate.action)
    var (values, rest) = (KnownValues(capacity: places.count), candidate.number)
    for place in places {
      let (slot, width) = (fields[place].slot, fields[place].width)
      values.add(slot, whole.layout.slots[slot].minimum &+ Int64(rest & (1 << width - 1)))
      rest >>= width
    }
    return values
  }

  /// What is left in states with these values; nil where the action is never enabled there.
  private mutating func make(_ candidate: Candidate) -> Variant? {
    let (action, number) = (candidate.action, candidate.number)
    var (guards, body) = (whole.actions[action].guards, whole.actions[action].body)
    if !places(action).isEmpty {
      let values = values(candidate)
      guard let rest = rests[action].guards(number, values) else { return nil }
      guards = values.asked + rest
      body = rests[action].body(number, values)
    }
    let facts = FactCollector(
      guards, whole.actions[action].trigger, body, whole, channelOfSlot: channelOfSlot
    ).facts
    return Variant(guards: guards, body: body, facts: facts)
  }
}

extension KnownValues {
  /// Guards that ask for the values at the beginning.
  fileprivate var asked: [Predicate] {
    initial.sorted { $0.slot < $1.slot }.map { slot, value in
      Predicate(
        statements: [], result: .binary(.equal, .slot(SlotID(slot)), .constant(value)),
        registerCount: 0)
    }
  }
}

extension Action {
  /// The action with other programs.
  fileprivate func with(guards: [Predicate], body: [ProgramStatement]) -> Action {
    Action(
      id: id, label: label, agent: agent, kind: kind, rule: rule, isEnvironment: isEnvironment,
      fairness: fairness, span: span, guards: guards, trigger: trigger, body: body,
      registerCount: registerCount)
  }
}
