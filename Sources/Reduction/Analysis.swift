import TransitionSystem

/// Which actions touch each other.
struct Analysis {
  let system: TransitionSystem
  let facts: [ActionFacts]
  let channelOfSlot: [Int]
  /// By action: its atoms, of each slot one.
  private let atoms: [[Atom]]
  private let readers: [ActionRow]
  private let writers: [ActionRow]
  private let users: [[Int]]
  /// By slot: what the atoms of an action may allow of it, and the actions that allow nothing of
  /// that.
  private let rivals: [[(allowed: UInt64, actions: ActionRow)]]

  init(_ system: TransitionSystem, _ facts: [ActionFacts], channelOfSlot: [Int]) {
    self.system = system
    self.facts = facts
    self.channelOfSlot = channelOfSlot
    atoms = facts.map(\.atomsBySlot)
    let (slots, count) = (system.layout.slots.count, facts.count)
    var readers = [ActionRow](repeating: ActionRow(count: count), count: slots)
    var writers = readers
    var users = [[Int]](repeating: [], count: system.channels.count)
    // By slot: what is allowed of it, and the actions of which it is that.
    var askers = [[(allowed: UInt64, actions: ActionRow)]](repeating: [], count: slots)
    for (action, facts) in facts.enumerated() {
      for slot in facts.reads { readers[slot.index].insert(action) }
      for slot in facts.writes { writers[slot.index].insert(action) }
      for channel in facts.channels.keys { users[channel].append(action) }
      for atom in atoms[action] {
        let known = askers[atom.slot].firstIndex { $0.allowed == atom.mask }
        let place = known ?? askers[atom.slot].count
        if known == nil { askers[atom.slot].append((atom.mask, ActionRow(count: count))) }
        askers[atom.slot][place].actions.insert(action)
      }
    }
    (self.readers, self.writers, self.users) = (readers, writers, users)
    rivals = askers.map { all in
      all.map { mine in
        let others = all.reduce(into: ActionRow(count: count)) { row, other in
          if mine.allowed & other.allowed == 0 { row.formUnion(other.actions) }
        }
        return (mine.allowed, others)
      }
    }
  }

  /// By slot: the channel it belongs to, or -1.
  static func channelOfSlot(_ system: TransitionSystem) -> [Int] {
    var result = [Int](repeating: -1, count: system.layout.slots.count)
    for (index, channel) in system.channels.enumerated() {
      result[channel.length.index] = index
      let first = channel.entries.index
      for slot in first..<first + channel.room * channel.cellCount { result[slot] = index }
    }
    return result
  }

  var none: ActionRow { ActionRow(count: facts.count) }

  /// Who, outside of a stubborn set with an enabled `action`, would break D1 or D2.
  func conflicts(of action: Int) -> ActionRow {
    let mine = facts[action]
    var result = none
    for slot in mine.writes {
      result.formUnion(readers[slot.index])
      result.formUnion(writers[slot.index])
    }
    for slot in mine.reads { result.formUnion(writers[slot.index]) }
    for (channel, use) in mine.channels {
      for other in users[channel]
      where disturbs(facts[other].channels[channel] ?? [], use, channel, action) {
        result.insert(other)
      }
    }
    // While the member is enabled, what it excludes is not.
    result.subtract(excluded(by: action))
    result.remove(action)
    return result
  }

  /// Who is enabled in no state in which the action is.
  func excluded(by action: Int) -> ActionRow {
    var result = none
    for atom in atoms[action] {
      for rival in rivals[atom.slot] where rival.allowed == atom.mask {
        result.formUnion(rival.actions)
      }
    }
    return result
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

  private func users(of channel: Int, _ kinds: ChannelUse) -> ActionRow {
    var result = none
    for action in users[channel]
    where !(facts[action].channels[channel] ?? []).isDisjoint(with: kinds) {
      result.insert(action)
    }
    return result
  }

  /// Who can make a false atom true.
  func enablers(of atom: Atom) -> ActionRow {
    let channel = channelOfSlot[atom.slot]
    if channel >= 0 { return users(of: channel, [.appends, .other]) }
    var result = none
    for action in writers[atom.slot].members
    where (facts[action].written[atom.slot] ?? .max) & atom.mask != 0 {
      result.insert(action)
    }
    return result
  }

  /// Who can change anything that decides whether an action is enabled or fails.
  func remedies(of action: Int) -> ActionRow {
    var result = none
    for slot in facts[action].reads { result.formUnion(writers[slot.index]) }
    for channel in facts[action].channels.keys {
      result.formUnion(users(of: channel, [.appends, .takes, .gauges, .other]))
    }
    return result
  }

  /// A kind of state to be found: who may lead into it, and who may lead out of it.
  struct Target {
    var helpful: ActionRow
    var harmful: ActionRow
  }

  /// The properties, and the overflow of each unbounded channel, which only takes can prevent.
  func targets(_ properties: [Int]) -> [Target] {
    var result = properties.map { index in
      let visibility = Visibility(system.properties[index].predicate, system)
      var visible = none
      for action in facts.indices
      where visibility.sees(facts[action], channelOfSlot: channelOfSlot) {
        visible.insert(action)
      }
      return Target(helpful: visible, harmful: visible)
    }
    for (index, channel) in system.channels.enumerated() where channel.isUnbounded {
      result.append(
        Target(
          helpful: users(of: index, [.appends, .other]),
          harmful: users(of: index, [.takes, .other])))
    }
    return result
  }
}
