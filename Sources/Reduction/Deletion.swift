/// The deletion algorithm: begins with all actions and leaves out one enabled action after the
/// other, with all that cannot be in the set without it, as long as a key stays that leads on.
///
/// An enabled member goes with anything it brings. A disabled one goes when each of its false atoms
/// has lost somebody who may make it true; one without false atoms, with any of its remedies. What
/// stays is the largest set without the deleted ones; so an action that cannot be deleted once can
/// never be, and one pass is enough: no set that these relations allow has fewer of the enabled
/// actions that stay (a proper subset of them).
///
/// Source: Valmari, The state explosion problem, 1998, section 7.4; Laarman et al. 2014, section 3.
///
/// Threads: one; it belongs to its `StubbornSets`.
final class Deletion {
  private let turned: DeletionTables
  private let width: Int
  /// What is left.
  let members: Row
  private let keys: Row
  /// Of those left.
  private(set) var keyCount = 0
  /// False atoms that not all are left for who may make them true.
  private let lostAtoms: Row
  /// Disabled actions without a false atom.
  private let bare: Row
  private let membersBefore: Row
  private let lostBefore: Row
  private var pending: [Int] = []

  init(_ sets: StubbornSets) {
    turned = DeletionTables(sets.tables)
    width = sets.width
    members = Row(width: width)
    keys = Row(width: width)
    bare = Row(width: width)
    membersBefore = Row(width: width)
    lostAtoms = Row(width: sets.atomWidth)
    lostBefore = Row(width: sets.atomWidth)
  }

  /// All actions are there, and no keys yet.
  func begin(_ sets: StubbornSets) {
    keyCount = 0
    keys.removeAll()
    bare.removeAll()
    lostAtoms.removeAll()
    for action in sets.tables.isFault.indices {
      members.insert(action)
      if sets.counts[action] == 0 && !hasHope(action, sets) { bare.insert(action) }
    }
  }

  func isKey(_ action: Int) -> Bool { keys.contains(action) }

  func addKey(_ action: Int) {
    keys.insert(action)
    keyCount += 1
  }

  /// Leaves an action out with all that depends on it, unless no key would be left.
  func tryToDelete(_ action: Int, _ sets: StubbornSets) {
    membersBefore.take(members)
    lostBefore.take(lostAtoms)
    let keysBefore = keyCount
    pending.removeAll(keepingCapacity: true)
    drop(action)
    while keyCount > 0, let next = pending.popLast() { follow(next, sets) }
    if keyCount > 0 { return }
    members.take(membersBefore)
    lostAtoms.take(lostBefore)
    keyCount = keysBefore
  }

  /// Leaves an action out with all that depends on it, keys or not.
  func delete(_ action: Int, _ sets: StubbornSets) {
    if !members.contains(action) { return }
    pending.removeAll(keepingCapacity: true)
    drop(action)
    while let next = pending.popLast() { follow(next, sets) }
  }

  private func drop(_ action: Int) {
    members.remove(action)
    pending.append(action)
    if keys.contains(action) { keyCount -= 1 }
  }

  /// Drops all that cannot stay without an action.
  private func follow(_ action: Int, _ sets: StubbornSets) {
    for word in 0..<width {
      var gone = turned.broughtBy[action * width + word] & sets.enabledRow.words[word]
      gone |= turned.remediedBy[action * width + word] & bare.words[word]
      gone &= members.words[word]
      while gone != 0 {
        drop(word << 6 + gone.trailingZeroBitCount)
        gone &= gone &- 1
      }
    }
    for atom in turned.atomsOf[action]
    where sets.falseAtoms.contains(atom) && !lostAtoms.contains(atom) {
      lostAtoms.insert(atom)
      for asker in turned.askers[atom]
      where members.contains(asker) && sets.counts[asker] == 0 && !hasHope(asker, sets) {
        drop(asker)
      }
    }
  }

  /// Whether an action has a false atom that all who may make it true are left for.
  private func hasHope(_ action: Int, _ sets: StubbornSets) -> Bool {
    let mine = sets.atomsOf.row(action)
    for word in 0..<sets.atomWidth
    where mine[word] & sets.falseAtoms.words[word] & ~lostAtoms.words[word] != 0 { return true }
    return false
  }
}
