import TransitionSystem

/// The closure of each key, given up as soon as it has as many transitions as the best one so far.
///
/// A closure that comes upon a key whose own closure was too large is given up at once. (That key's
/// closure might have been smaller in this company; to find that out costs more than it brings.)
///
/// Source: Valmari 1991; choosing among false atoms by what they bring: Laarman et al. 2014,
/// section 4, without their selection by search.
extension StubbornSets {
  func closeWhole(_ count: Int32, leadsOn: ((Int) -> Bool) -> Bool) -> Bool {
    var least = count
    failedSeeds.removeAll()
    for place in 0..<enabled.count where !isFault[enabled[place]] {
      guard let size = close(enabled[place], below: least) else {
        failedSeeds.insert(enabled[place])
        continue
      }
      if !leadsOn({ members.contains($0) }) { continue }
      least = size
      best.take(members)
      if least == 1 { break }
    }
    return least < count
  }

  /// The closures with the fewest actions, as sets of places in `enabled`.
  func closures(below count: Int32) -> ClosureMemo.Sets {
    var sets = ClosureMemo.Sets()
    failedSeeds.removeAll()
    for place in 0..<enabled.count where !isFault[enabled[place]] {
      guard close(enabled[place], below: count) != nil else {
        failedSeeds.insert(enabled[place])
        continue
      }
      var set: UInt64 = 0
      for place in 0..<enabled.count where members.contains(enabled[place]) {
        set |= 1 << UInt64(place)
      }
      sets.add(set)
      if sets.isFinal { break }
    }
    return sets
  }

  /// The transitions of the closure of one action; nil where they are not fewer than `limit`.
  ///
  /// What enabled members bring comes first: it decides soonest that there are too many.
  private func close(_ seed: Int, below limit: Int32) -> Int32? {
    members.removeAll()
    members.insert(seed)
    servedAtoms.removeAll()
    pending.removeAll()
    pendingDisabled.removeAll()
    pending.push(seed)
    var size = counts[seed]
    while size < limit {
      if let action = pending.pop() {
        size += add(brings.row(action))
      } else if let action = pendingDisabled.pop() {
        size += addNeeds(of: action)
      } else {
        return size
      }
    }
    return nil
  }

  /// Adds a row; how many transitions come with it, or far too many.
  @inline(__always)
  private func add(_ row: UnsafePointer<UInt64>) -> Int32 {
    var added: Int32 = 0
    for word in 0..<width {
      let new = row[word] & ~members.words[word]
      if new == 0 { continue }
      if new & failedSeeds.words[word] != 0 { return StubbornSets.tooMany }
      members.words[word] |= new
      var on = new & enabledRow.words[word]
      var off = new & ~on
      while on != 0 {
        let action = word << 6 + on.trailingZeroBitCount
        added += counts[action]
        pending.push(action)
        on &= on &- 1
      }
      while off != 0 {
        pendingDisabled.push(word << 6 + off.trailingZeroBitCount)
        off &= off &- 1
      }
    }
    return added
  }

  private static var tooMany: Int32 { 1 << 30 }

  /// Adds all who may make a false atom of a disabled action true: of the atom that brings least,
  /// where an enabled action counts as many.
  private func addNeeds(of action: Int) -> Int32 {
    let mine = atomsOf.row(action)
    var first = -1
    for word in 0..<atomWidth {
      let falseOnes = mine[word] & falseAtoms.words[word]
      if falseOnes & servedAtoms.words[word] != 0 { return 0 }
      if first < 0 && falseOnes != 0 { first = word << 6 + falseOnes.trailingZeroBitCount }
    }
    if first < 0 { return add(remedies.row(action)) }
    let atom = cheapest(of: mine, first)
    servedAtoms.insert(atom)
    return add(atomRows.row(atom))
  }

  /// Of the false atoms in a row, the one that brings least. `first`: the first of them.
  @inline(__always)
  private func cheapest(of mine: UnsafePointer<UInt64>, _ first: Int) -> Int {
    var (result, least) = (first, -1)
    var word = first >> 6
    var rest = mine[word] & falseAtoms.words[word] & ~(1 << UInt64(first & 63))
    while true {
      while rest != 0 {
        let atom = word << 6 + rest.trailingZeroBitCount
        rest &= rest &- 1
        // Where there is no choice, no price need be known.
        if least < 0 { least = price(of: first, below: .max) }
        if least == 0 { return result }
        let price = price(of: atom, below: least)
        if price < least { (least, result) = (price, atom) }
      }
      word += 1
      if word >= atomWidth { return result }
      rest = mine[word] & falseAtoms.words[word]
    }
  }

  /// What an atom brings: nothing, or so many enabled actions, and after them actions at all (those
  /// that are there already included: to count the others costs more than it brings). Anything that
  /// is not less where it is not below `limit`.
  @inline(__always)
  private func price(of atom: Int, below limit: Int) -> Int {
    let row = atomRows.row(atom)
    var isNew = false
    var price = atomSizes[atom]
    for word in 0..<width {
      let new = row[word] & ~members.words[word]
      if new == 0 { continue }
      isNew = true
      if price >= limit { return price }
      var on = new & enabledRow.words[word]
      while on != 0 {
        price += 1 << 16
        on &= on &- 1
      }
    }
    return isNew ? price : 0
  }
}
