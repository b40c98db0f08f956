import TransitionSystem

/// Which actions touch each other.
struct Analysis {
  let system: TransitionSystem
  let facts: [ActionFacts]
  let channelOfSlot: [Int]
  private var readers: [[Int]]
  private var writers: [[Int]]
  private var users: [[Int]]

  init(_ system: TransitionSystem) {
    self.system = system
    var channelOfSlot = [Int](repeating: -1, count: system.layout.slots.count)
    for (index, channel) in system.channels.enumerated() {
      channelOfSlot[channel.length.index] = index
      let first = channel.entries.index
      for slot in first..<first + channel.room * channel.cellCount { channelOfSlot[slot] = index }
    }
    self.channelOfSlot = channelOfSlot
    facts = system.actions.map {
      FactCollector($0, system, channelOfSlot: channelOfSlot).facts
    }
    readers = Array(repeating: [], count: system.layout.slots.count)
    writers = readers
    users = Array(repeating: [], count: system.channels.count)
    for (action, facts) in facts.enumerated() {
      for slot in facts.reads.slots { readers[slot.index].append(action) }
      for slot in facts.writes.slots { writers[slot.index].append(action) }
      for channel in facts.channels.keys { users[channel].append(action) }
    }
  }

  /// Who, outside of a stubborn set with an enabled `action`, would break D1 or D2.
  func conflicts(of action: Int) -> Set<Int> {
    let mine = facts[action]
    var result: Set<Int> = []
    for slot in mine.writes.slots {
      result.formUnion(readers[slot.index])
      result.formUnion(writers[slot.index])
    }
    for slot in mine.reads.slots { result.formUnion(writers[slot.index]) }
    for (channel, use) in mine.channels {
      result.formUnion(
        users[channel].filter {
          disturbs(facts[$0].channels[channel] ?? [], use, channel, action)
        })
    }
    // While the member is enabled, what it excludes is not.
    return result.filter { $0 != action && !mine.excludes(facts[$0]) }
  }

  /// Whether a use of a channel from outside disturbs that of an enabled member.
  ///
  /// A take meets a filled queue, so that a send behind it changes nothing; in a bag the send makes
  /// a new instance. Sends into one bag commute, those into one queue do not. A take only helps a
  /// gauge; but where the member has several instances it may bring one more.
  private func disturbs(
    _ theirs: ChannelUse, _ mine: ChannelUse, _ channel: Int, _ action: Int
  ) -> Bool {
    if theirs.contains(.other) || mine.contains(.other) { return true }
    if theirs.contains(.takes) && mine.contains(.takes) { return true }
    if theirs.contains(.gauges) && mine.contains(.appends) { return true }
    if theirs.contains(.takes) && mine.contains(.gauges) { return !facts[action].isSingle }
    guard theirs.contains(.appends) else { return false }
    if mine.contains(.gauges) { return true }
    let isQueue = system.channels[channel].order == .queue
    if mine.contains(.appends) && isQueue { return true }
    guard mine.contains(.takes) else { return false }
    return !isQueue || system.actions[action].trigger?.candidates == .distinct
  }

  /// Who can make a false atom true.
  func enablers(of atom: Atom) -> Set<Int> {
    let channel = channelOfSlot[atom.slot]
    if channel >= 0 {
      return Set(
        users[channel].filter {
          !(facts[$0].channels[channel] ?? []).isDisjoint(with: [.appends, .other])
        })
    }
    return Set(
      writers[atom.slot].filter { (facts[$0].written[atom.slot] ?? .max) & atom.mask != 0 })
  }

  /// Who can change anything that decides whether an action is enabled or fails.
  func remedies(of action: Int) -> Set<Int> {
    var result: Set<Int> = []
    for slot in facts[action].reads.slots { result.formUnion(writers[slot.index]) }
    for channel in facts[action].channels.keys { result.formUnion(users[channel]) }
    return result
  }

  /// A kind of state to be found: who may lead into it, and who may lead out of it.
  struct Target {
    var helpful: Set<Int>
    var harmful: Set<Int>
  }

  /// The properties, and the overflow of each growing channel, which only takes can prevent.
  func targets(_ properties: [Int], _ system: TransitionSystem) -> [Target] {
    var result = properties.map { index in
      let visibility = Visibility(system.properties[index].predicate, system)
      let visible = Set(
        facts.indices.filter {
          visibility.sees(facts[$0], channelOfSlot: channelOfSlot)
        })
      return Target(helpful: visible, harmful: visible)
    }
    for (index, channel) in system.channels.enumerated() where channel.grows {
      func users(_ kinds: ChannelUse) -> Set<Int> {
        Set(self.users[index].filter { !(facts[$0].channels[index] ?? []).isDisjoint(with: kinds) })
      }
      result.append(
        Target(helpful: users([.appends, .other]), harmful: users([.takes, .other])))
    }
    return result
  }
}
