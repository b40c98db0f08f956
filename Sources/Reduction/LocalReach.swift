import TransitionSystem

/// What the actions of one group that are not at hand need of those that are.
struct LocalReach {
  private let memberCount: Int
  /// By place in the group: its own atoms, as places among the group's.
  private let atomsOf: [[Int]]
  /// By own atom: who may make it true, and who asks for it, as places in the group.
  private let enablers: [[Int]]
  private let askers: [[Int]]
  /// By place in the group: the own atoms that it may make true.
  private let makes: [[Int]]

  init(group: Int, _ tables: StubbornTables) {
    let groups = tables.groups
    let members = groups.members[group]
    memberCount = members.count
    let own = groups.ownerOf.indices.filter { groups.ownerOf[$0] == group }
    var number: [Int: Int] = [:]
    for (place, atom) in own.enumerated() { number[atom] = place }
    atomsOf = members.map { action in tables.atoms.of(action).compactMap { number[$0] } }
    // Nobody else writes an own slot.
    enablers = own.map { atom in
      members.indices.filter { tables.enables(members[$0], atom) }
    }
    var askers = [[Int]](repeating: [], count: own.count)
    for (place, atoms) in atomsOf.enumerated() {
      for atom in atoms { askers[atom].append(place) }
    }
    self.askers = askers
    var makes = [[Int]](repeating: [], count: members.count)
    for (atom, places) in enablers.enumerated() {
      for place in places { makes[place].append(atom) }
    }
    self.makes = makes
  }

  /// By place in the group: spots such that some closed set has the action and, of what is at
  /// hand, at most these. `atHand`: its spot, or -1.
  ///
  /// A union of closed sets is closed, so that each may be found by itself. One without any spot or
  /// with one only is looked for first; what is left needs all of them, or what is found
  /// to need less from there.
  func needs(isFalse: [Bool], atHand: [Int8]) -> [LocalStates.Spots] {
    var all: LocalStates.Spots = 0
    for spot in atHand where spot >= 0 { all |= 1 << UInt64(spot) }
    var result = [LocalStates.Spots?](repeating: nil, count: memberCount)
    for place in atHand.indices where atHand[place] >= 0 {
      result[place] = 1 << UInt64(atHand[place])
    }
    var tried: [LocalStates.Spots] = [0]
    tried += (0..<UInt64(all.nonzeroBitCount)).prefix(8).map { 1 << $0 }
    // With all of them nothing is lost.
    for spots in tried where spots != all && result.contains(nil) {
      let stays = closed(with: spots, isFalse: isFalse, atHand: atHand)
      for place in result.indices where result[place] == nil && stays[place] {
        result[place] = spots
      }
    }
    let found = result.map { $0 ?? all }
    // Between none and one there is nothing less to be found.
    if all.nonzeroBitCount < 2 { return found }
    return refined(found, isFalse: isFalse, atHand: atHand)
  }

  /// The largest closed set whose actions at hand are these, by place.
  private func closed(
    with spots: LocalStates.Spots, isFalse: [Bool], atHand: [Int8]
  ) -> [Bool] {
    var stays = [Bool](repeating: true, count: memberCount)
    var isLost = [Bool](repeating: false, count: isFalse.count)
    var pending: [Int] = []
    func drop(_ place: Int) {
      stays[place] = false
      pending.append(place)
    }
    for (place, spot) in atHand.enumerated() where spot >= 0 {
      if spots >> UInt64(spot) & 1 == 0 { drop(place) }
    }
    while let gone = pending.popLast() {
      for atom in makes[gone] where isFalse[atom] && !isLost[atom] {
        isLost[atom] = true
        for asker in askers[atom] where stays[asker] && atHand[asker] < 0 {
          if !atomsOf[asker].contains(where: { isFalse[$0] && !isLost[$0] }) { drop(asker) }
        }
      }
    }
    return stays
  }

  /// Replaces what an action needs by what the enablers of one of its false atoms need, where that
  /// is less.
  private func refined(
    _ needs: [LocalStates.Spots], isFalse: [Bool], atHand: [Int8]
  ) -> [LocalStates.Spots] {
    var (result, isStable) = (needs, false)
    while !isStable {
      isStable = true
      for place in result.indices where atHand[place] < 0 && result[place] != 0 {
        for atom in atomsOf[place] where isFalse[atom] {
          let other = enablers[atom].reduce(0) { $0 | result[$1] }
          if other != result[place] && other & ~result[place] == 0 {
            result[place] = other
            isStable = false
          }
        }
      }
    }
    return result
  }
}
