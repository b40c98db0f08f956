import TransitionSystem

/// Closures over the actions at hand, of which each agent has a few.
///
/// A stubborn set takes thousands of steps to close where it is a set of all actions. But what an
/// action at hand needs of another agent depends on the local states of the two alone: that is
/// worked out once for each such pair (`LocalStates`), and a closure is a search in a graph
/// with as many nodes as there are actions at hand.
///
/// Safety: spots of local states are below 64, groups below their count.
///
/// Threads: one; it belongs to its `StubbornSets`.
struct LocalClosure: ~Copyable {
  private let states: LocalStates
  /// By demand and local state.
  private let cache = WordCache(keyWidth: 1, valueWidth: 1, bytesMax: 8 << 20)
  private let cacheKey = Cells<UInt64>(repeating: 0, count: 1)
  private let groupCount: Int
  private let groupOf: Cells<Int32>
  private let placeOf: Cells<Int32>
  private let atoms: AtomLists
  private let rows: RowParts
  /// The row of atom 0.
  private let firstAtomRow: Int
  /// By group, in the state at hand: its local state, and the spots of what is enabled.
  private let here: Cells<Int32>
  private let enabled: Cells<UInt64>
  /// By enabled action: its spot.
  private let spotOf: Cells<UInt8>
  /// By group: the spots in a set, and those whose closure was too large.
  private let taken: Cells<UInt64>
  private let failed: Cells<UInt64>
  /// Spots whose needs are not in the set yet, as 64 group + spot: of enabled actions, and of
  /// others.
  private let pending: ActionStack
  private let pendingDisabled: ActionStack
  /// Of the atoms without an owner.
  private let shared: KeyReader
  private let unowned: [Int]

  init(_ tables: StubbornTables) {
    states = LocalStates(tables)
    let groups = tables.groups
    groupCount = groups.members.count
    let count = tables.isFault.count
    groupOf = Cells(groups.groupOf.map { Int32($0) })
    placeOf = Cells(groups.placeOf.map { Int32($0) })
    atoms = AtomLists(tables, places: states.atomPlace)
    rows = RowParts(tables)
    firstAtomRow = 2 * count
    here = Cells(repeating: 0, count: groupCount)
    enabled = Cells(repeating: 0, count: groupCount)
    spotOf = Cells(repeating: 0, count: count)
    taken = Cells(repeating: 0, count: groupCount)
    failed = Cells(repeating: 0, count: groupCount)
    pending = ActionStack(capacity: 64 * groupCount)
    pendingDisabled = ActionStack(capacity: 64 * groupCount)
    shared = KeyReader(groups.sharedKeys)
    unowned = groups.ownerOf.indices.filter { groups.ownerOf[$0] < 0 }
  }

  /// Looks at the local states; false where they do not say all.
  func begin(_ state: UnsafePointer<UInt64>, _ sets: StubbornSets) -> Bool {
    for group in 0..<groupCount {
      guard let localState = states.localState(of: group, state) else { return false }
      here[group] = Int32(truncatingIfNeeded: localState)
      enabled[group] = 0
      failed[group] = 0
    }
    for index in 0..<sets.enabled.count {
      let action = sets.enabled[index]
      let group = Int(groupOf[action])
      let local = states.all[Int(here[group])]
      let spot = states.spotOf[Int(local.firstMember &+ placeOf[action])]
      if spot < 0 { return false }
      spotOf[action] = UInt8(truncatingIfNeeded: spot)
      enabled[group] |= 1 << UInt64(truncatingIfNeeded: spot)
    }
    return true
  }

  // MARK: What a set depends on

  /// Words that `writeKey` writes.
  var keyWidth: Int { (groupCount + 1) / 2 + shared.count + 1 }

  /// Writes all that the closure of any action depends on in the state at hand: its local states,
  /// the atoms without an owner, what is enabled; false where it does not fit.
  func writeKey(_ state: UnsafePointer<UInt64>, _ key: UnsafeMutablePointer<UInt64>) -> Bool {
    var (word, bits, enabledBits) = (0, 0, 0 as UInt64)
    for group in 0..<groupCount {
      let localState = UInt64(truncatingIfNeeded: here[group])
      if group & 1 == 0 {
        key[word] = localState
      } else {
        key[word] |= localState << 32
        word &+= 1
      }
      enabledBits |= enabled[group] << UInt64(truncatingIfNeeded: bits)
      bits &+= Int(states.all[Int(here[group])].spotCount)
      if bits > 64 { return false }
    }
    word &+= groupCount & 1
    for number in 0..<shared.count {
      key[word] = UInt64(truncatingIfNeeded: shared.key(number, state))
      word &+= 1
    }
    key[word] = enabledBits
    return true
  }

  /// Notes the atoms that are false in all states with the key of this one.
  func noteKnownFalse(_ state: UnsafePointer<UInt64>, in row: borrowing Row) {
    row.removeAll()
    for group in 0..<groupCount {
      let first = Int(states.all[Int(here[group])].firstAtom)
      for (place, atom) in states.ownAtoms[group].enumerated()
      where states.ownFalse[first + place] {
        row.insert(atom)
      }
    }
    for atom in unowned where atoms.isFalse(atom, in: state) { row.insert(atom) }
  }

  // MARK: Closures

  /// Whether an enabled action is in the set that was closed last.
  @inline(__always)
  func isTaken(_ action: Int) -> Bool {
    taken[Int(groupOf[action])] >> UInt64(spotOf[action]) & 1 == 1
  }

  /// The transitions of the closure of an enabled action; nil where they are not fewer than
  /// `limit`.
  func close(
    _ seed: Int, below limit: Int32, _ state: UnsafePointer<UInt64>, _ sets: StubbornSets
  ) -> Int32? {
    for group in 0..<groupCount { taken[group] = 0 }
    pending.removeAll()
    pendingDisabled.removeAll()
    let (group, spot) = (Int(groupOf[seed]), Int(spotOf[seed]))
    taken[group] = 1 << UInt64(spot)
    pending.push(group << 6 | spot)
    var size = sets.counts[seed]
    while size < limit {
      if let node = pending.pop() {
        size &+= add(Int(self.spot(node).brings), sets)
      } else if let node = pendingDisabled.pop() {
        size &+= addNeeds(of: self.spot(node), state, sets)
      } else {
        return size
      }
    }
    failed[group] |= 1 << UInt64(spot)
    return nil
  }

  @inline(__always)
  private func spot(_ node: Int) -> LocalStates.Spot {
    states.spots[Int(states.all[Int(here[node >> 6])].firstSpot) &+ node & 63]
  }

  @inline(__always)
  private func needs(_ demand: Int, _ part: RowParts.Part, _ localState: Int) -> UInt64 {
    cacheKey[0] = UInt64(truncatingIfNeeded: demand) << 32 | UInt64(truncatingIfNeeded: localState)
    if let known = cache.find(cacheKey.base) { return known[0] }
    return workOut(demand, part, localState)
  }

  /// Adds what a demand needs; how many transitions come with it, or far too many.
  @inline(__always)
  private func add(_ demand: Int, _ sets: StubbornSets) -> Int32 {
    var added: Int32 = 0
    let row = Int(states.demands[demand].row)
    for index in rows.of(row) {
      let part = rows[index]
      let group = Int(part.group)
      let local = Int(here[group])
      var new = needs(demand, part, local) & ~taken[group]
      if new == 0 { continue }
      if new & failed[group] != 0 { return LocalClosure.tooMany }
      taken[group] |= new
      let firstSpot = Int(states.all[local].firstSpot)
      while new != 0 {
        let spot = new.trailingZeroBitCount
        new &= new &- 1
        if enabled[group] >> UInt64(spot) & 1 == 1 {
          added &+= sets.counts[Int(states.spots[firstSpot &+ spot].action)]
          pending.push(group << 6 | spot)
        } else {
          pendingDisabled.push(group << 6 | spot)
        }
      }
    }
    return added
  }

  private static var tooMany: Int32 { 1 << 30 }

  /// Adds all who may make a false atom of a disabled action true: of the atom that brings least.
  private func addNeeds(
    of spot: LocalStates.Spot, _ state: UnsafePointer<UInt64>, _ sets: StubbornSets
  ) -> Int32 {
    var (found, least) = (-1, Int.max)
    var others = false
    for index in 0..<Int(spot.choiceCount) {
      let choice = states.choices[Int(spot.firstChoice) &+ index]
      if !atoms.isFalse(Int(choice.atom), in: state) { continue }
      if found < 0 {
        found = Int(choice.demand)
        continue
      }
      if !others {
        others = true
        least = price(of: found, sets)
      }
      let price = price(of: Int(choice.demand), sets)
      if price < least { (least, found) = (price, Int(choice.demand)) }
    }
    return add(found < 0 ? Int(spot.remedies) : found, sets)
  }

  /// Enabled actions that a demand adds, and after them actions at hand at all.
  private func price(of demand: Int, _ sets: StubbornSets) -> Int {
    var price = 0
    let row = Int(states.demands[demand].row)
    for index in rows.of(row) {
      let part = rows[index]
      let group = Int(part.group)
      let new = needs(demand, part, Int(here[group])) & ~taken[group]
      price &+= (new & enabled[group]).nonzeroBitCount << 16 &+ new.nonzeroBitCount
    }
    return price
  }

  /// What a demand needs of a local state.
  ///
  /// An action that an own atom of the asking agent keeps from being enabled is waited for by
  /// that agent: where all who may make it true need nothing but what is in the set anyhow, the
  /// action needs nothing else.
  @inline(never)
  private func workOut(_ demand: Int, _ part: RowParts.Part, _ localState: Int) -> UInt64 {
    let asked = states.demands[demand]
    let spot = states.spots[Int(asked.spot)]
    let asking = states.all[Int(spot.localState)]
    let local = states.all[localState]
    var inSet: UInt64 = 0
    if asking.group != local.group {
      inSet = 1 << UInt64(asked.spot - asking.firstSpot)
      for index in rows.of(Int(asked.row)) where rows[index].group == asking.group {
        inSet |= needs(demand, rows[index], Int(spot.localState))
      }
    }
    var result: UInt64 = 0
    for index in Int(part.firstMember)..<Int(part.endMember) {
      let action = Int(rows.members[index])
      let needed = states.needs[Int(local.firstMember) + Int(placeOf[action])]
      if needed & ~result == 0 { continue }
      if inSet != 0 && waits(action, for: asking, inSet) { continue }
      result |= needed
    }
    cacheKey[0] = UInt64(demand) << 32 | UInt64(localState)
    cache.add(cacheKey.base)[0] = result
    return result
  }

  /// Whether an action waits for an agent of which nothing but `inSet` is needed for that.
  private func waits(
    _ action: Int, for asking: LocalStates.LocalState, _ inSet: UInt64
  ) -> Bool {
    for index in atoms.of(action) {
      let atom = atoms[index]
      guard atoms.owner(atom) == asking.group,
        states.ownFalse[Int(asking.firstAtom + atoms.place(atom))]
      else { continue }
      // Nobody else writes a slot that is owned.
      let spots = rows.of(firstAtomRow + atom).reduce(0 as UInt64) {
        $0 | needed(by: rows[$1], in: asking)
      }
      if spots & ~inSet == 0 { return true }
    }
    return false
  }

  /// The spots of a local state that the actions of a part need there.
  private func needed(by part: RowParts.Part, in local: LocalStates.LocalState) -> UInt64 {
    (Int(part.firstMember)..<Int(part.endMember)).reduce(0 as UInt64) {
      $0 | states.needs[Int(local.firstMember) + Int(placeOf[Int(rows.members[$1])])]
    }
  }
}
