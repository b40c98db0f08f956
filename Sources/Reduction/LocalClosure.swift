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
  /// By demand and local state, where `DemandTable` does without.
  private let cache = WordCache(keyWidth: 1, valueWidth: 1, bytesMax: 8 << 20)
  private let cacheKey = Cells<UInt64>(repeating: 0, count: 1)
  private let groupCount: Int
  /// By action of the system.
  private let groupOfWhole: Cells<Int32>
  private let placeOfWhole: Cells<Int32>
  /// By action.
  private let placeOf: Cells<Int32>
  private let atoms: AtomLists
  /// The row of atom 0.
  private let firstAtomRow: Int
  /// By group.
  private let here: Cells<Here>
  /// Spots with transitions as 64 group + spot, in the order of the transitions.
  private let enabled: ActionStack
  /// By such a spot: its transitions.
  private let counts: Cells<Int32>
  /// By action of the system with transitions: its spot.
  private let spotNow: Cells<Int32>
  /// Spots whose needs are not in the set yet: of enabled actions, and of others.
  private let pending: ActionStack
  private let pendingDisabled: ActionStack
  /// Of the atoms without an owner.
  private let shared: KeyReader
  private let unowned: [Int]

  /// Where the parts of `states` lie while no local state is added, so that they need not be looked
  /// up again behind each store.
  private struct Bases {
    let spots: UnsafePointer<LocalStates.Spot>
    let choices: UnsafePointer<LocalStates.Choice>
    let demands: UnsafePointer<LocalStates.Demand>
    let parts: UnsafePointer<DemandTable.Part>
    let cells: UnsafePointer<UInt16>

    init(_ states: borrowing LocalStates) {
      spots = states.spots.base
      choices = states.choices.base
      demands = states.demands.base
      parts = states.table.parts.base
      cells = states.table.cells
    }
  }

  /// A group in the state at hand.
  private struct Here: BitwiseCopyable {
    let localState: Int32
    /// What is at hand there (`LocalStates.LocalState`).
    let kind: Int32
    let firstSpot: Int32
    let firstWhole: Int32
    /// The spots with transitions; in the set that was closed last; whose closure was too large; in
    /// the set chosen.
    var enabled: UInt64 = 0
    var taken: UInt64 = 0
    var failed: UInt64 = 0
    var best: UInt64 = 0
  }

  init(_ tables: StubbornTables) {
    states = LocalStates(tables)
    let groups = tables.groups
    groupCount = groups.members.count
    groupOfWhole = Cells(groups.groupOfWhole.map { Int32($0) })
    placeOfWhole = Cells(groups.placeOfWhole.map { Int32($0) })
    placeOf = Cells(groups.placeOf.map { Int32($0) })
    atoms = AtomLists(tables, places: states.atomPlace)
    firstAtomRow = 2 * tables.isFault.count
    let none = Here(localState: 0, kind: 0, firstSpot: 0, firstWhole: 0)
    here = Cells(repeating: none, count: groupCount)
    enabled = ActionStack(capacity: 64 * groupCount)
    counts = Cells(repeating: 0, count: 64 * groupCount)
    spotNow = Cells(repeating: 0, count: tables.actionCount)
    pending = ActionStack(capacity: 64 * groupCount)
    pendingDisabled = ActionStack(capacity: 64 * groupCount)
    shared = KeyReader(groups.sharedKeys)
    unowned = groups.ownerOf.indices.filter { groups.ownerOf[$0] < 0 }
  }

  var byteCount: Int { states.byteCount + cache.byteCount }

  /// Looks at the local states and at the actions of the transitions; false where they do not say
  /// all.
  func begin(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, _ count: Int,
    _ variants: borrowing VariantTable
  ) -> Bool {
    for group in 0..<groupCount {
      guard let number = states.localState(of: group, state) else { return false }
      let local = states.all[number]
      here[group] = Here(
        localState: Int32(truncatingIfNeeded: number), kind: local.kind,
        firstSpot: local.firstSpot, firstWhole: local.firstWhole)
    }
    enabled.removeAll()
    var (last, spot) = (-1 as Int32, 0)
    for index in 0..<count {
      if actions[index] != last {
        last = actions[index]
        guard let found = self.spot(of: Int(last), state, variants) else { return false }
        spot = found
        spotNow[Int(last)] = Int32(truncatingIfNeeded: spot)
        if here[spot >> 6].enabled >> UInt64(spot & 63) & 1 == 0 {
          here.base[spot >> 6].enabled |= 1 << UInt64(spot & 63)
          enabled.push(spot)
          counts[spot] = 0
        }
      }
      counts[spot] &+= 1
    }
    return true
  }

  /// The spot of an action of the system in the state at hand; nil where it is not at hand.
  @inline(__always)
  private func spot(
    of whole: Int, _ state: UnsafePointer<UInt64>, _ variants: borrowing VariantTable
  ) -> Int? {
    let group = Int(groupOfWhole[whole])
    if group < 0 { return nil }
    var spot = states.spotOfWhole[Int(here[group].firstWhole &+ placeOfWhole[whole])]
    if spot == LocalStates.manySpots {
      let variant = variants.variant(of: whole, state)
      if variant < 0 { return nil }
      let local = states.all[Int(here[group].localState)]
      spot = states.spotOf[Int(local.firstMember &+ placeOf[variant])]
    }
    return spot < 0 ? nil : group << 6 | Int(spot)
  }

  // MARK: What a set depends on

  /// Words that `writeKey` writes.
  var keyWidth: Int { (groupCount + 1) / 2 + shared.count + 1 }

  /// Writes all that the closure of any action depends on in the state at hand: its local states,
  /// the atoms without an owner, what is enabled; false where it does not fit.
  func writeKey(_ state: UnsafePointer<UInt64>, _ key: UnsafeMutablePointer<UInt64>) -> Bool {
    var (word, bits, enabledBits) = (0, 0, 0 as UInt64)
    for group in 0..<groupCount {
      let localState = UInt64(truncatingIfNeeded: here[group].localState)
      if group & 1 == 0 {
        key[word] = localState
      } else {
        key[word] |= localState << 32
        word &+= 1
      }
      enabledBits |= here[group].enabled << UInt64(truncatingIfNeeded: bits)
      bits &+= Int(states.all[Int(here[group].localState)].spotCount)
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
      let first = Int(states.all[Int(here[group].localState)].firstAtom)
      for (place, atom) in states.ownAtoms[group].enumerated()
      where states.ownFalse[first + place] {
        row.insert(atom)
      }
    }
    for atom in unowned where atoms.isFalse(atom, in: state) { row.insert(atom) }
  }

  // MARK: Closures

  /// Actions with transitions in the state at hand.
  var enabledCount: Int { enabled.count }

  /// Whether an action of the system with transitions is in the set that was closed last.
  @inline(__always)
  func isTaken(_ whole: Int32) -> Bool {
    let spot = Int(spotNow[Int(whole)])
    return here.base[spot >> 6].taken >> UInt64(spot & 63) & 1 == 1
  }

  /// Whether an action of the system with transitions is in the set that was chosen.
  @inline(__always)
  func isChosen(_ whole: Int32) -> Bool {
    let spot = Int(spotNow[Int(whole)])
    return here.base[spot >> 6].best >> UInt64(spot & 63) & 1 == 1
  }

  /// Chooses the smallest of the closures of keys, each given up as soon as it has as many
  /// transitions as the best one so far; false where none has fewer than `count`. Where `leadsOn`
  /// says no, the one that was closed last is none.
  func choose(
    _ state: UnsafePointer<UInt64>, below count: Int32, leadsOn: () -> Bool
  ) -> Bool {
    var least = count
    let bases = Bases(states)
    for place in 0..<enabled.count where !self[enabled[place]].isFault {
      guard let size = close(enabled[place], below: least, state, bases) else { continue }
      if !leadsOn() { continue }
      least = size
      for group in 0..<groupCount { here.base[group].best = here[group].taken }
      if least == 1 { break }
    }
    return least < count
  }

  /// Calls `body` with each action with transitions, what it is a variant of, how many there are,
  /// and whether it is in the set that was chosen.
  func forEachEnabled(_ body: (_ action: Int, _ whole: Int, Int32, _ isChosen: Bool) -> Void) {
    for place in 0..<enabled.count {
      let spot = enabled[place]
      let isChosen = here[spot >> 6].best >> UInt64(spot & 63) & 1 == 1
      body(Int(self[spot].action), Int(self[spot].whole), counts[spot], isChosen)
    }
  }

  /// The transitions of the closure of an enabled action; nil where they are not fewer than
  /// `limit`.
  private func close(
    _ seed: Int, below limit: Int32, _ state: UnsafePointer<UInt64>, _ bases: Bases
  ) -> Int32? {
    for group in 0..<groupCount { here.base[group].taken = 0 }
    pending.removeAll()
    pendingDisabled.removeAll()
    here.base[seed >> 6].taken = 1 << UInt64(seed & 63)
    pending.push(seed)
    var size = counts[seed]
    while size < limit {
      if let spot = pending.pop() {
        size &+= add(Int(bases.spots[place(of: spot)].brings), bases)
      } else if let spot = pendingDisabled.pop() {
        size &+= addNeeds(of: place(of: spot), state, bases)
      } else {
        return size
      }
    }
    here.base[seed >> 6].failed |= 1 << UInt64(seed & 63)
    return nil
  }

  @inline(__always)
  private subscript(spot: Int) -> LocalStates.Spot { states.spots[place(of: spot)] }

  @inline(__always)
  private func place(of spot: Int) -> Int { Int(here[spot >> 6].firstSpot) &+ spot & 63 }

  /// What a part of a demand needs of the local state of its group in the state at hand.
  @inline(__always)
  private func needs(_ demand: Int, _ part: Int, _ bases: Bases) -> UInt64 {
    let asked = bases.parts[part]
    let local = here.base + Int(asked.group)
    let known = bases.cells[Int(asked.firstCell &+ local.pointee.kind)]
    if known != DemandTable.unknown { return UInt64(known) }
    return needs(demand, part, Int(local.pointee.localState))
  }

  /// The same of any local state of its group.
  @inline(never)
  private func needs(_ demand: Int, _ part: Int, _ localState: Int) -> UInt64 {
    let asked = states.table.parts[part]
    let kind = states.all[localState].kind
    let known = states.table[asked, kind]
    if known != DemandTable.unknown { return UInt64(known) }
    cacheKey[0] = UInt64(truncatingIfNeeded: demand) << 32 | UInt64(truncatingIfNeeded: localState)
    if let known = cache.find(cacheKey.base) { return known[0] }
    let spots = workOut(demand, part, localState)
    if !states.table.note(spots, asked, kind) {
      cacheKey[0] = UInt64(demand) << 32 | UInt64(localState)
      cache.add(cacheKey.base)[0] = spots
    }
    return spots
  }

  /// The parts of a demand.
  private func parts(_ demand: Int) -> Range<Int> {
    Int(states.demands[demand].firstPart)..<Int(states.demands[demand].endPart)
  }

  /// Adds what a demand needs; how many transitions come with it, or far too many.
  @inline(__always)
  private func add(_ demand: Int, _ bases: Bases) -> Int32 {
    var added: Int32 = 0
    for part in Int(bases.demands[demand].firstPart)..<Int(bases.demands[demand].endPart) {
      let group = Int(bases.parts[part].group)
      let local = here.base + group
      var new = needs(demand, part, bases) & ~local.pointee.taken
      if new == 0 { continue }
      if new & local.pointee.failed != 0 { return LocalClosure.tooMany }
      local.pointee.taken |= new
      while new != 0 {
        let spot = group << 6 | new.trailingZeroBitCount
        if local.pointee.enabled & new & (0 &- new) != 0 {
          added &+= counts[spot]
          pending.push(spot)
        } else {
          pendingDisabled.push(spot)
        }
        new &= new &- 1
      }
    }
    return added
  }

  private static var tooMany: Int32 { 1 << 30 }

  /// Adds all who may make a false atom of a disabled action true: of the atom that brings least.
  private func addNeeds(
    of place: Int, _ state: UnsafePointer<UInt64>, _ bases: Bases
  ) -> Int32 {
    let spot = bases.spots + place
    var (found, least) = (-1, Int.max)
    var others = false
    for index in 0..<Int(spot.pointee.choiceCount) {
      let choice = bases.choices[Int(spot.pointee.firstChoice) &+ index]
      if !atoms.isFalse(Int(choice.atom), in: state) { continue }
      if found < 0 {
        found = Int(choice.demand)
        continue
      }
      if !others {
        others = true
        least = price(of: found, bases)
      }
      let price = price(of: Int(choice.demand), bases)
      if price < least { (least, found) = (price, Int(choice.demand)) }
    }
    return add(found < 0 ? Int(spot.pointee.remedies) : found, bases)
  }

  /// Enabled actions that a demand adds, and after them actions at hand at all.
  private func price(of demand: Int, _ bases: Bases) -> Int {
    var price = 0
    for part in Int(bases.demands[demand].firstPart)..<Int(bases.demands[demand].endPart) {
      let local = here.base + Int(bases.parts[part].group)
      let new = needs(demand, part, bases) & ~local.pointee.taken
      price &+= (new & local.pointee.enabled).nonzeroBitCount << 16 &+ new.nonzeroBitCount
    }
    return price
  }

  /// What a demand needs of a local state.
  ///
  /// An action that an own atom of the asking agent keeps from being enabled is waited for by
  /// that agent: where all who may make it true need nothing but what is in the set anyhow, the
  /// action needs nothing else.
  @inline(never)
  private func workOut(_ demand: Int, _ part: Int, _ localState: Int) -> UInt64 {
    let asked = states.demands[demand]
    let spot = states.spots[Int(asked.spot)]
    let asking = states.all[Int(spot.localState)]
    let local = states.all[localState]
    var inSet: UInt64 = 0
    if asking.group != local.group {
      inSet = 1 << UInt64(asked.spot - asking.firstSpot)
      for other in parts(demand) where states.table.parts[other].group == asking.group {
        inSet |= needs(demand, other, Int(spot.localState))
      }
    }
    let firstPart = states.rows.of(Int(asked.row)).lowerBound
    let members = states.rows[firstPart + part - Int(asked.firstPart)]
    var result: UInt64 = 0
    for index in Int(members.firstMember)..<Int(members.endMember) {
      let action = Int(states.rows.members[index])
      let needed = states.needs[Int(local.firstMember) + Int(placeOf[action])]
      if needed & ~result == 0 { continue }
      if inSet != 0 && waits(action, for: asking, inSet) { continue }
      result |= needed
    }
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
      let spots = states.rows.of(firstAtomRow + atom).reduce(0 as UInt64) {
        $0 | needed(by: states.rows[$1], in: asking)
      }
      if spots & ~inSet == 0 { return true }
    }
    return false
  }

  /// The spots of a local state that the actions of a part need there.
  private func needed(by part: RowParts.Part, in local: LocalStates.LocalState) -> UInt64 {
    (Int(part.firstMember)..<Int(part.endMember)).reduce(0 as UInt64) {
      $0 | states.needs[Int(local.firstMember) + Int(placeOf[Int(states.rows.members[$1])])]
    }
  }
}
