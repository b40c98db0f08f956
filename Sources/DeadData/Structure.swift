import TransitionSystem

/// How the slots of a state belong together.
struct Structure {
  /// By slot: the cells that say whether it is in use, the nearest first: the length of the
  /// sequence it is in, the presence of the optional.
  private(set) var heads: [[SlotID]]
  /// Slots that hold an identity even when cleared: permuting members changes what they hold.
  private(set) var identities = SlotSet()
  private let channelSlots: SlotSet

  init(_ system: TransitionSystem) {
    heads = Array(repeating: [], count: system.layout.slots.count)
    var inChannels = SlotSet()
    for channel in system.channels {
      inChannels.insert(channel.length)
      for cell in 0..<channel.room * channel.cellCount {
        inChannels.insert(SlotID(channel.entries.index + cell))
      }
    }
    channelSlots = inChannels
    for variable in system.variables {
      if let first = variable.slots.first { walk(variable.shape, first.index, []) }
    }
  }

  func isChannel(_ slot: SlotID) -> Bool { channelSlots.contains(slot) }

  private mutating func walk(_ shape: Shape, _ first: Int, _ above: [SlotID]) {
    if shape.cellRange != nil {
      heads[first] = above
      if case .agent = shape { identities.insert(SlotID(first)) }
      return
    }
    switch shape {
    case .record(_, let fields):
      var slot = first
      for field in fields {
        walk(field.shape, slot, above)
        slot += field.shape.cellCount
      }
    case .optional(let payload):
      heads[first] = above
      walk(payload, first + 1, [SlotID(first)] + above)
    case .sequence(let element, let capacity):
      heads[first] = above
      for index in 0..<capacity {
        walk(element, first + 1 + index * element.cellCount, [SlotID(first)] + above)
      }
    case .set: for cell in 0..<shape.cellCount { heads[first + cell] = above }
    case .map(let key, let value):
      for rank in 0..<(key.cardinality ?? 0) {
        walk(value, first + rank * value.cellCount, above)
      }
    case .bool, .integer, .enumeration, .agent: return
    }
  }

  /// Who looks at an element looks at whether it is there: a head is in the set where something
  /// below it is. Symmetry reduction relies on it.
  func addHeads(to set: inout CellSet) {
    for slot in set.slots { for head in heads[slot.index] { set.insert(head) } }
  }

  /// A head of what is not the agent's own is not its own either.
  func removeHeads(from own: inout CellSet) {
    for (slot, heads) in heads.enumerated() where !own.contains(SlotID(slot)) {
      for head in heads { own.remove(head) }
    }
  }
}
