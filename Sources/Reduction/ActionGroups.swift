import TransitionSystem

/// The actions of each agent, and the part of the state that nobody else writes.
///
/// Actions of the network are groups by themselves. A slot is a group's own where only its actions
/// write it. The atoms on its own slots that are true are the *local state* of a group, told by a
/// key: for each slot which of its values no atom tells apart, as the digits of one number.
struct ActionGroups: Sendable {
  /// By action.
  let groupOf: [Int]
  /// By group; ascending.
  private(set) var members: [[Int]] = []
  /// By action: its place among the members of its group.
  let placeOf: [Int]
  /// By action: the action of the system that it is a variant of.
  let wholeOf: [Int]
  /// By action of the system: its group, and its place among those of the group.
  let groupOfWhole: [Int]
  let placeOfWhole: [Int]
  /// By group: its actions of the system.
  let wholeCounts: [Int]
  /// By atom: the group whose local state decides it; -1 where there is none.
  private(set) var ownerOf: [Int]
  /// By group.
  private(set) var keys: [Key] = []
  /// By group: its own slots that others have atoms on.
  private(set) var askedByOthers: [SlotSet]
  /// What the atoms without an owner tell of a state: keys below 2^56, as many as it takes.
  private(set) var sharedKeys: [Key] = []

  /// How the key of a group is read off a state.
  struct Key: Sendable {
    var digits: [Digit] = []
    /// Keys are below this.
    var count = 1
  }

  /// What one slot adds to a key.
  struct Digit: Sendable {
    let slot: Int
    let word: Int
    let shift: UInt64
    let valueMask: UInt64
    /// By raw value.
    let steps: [Int]
  }

  /// Groups with more keys do without some of their slots, whose atoms then have no owner.
  private static let keysMax = 4096
  private static let sharedKeysMax = 1 << 56

  init(
    _ variants: ActionVariants, _ atoms: AtomTable, omitting omitted: Set<Condition> = []
  ) {
    var (numbers, groupOf, placeOf) = ([Int: Int](), [Int](), [Int]())
    for (index, action) in variants.system.actions.enumerated() {
      let group = numbers[action.agent ?? -1 - action.id.index] ?? members.count
      numbers[action.agent ?? -1 - action.id.index] = group
      if group == members.count { members.append([]) }
      groupOf.append(group)
      placeOf.append(members[group].count)
      members[group].append(index)
    }
    (self.groupOf, self.placeOf) = (groupOf, placeOf)
    wholeOf = variants.wholes
    (groupOfWhole, placeOfWhole, wholeCounts) = ActionGroups.places(
      ofWholes: wholeOf, count: variants.wholeCount, groupOf, groupCount: members.count)
    ownerOf = Array(repeating: -1, count: atoms.placed.count)
    askedByOthers = Array(repeating: SlotSet(), count: members.count)
    addKeys(variants, atoms, omitting: omitted)
    for action in groupOf.indices {
      for atom in atoms.of(action) where ![-1, groupOf[action]].contains(ownerOf[atom]) {
        askedByOthers[ownerOf[atom]].insert(SlotID(atoms.slots[atom]))
      }
    }
  }

  /// Groups of actions of the system, and their places there; -1 for those without variants.
  private static func places(
    ofWholes wholeOf: [Int], count: Int, _ groupOf: [Int], groupCount: Int
  ) -> (groups: [Int], places: [Int], counts: [Int]) {
    var groups = [Int](repeating: -1, count: count)
    var places = groups
    var counts = [Int](repeating: 0, count: groupCount)
    for (whole, group) in zip(wholeOf, groupOf) where groups[whole] < 0 {
      groups[whole] = group
      places[whole] = counts[group]
      counts[group] += 1
    }
    return (groups, places, counts)
  }

  private mutating func addKeys(
    _ variants: ActionVariants, _ atoms: AtomTable, omitting omitted: Set<Condition>
  ) {
    var atomsOn = [[Int]](repeating: [], count: variants.system.layout.slots.count)
    for (atom, slot) in atoms.slots.enumerated() { atomsOn[slot].append(atom) }
    for (group, slots) in ownSlots(variants, atoms).enumerated() {
      var key = Key()
      for slot in slots {
        let mine = atomsOn[slot]
        let isAdded = key.add(slot, mine.map { atoms.placed[$0] }, below: ActionGroups.keysMax)
        if isAdded { for atom in mine { ownerOf[atom] = group } }
      }
      keys.append(key)
    }
    for (slot, mine) in atomsOn.enumerated() where mine.contains(where: { ownerOf[$0] < 0 }) {
      let placed = mine.map { atoms.placed[$0] }
      if var last = sharedKeys.popLast() {
        let isAdded = last.add(slot, placed, below: ActionGroups.sharedKeysMax)
        sharedKeys.append(last)
        if isAdded { continue }
      }
      var key = Key()
      _ = key.add(slot, placed, below: ActionGroups.sharedKeysMax)
      sharedKeys.append(key)
    }
    if omitted.contains(.localState) {
      keys = keys.map(\.withoutLast)
      sharedKeys = sharedKeys.map { _ in Key() }
    }
  }

  /// Whether each atom of each action is owned by its group.
  func ownsAll(_ atoms: AtomTable) -> Bool {
    groupOf.indices.allSatisfy { action in
      atoms.of(action).allSatisfy { ownerOf[$0] == groupOf[action] }
    }
  }

  /// By group: its own slots that atoms are about, first those that its actions ask most often.
  private func ownSlots(_ variants: ActionVariants, _ atoms: AtomTable) -> [[Int]] {
    var writer = [Int?](repeating: nil, count: variants.system.layout.slots.count)
    for (facts, group) in zip(variants.facts, groupOf) {
      for slot in facts.writes {
        writer[slot.index] = writer[slot.index] ?? group == group ? group : -1
      }
    }
    // By slot.
    var uses = [Int](repeating: 0, count: writer.count)
    for (action, group) in groupOf.enumerated() {
      for atom in atoms.of(action) where writer[atoms.slots[atom]] == group {
        uses[atoms.slots[atom]] += 1
      }
    }
    var result = [[Int]](repeating: [], count: members.count)
    for slot in Set(atoms.slots).sorted() {
      if let group = writer[slot], group >= 0 { result[group].append(slot) }
    }
    return result.map { $0.sorted { (uses[$1], $0) < (uses[$0], $1) } }
  }
}

extension ActionGroups.Key {
  /// Without what its last slot tells.
  fileprivate var withoutLast: ActionGroups.Key {
    var key = self
    key.digits = key.digits.dropLast()
    return key
  }

  /// Adds a slot, of whose values those are one that the same atoms hold of; false, and nothing
  /// added, where keys would not stay below `limit`.
  fileprivate mutating func add(
    _ slot: Int, _ atoms: [AtomTable.Placed], below limit: Int
  ) -> Bool {
    guard let first = atoms.first else { return false }
    var (numbers, steps) = ([[Bool]: Int](), [Int]())
    for value in 0...first.valueMask {
      let truths = atoms.map { $0.mask >> value & 1 == 1 }
      let number = numbers[truths] ?? numbers.count
      numbers[truths] = number
      steps.append(number * count)
    }
    if numbers.count * count > limit { return false }
    count *= numbers.count
    digits.append(
      ActionGroups.Digit(
        slot: slot, word: first.word, shift: first.shift, valueMask: first.valueMask,
        steps: steps))
    return true
  }
}
