import TransitionSystem

/// Actions that are stubborn sets by themselves whatever the other agents are at: in their agent's
/// local state they touch nothing that others write, write nothing that others or properties look
/// at, and exclude no other action that is at hand there.
///
/// Which one an agent has is a matter of its local state alone, so that it is known before any
/// successor is, and the others need not be generated. Whether it has a transition is seen then.
///
/// Source: the safe statements of Holzmann and Peled, An improvement in formal verification, FORTE
/// 1994, of each local state instead of each statement.
///
/// Safety: as `LocalStates`, of which it has the keys.
///
/// Threads: one; it belongs to its `LocalClosure`.
struct SafeActions: ~Copyable {
  /// Groups that have such actions in some local states, and how many groups these are.
  private let groups: Cells<Int32>
  private let groupCount: Int
  /// By key of all groups: the action of the system; `none`, or `unknown` where it was not asked.
  private let actions: Cells<Int32>
  private let keyCount: Int

  private static let none: Int32 = -1
  private static let unknown: Int32 = -2

  init(_ states: borrowing LocalStates) {
    var groups: [Int32] = []
    for (group, members) in states.groups.members.enumerated() {
      var hasOne = false
      for action in members where !hasOne {
        hasOne = SafeActions.mayBeSafe(action, group, states)
      }
      if hasOne { groups.append(Int32(group)) }
    }
    groupCount = groups.count
    self.groups = Cells(groups)
    keyCount = groups.isEmpty ? 0 : states.keyCount
    actions = Cells(repeating: SafeActions.unknown, count: keyCount)
  }

  var byteCount: Int { MemoryLayout<Int32>.stride * (groupCount + keyCount) }

  /// The first that is safe; negative where there is none.
  @inline(__always)
  func first(in state: UnsafePointer<UInt64>, _ states: borrowing LocalStates) -> Int32 {
    let bases = states.bases
    for index in 0..<groupCount {
      let group = Int(groups[index])
      let key = bases.key(of: group, state)
      var action = actions[key]
      if action == SafeActions.unknown { action = learn(group, key, state, states) }
      if action >= 0 { return action }
    }
    return SafeActions.none
  }

  @inline(never)
  private func learn(
    _ group: Int, _ key: Int, _ state: UnsafePointer<UInt64>, _ states: borrowing LocalStates
  ) -> Int32 {
    var action = SafeActions.none
    if states.makeKnown(group, state) {
      action = SafeActions.find(in: states.bases.localState(of: group, state), group, states)
    }
    actions[key] = action
    return action
  }

  /// The first action at hand in a local state that is safe there.
  private static func find(
    in localState: Int, _ group: Int, _ states: borrowing LocalStates
  ) -> Int32 {
    let local = states.all[localState]
    for spot in 0..<Int(local.spotCount) {
      let found = states.spots[Int(local.firstSpot) + spot]
      guard mayBeSafe(Int(found.action), group, states) else { continue }
      // Which of several variants has the transitions, others decide.
      let first = Int(states.placements[localState].firstWhole)
      let place = states.groups.placeOfWhole[Int(found.whole)]
      guard states.spotOfWhole[first + place] == Int8(spot) else { continue }
      var needed: LocalStates.Spots = 0
      for part in states.rows.of(Int(found.action)) where Int(states.rows[part].group) == group {
        states.rows.forEachMember(of: states.rows[part]) { action in
          needed |= states.needs[Int(local.firstMember) + states.groups.placeOf[action]]
        }
      }
      if needed & ~(1 << UInt64(spot)) == 0 { return found.whole }
    }
    return none
  }

  /// Whether an action is no fault, has to do with its own group only, and has no more than one
  /// transition: of several, others may be kept that are fewer.
  private static func mayBeSafe(
    _ action: Int, _ group: Int, _ states: borrowing LocalStates
  ) -> Bool {
    let tables = states.tables
    if tables.isFault[action] || !tables.variants.facts[action].isSingle { return false }
    for part in states.rows.of(action)
    where Int(states.rows[part].group) != group && !tables.trustsSafety { return false }
    return tables.atoms.of(action).allSatisfy { states.groups.ownerOf[$0] == group }
  }
}
