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
  private let broughtBy: RowTable
  private let remediedBy: RowTable
  /// By action: the atoms that it may make true; by atom: the actions that ask for it.
  private let made: NumberLists
  private let askers: NumberLists
  private let width: Int
  /// What is left.
  let members: Row
  private let keys: Row
  /// Of those left. In memory for the reason given at `ActionStack`.
  private let keysLeft = Cells<Int>(repeating: 0, count: 1)
  /// False atoms that not all are left for who may make them true.
  private let lostAtoms: Row
  /// Disabled actions without a false atom.
  private let bare: Row
  private let membersBefore: Row
  private let lostBefore: Row
  private let pending: ActionStack

  init(_ sets: StubbornSets) {
    let turned = DeletionTables(sets.tables)
    width = sets.width
    broughtBy = RowTable(turned.broughtBy, width: width)
    remediedBy = RowTable(turned.remediedBy, width: width)
    made = NumberLists(turned.atomsOf)
    askers = NumberLists(turned.askers)
    pending = ActionStack(capacity: sets.tables.isFault.count)
    members = Row(width: width)
    keys = Row(width: width)
    bare = Row(width: width)
    membersBefore = Row(width: width)
    lostAtoms = Row(width: sets.atomWidth)
    lostBefore = Row(width: sets.atomWidth)
  }

  /// Of those left.
  var keyCount: Int { keysLeft[0] }

  /// All actions are there, and no keys yet.
  func begin(_ sets: StubbornSets) {
    keysLeft[0] = 0
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
    keysLeft[0] &+= 1
  }

  /// Leaves an action out with all that depends on it, unless no key would be left.
  func tryToDelete(_ action: Int, _ sets: StubbornSets) {
    membersBefore.take(members)
    lostBefore.take(lostAtoms)
    let keysBefore = keyCount
    pending.removeAll()
    drop(action)
    while keyCount > 0, let next = pending.pop() { follow(next, sets) }
    if keyCount > 0 { return }
    members.take(membersBefore)
    lostAtoms.take(lostBefore)
    keysLeft[0] = keysBefore
  }

  /// Leaves an action out with all that depends on it, keys or not.
  func delete(_ action: Int, _ sets: StubbornSets) {
    if !members.contains(action) { return }
    pending.removeAll()
    drop(action)
    while let next = pending.pop() { follow(next, sets) }
  }

  private func drop(_ action: Int) {
    members.remove(action)
    pending.push(action)
    if keys.contains(action) { keysLeft[0] &-= 1 }
  }

  /// Drops all that cannot stay without an action.
  private func follow(_ action: Int, _ sets: StubbornSets) {
    let (brought, remedied) = (broughtBy.row(action), remediedBy.row(action))
    for word in 0..<width {
      var gone = brought[word] & sets.enabledRow.words[word]
      gone |= remedied[word] & bare.words[word]
      gone &= members.words[word]
      while gone != 0 {
        drop(word << 6 + gone.trailingZeroBitCount)
        gone &= gone &- 1
      }
    }
    made.forEach(of: action) { atom in
      if !sets.falseAtoms.contains(atom) || lostAtoms.contains(atom) { return }
      lostAtoms.insert(atom)
      askers.forEach(of: atom) { asker in
        if members.contains(asker) && sets.counts[asker] == 0 && !hasHope(asker, sets) {
          drop(asker)
        }
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
