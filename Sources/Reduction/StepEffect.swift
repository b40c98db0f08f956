import TransitionSystem

/// What is known of the slots behind a step of an action, of whichever instance.
struct StepEffect {
  /// The slots that it may write, those of channels too.
  let written: [Int]
  let facts: ActionFacts
  /// By slot of at most six bits that belongs to no channel: the raw values that it can have.
  private(set) var values: [Int: UInt64] = [:]

  init(_ action: Action, _ system: TransitionSystem, channelOfSlot: [Int]) {
    written = AccessSets(action, channels: system.channels).mayWrite.slots.map(\.index)
    facts = FactCollector(action, system, channelOfSlot: channelOfSlot).facts
    let overwritten = action.body.overwrittenSlots
    for slot in Set(facts.atoms.map(\.slot)).union(facts.written.keys) where channelOfSlot[slot] < 0
    {
      let width = system.layout.slots[slot].width
      let range = UInt64.max >> UInt64(64 - (1 << width))
      var possible: UInt64 = 0
      if facts.writes.contains(SlotID(slot)) { possible = facts.written[slot] ?? .max }
      // What the guards admit stays where nothing is stored.
      if !overwritten.contains(SlotID(slot)) { possible |= facts.allowed(slot) }
      if possible & range != range { values[slot] = possible & range }
    }
  }
}

extension [ProgramStatement] {
  /// Slots that every way through the block stores into, wherever the step ends.
  fileprivate var overwrittenSlots: Set<SlotID> {
    var slots: Set<SlotID> = []
    for statement in self {
      // Behind such a statement the step may have ended.
      if statement.contains(where: { if case .finish = $0 { true } else { false } }) { break }
      switch statement {
      case .store(let slot, _): slots.insert(slot)
      case .clear(let first, let count):
        slots.formUnion((first.index..<first.index + count).map { SlotID($0) })
      case .if(_, let yes, else: let no):
        slots.formUnion(yes.overwrittenSlots.intersection(no.overwrittenSlots))
      case .switch(_, let cases, default: let other):
        slots.formUnion(
          cases.reduce(other.overwrittenSlots) { $0.intersection($1.body.overwrittenSlots) })
      default: break
      }
    }
    return slots
  }
}
