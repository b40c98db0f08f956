import TransitionSystem

extension StateTree {
  /// Units are the agents, behind what belongs to none of them.
  init(_ system: TransitionSystem) {
    let owners = StateTree.owners(system)
    var units: [Int: [Field]] = [:]
    for (index, owner) in owners.enumerated() {
      guard let field = Field(SlotID(index), in: system.layout) else { continue }
      units[owner ?? -1, default: []].append(field)
    }
    self.init(
      wordCount: system.layout.wordCount,
      units: units.keys.sorted().compactMap { units[$0] })
  }

  /// By slot: the agent whose steps change it.
  private static func owners(_ system: TransitionSystem) -> [Int?] {
    var owners = [Int?](repeating: nil, count: system.layout.slots.count)
    for variable in system.variables {
      guard let agent = variable.agent else { continue }
      for slot in variable.slots { owners[slot.index] = agent }
    }
    for channel in system.channels {
      owners[channel.length.index] = channel.receiver
      for cell in 0..<channel.room * channel.cellCount {
        owners[channel.entries.index + cell] = channel.receiver
      }
    }
    for (slot, agents) in writers(system, of: owners.indices.filter { owners[$0] == nil }) {
      // A fork belongs to one of the two who take it; what more agents write, to nobody.
      if agents.count <= 2 { owners[slot] = agents.min() }
    }
    return owners
  }

  private static func writers(
    _ system: TransitionSystem, of slots: [Int]
  ) -> [Int: Set<Int>] {
    var writers = Dictionary(uniqueKeysWithValues: slots.map { ($0, Set<Int>()) })
    for action in system.actions {
      guard let agent = action.agent else { continue }
      for slot in AccessSets(action, channels: system.channels).mayWrite.slots {
        writers[slot.index]?.insert(agent)
      }
    }
    return writers
  }
}
