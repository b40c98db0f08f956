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
  private let safe: SafeActions
  /// By demand and local state, where `DemandRows` do not tell kinds apart.
  private let cache = WordCache(keyWidth: 1, valueWidth: 1, bytesMax: 8 << 20)
  private let cacheKey = Cells<UInt64>(repeating: 0, count: 1)
  private let groupCount: Int
  /// By action of the system.
  private let placeOfWhole: Cells<Place>
  /// By action.
  private let placeOf: Cells<Int32>
  private let atoms: AtomLists
  /// The row of atom 0.
  private let firstAtomRow: Int
  /// By group.
  private let here: Cells<Here>
  /// Actions with transitions, in the order of the transitions, and how many there are.
  private let enabled: Cells<Enabled>
  private let enabledNow = Cells<Int>(repeating: 0, count: 1)
  /// By such a bit: its transitions.
  private let counts: Cells<Int32>
  /// By action of the system with transitions: the bit of its spot.
  private let bitNow: Cells<Int32>
  /// By word of a row.
  private let words: Cells<Word>
  /// By bit: its group.
  private let groupOfBit: Cells<Int32>
  /// Bits whose needs are not in the set yet: of enabled actions, and of others.
  private let pending: ActionStack
  private let pendingDisabled: ActionStack
  /// A row of needs for the state at hand, where rows cannot be remembered.
  private let scratch: Cells<UInt64>
  private let layoutKnown = Cells<Int>(repeating: -1, count: 1)
  /// Of the atoms without an owner.
  private let shared: KeyReader<Int>
  private let unowned: [Int]

  /// Words of a row that tells kinds of local states apart.
  static let wordsMax = 16

  init(_ tables: StubbornTables, wordsMax: Int) {
    let states = LocalStates(tables, wordsMax: wordsMax)
    safe = SafeActions(states)
    let groups = tables.groups
    groupCount = groups.members.count
    placeOfWhole = Cells(
      zip(groups.groupOfWhole, groups.placeOfWhole).map {
        Place(group: Int32($0), place: Int32($1))
      })
    placeOf = Cells(groups.placeOf.map { Int32($0) })
    atoms = AtomLists(tables, places: states.atomPlace)
    firstAtomRow = 2 * tables.isFault.count
    let none = Here(localState: 0, firstBit: 0, spotBase: 0, firstWhole: 0)
    here = Cells(repeating: none, count: groupCount)
    let wordCount = max(wordsMax, groupCount)
    let bitCount = 64 * wordCount
    enabled = Cells(repeating: Enabled(bit: 0, spot: 0), count: bitCount)
    counts = Cells(repeating: 0, count: bitCount)
    bitNow = Cells(repeating: 0, count: tables.actionCount)
    words = Cells(repeating: Word(), count: wordCount)
    groupOfBit = Cells(repeating: 0, count: bitCount)
    pending = ActionStack(capacity: bitCount)
    pendingDisabled = ActionStack(capacity: bitCount)
    scratch = Cells(repeating: 0, count: 2 * wordCount)
    shared = KeyReader(groups.sharedKeys)
    unowned = groups.ownerOf.indices.filter { groups.ownerOf[$0] < 0 }
    self.states = states
  }

  var byteCount: Int { states.byteCount + safe.byteCount + cache.byteCount }

  /// Looks at the local states and at the actions of the transitions; false where they do not say
  /// all, and where transitions do not come in the order of actions.
  func begin(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, _ count: Int,
    _ variants: borrowing VariantTable
  ) -> Bool {
    if !lookAtLocalStates(state) { return false }
    let (words, here, enabled) = (words.base, here.base, enabled.base)
    let (placeOfWhole, bitNow, counts) = (placeOfWhole.base, bitNow.base, counts.base)
    let spotOfWhole = states.spotOfWhole.base
    var (index, found, next) = (0, 0, 0)
    while index < count {
      let whole = Int(actions[index])
      // So each has a bit of its own.
      if whole < next { return false }
      next = whole &+ 1
      let first = index
      repeat { index &+= 1 } while index < count && Int(actions[index]) == whole
      let asked = placeOfWhole[whole]
      if asked.group < 0 { return false }
      let local = here[Int(asked.group)]
      var spot = spotOfWhole[Int(local.firstWhole &+ asked.place)]
      if spot == LocalStates.manySpots {
        spot = spotOfVariant(variants.variant(of: whole, state), Int(local.localState))
      }
      if spot < 0 { return false }
      let bit = local.firstBit &+ Int32(spot)
      bitNow[whole] = bit
      words[Int(bit >> 6)].enabled |= LocalClosure.mask(Int(bit))
      enabled[found] = Enabled(bit: bit, spot: local.spotBase &+ bit)
      counts[Int(bit)] = Int32(truncatingIfNeeded: index &- first)
      found &+= 1
    }
    enabledNow[0] = found
    return true
  }

  /// The spot of a variant of an action of a local state; `noSpot` where it is not at hand.
  @inline(__always)
  private func spotOfVariant(_ variant: Int, _ localState: Int) -> Int8 {
    if variant < 0 { return LocalStates.noSpot }
    return states.spotOf[Int(states.all[localState].firstMember &+ placeOf[variant])]
  }

  /// Notes the local state of each group; false where too many actions are at hand in one.
  @inline(__always)
  private func lookAtLocalStates(_ state: UnsafePointer<UInt64>) -> Bool {
    while !lookAtKnown(state) {
      for group in 0..<groupCount where !states.makeKnown(group, state) { return false }
    }
    if layoutKnown[0] != states.layoutNumber {
      layoutKnown[0] = states.layoutNumber
      for (bit, group) in states.groupOfBit.enumerated() { groupOfBit[bit] = group }
    }
    return true
  }

  /// The same where all of them are known; else false.
  @inline(__always)
  private func lookAtKnown(_ state: UnsafePointer<UInt64>) -> Bool {
    let (bases, words, here) = (states.bases, words.base, here.base)
    for word in 0..<states.wordCount { words[word].clear() }
    // Groups lie in their order: most in the word of the one before.
    var (word, present) = (0, 0 as UInt64)
    for group in 0..<groupCount {
      let number = bases.localState(of: group, state)
      if number < 0 { return false }
      let placement = bases.placements[number]
      here[group] = Here(
        localState: Int32(truncatingIfNeeded: number), firstBit: placement.firstBit,
        spotBase: placement.spotBase, firstWhole: placement.firstWhole)
      if Int(placement.firstBit >> 6) != word {
        words[word].present |= present
        (word, present) = (Int(placement.firstBit >> 6), 0)
      }
      present |= placement.present
    }
    words[word].present |= present
    return true
  }

  // MARK: Sets of one action

  /// An action that is safe in a state (`SafeActions`), by its number in the system; negative where
  /// there is none.
  @inline(__always)
  func safeAction(_ state: UnsafePointer<UInt64>) -> Int32 { safe.first(in: state, states) }

  // MARK: What a set depends on

  /// Words that `writeKey` writes.
  var keyWidth: Int { (groupCount + 1) / 2 + shared.count + 1 }

  /// Writes all that the closure of any action depends on in the state at hand: its local states,
  /// the atoms without an owner, what is enabled; false where it does not fit.
  func writeKey(_ state: UnsafePointer<UInt64>, _ key: UnsafeMutablePointer<UInt64>) -> Bool {
    var (word, bits, enabledBits) = (0, 0, 0 as UInt64)
    for group in 0..<groupCount {
      let number = here[group].localState
      let localState = UInt64(truncatingIfNeeded: number)
      if group & 1 == 0 {
        key[word] = localState
      } else {
        key[word] |= localState << 32
        word &+= 1
      }
      let placement = states.placements[Int(number)]
      let enabled = words[Int(placement.firstBit >> 6)].enabled & placement.present
      let spots = enabled >> UInt64(truncatingIfNeeded: placement.firstBit & 63)
      enabledBits |= spots << UInt64(truncatingIfNeeded: bits)
      bits &+= Int(states.all[Int(number)].spotCount)
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
  var enabledCount: Int { enabledNow[0] }

  /// Whether an action of the system with transitions is in the set that was closed last.
  @inline(__always)
  func isTaken(_ whole: Int32) -> Bool {
    let bit = Int(bitNow[Int(whole)])
    return words[bit >> 6].taken &>> UInt64(truncatingIfNeeded: bit) & 1 == 1
  }

  /// Whether an action of the system with transitions is in the set that was chosen.
  @inline(__always)
  func isChosen(_ whole: Int32) -> Bool {
    let bit = Int(bitNow[Int(whole)])
    return words[bit >> 6].best &>> UInt64(truncatingIfNeeded: bit) & 1 == 1
  }

  /// Chooses the smallest of the closures of keys, each given up as soon as it has as many
  /// transitions as the best one so far; false where none has fewer than all `count` of them. Where
  /// the proviso does not hold, the one that was closed last is none.
  ///
  /// `counted`: how many of the actions with transitions an outlook has counted.
  func choose(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, below count: Int32,
    _ proviso: Proviso, _ prospects: borrowing ProspectTable, triesAll: Bool, counted: Int,
    leadsOn: (Int) -> Bool
  ) -> Bool {
    var least = count
    let bases = Bases(states)
    for place in 0..<enabledCount {
      let size = closeKey(
        place, below: least, state, bases, prospects, triesAll: triesAll, counts: place >= counted)
      guard let size else { continue }
      if !proviso.holds(Int(count), { isTaken(actions[$0]) }, leadsOn) { continue }
      least = size
      for word in 0..<bases.wordCount { words.base[word].best = words[word].taken }
      if least == 1 { break }
    }
    return least < count
  }

  /// What `choose` comes to, as far as the proviso does not matter.
  func outlook(
    _ state: UnsafePointer<UInt64>, below count: Int32, _ prospects: borrowing ProspectTable,
    triesAll: Bool
  ) -> Outlook {
    let bases = Bases(states)
    var transition: Int32 = 0
    for place in 0..<enabledCount {
      let size = closeKey(
        place, below: count, state, bases, prospects, triesAll: triesAll, counts: true)
      if let size {
        return size == 1
          ? Outlook(transition: transition, counted: place &+ 1) : .open(counted: place &+ 1)
      }
      transition &+= counts[Int(enabled[place].bit)]
    }
    return .keepsAll
  }

  /// The transitions of the closure of an action with transitions; nil where they are not fewer
  /// than `limit`, and where it is no key or has poor prospects.
  @inline(__always)
  private func closeKey(
    _ place: Int, below limit: Int32, _ state: UnsafePointer<UInt64>, _ bases: Bases,
    _ prospects: borrowing ProspectTable, triesAll: Bool, counts: Bool
  ) -> Int32? {
    let spot = bases.spots + Int(enabled[place].spot)
    if spot.pointee.isFault { return nil }
    let variant = Int(spot.pointee.action)
    if !triesAll && prospects.isPoor(variant) { return nil }
    let size = close(Int(enabled[place].bit), spot.pointee.brings, below: limit, state, bases)
    if counts { prospects.count(variant, isClosed: size != nil) }
    return size
  }

  /// Calls `body` with each action with transitions, what it is a variant of, how many there are,
  /// and whether it is in the set that was chosen.
  func forEachEnabled(_ body: (_ action: Int, _ whole: Int, Int32, _ isChosen: Bool) -> Void) {
    for place in 0..<enabledCount {
      let spot = states.spots[Int(enabled[place].spot)]
      let transitions = counts[Int(enabled[place].bit)]
      body(Int(spot.action), Int(spot.whole), transitions, isChosen(spot.whole))
    }
  }

  /// The transitions of the closure of an enabled action; nil where they are not fewer than
  /// `limit`.
  @inline(__always)
  private func close(
    _ seed: Int, _ brings: Int32, below limit: Int32, _ state: UnsafePointer<UInt64>,
    _ bases: Bases
  ) -> Int32? {
    let size: Int32?
    switch firstStep(seed, brings, bases) {
    case .isClosed: size = counts[seed]
    case .bringsAll: size = nil
    case .goesOn: size = closeWhole(seed, below: limit, state, bases)
    }
    if let size, size < limit { return size }
    words.base[seed >> 6].failed |= LocalClosure.mask(seed)
    return nil
  }

  private enum FirstStep {
    case isClosed, bringsAll, goesOn
  }

  /// Takes an action alone; what it brings mostly decides about its closure: nothing, or all that
  /// is enabled or something whose own closure was too large.
  @inline(__always)
  private func firstStep(_ seed: Int, _ brings: Int32, _ bases: Bases) -> FirstStep {
    let row = row(of: Int(brings), bases)
    let (seedWord, mask) = (seed >> 6, LocalClosure.mask(seed))
    var (brought, left, failed) = (0 as UInt64, 0 as UInt64, 0 as UInt64)
    for word in 0..<bases.wordCount {
      let here = words.base + word
      here.pointee.taken = word == seedWord ? mask : 0
      let new = row[2 &* word] & here.pointee.present & ~here.pointee.taken
      brought |= new
      left |= here.pointee.enabled & ~(new | here.pointee.taken)
      failed |= new & here.pointee.failed
    }
    if brought == 0 { return .isClosed }
    return left == 0 || failed != 0 ? .bringsAll : .goesOn
  }

  /// The transitions of a closure, of which the action itself is taken.
  @inline(never)
  private func closeWhole(
    _ seed: Int, below limit: Int32, _ state: UnsafePointer<UInt64>, _ bases: Bases
  ) -> Int32? {
    pending.removeAll()
    pendingDisabled.removeAll()
    pending.push(seed)
    var size = counts[seed]
    while size < limit {
      if let bit = pending.pop() {
        size &+= add(Int(bases.spots[place(of: bit)].brings), bases)
      } else if let bit = pendingDisabled.pop() {
        size &+= addNeeds(of: place(of: bit), state, bases)
      } else {
        return size
      }
    }
    return nil
  }

  @inline(__always)
  private static func mask(_ bit: Int) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: bit)
  }

  @inline(__always)
  private func place(of bit: Int) -> Int {
    Int(here[Int(groupOfBit[bit])].spotBase) &+ bit
  }

  /// Adds what a demand needs; how many transitions come with it, or far too many.
  @inline(__always)
  private func add(_ demand: Int, _ bases: Bases) -> Int32 {
    let row = row(of: demand, bases)
    var added: Int32 = 0
    for word in 0..<bases.wordCount {
      let here = words.base + word
      var new = row[2 &* word] & here.pointee.present & ~here.pointee.taken
      if new == 0 { continue }
      if new & here.pointee.failed != 0 { return LocalClosure.tooMany }
      here.pointee.taken |= new
      while new != 0 {
        let bit = word << 6 | new.trailingZeroBitCount
        if here.pointee.enabled & new & (0 &- new) != 0 {
          added &+= counts[bit]
          pending.push(bit)
        } else {
          pendingDisabled.push(bit)
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
    let row = row(of: demand, bases)
    var price = 0
    for word in 0..<bases.wordCount {
      let here = words.base + word
      let new = row[2 &* word] & here.pointee.present & ~here.pointee.taken
      price &+= (new & here.pointee.enabled).nonzeroBitCount << 16 &+ new.nonzeroBitCount
    }
    return price
  }

  // MARK: What a demand needs

  /// A row of which each other word says what a demand needs of the spots that are present.
  ///
  /// Valid until the next call.
  @inline(__always)
  private func row(of demand: Int, _ bases: Bases) -> UnsafePointer<UInt64> {
    if bases.kindsShareBits { return workOut(demand, wordCount: bases.wordCount) }
    let row = bases.needs + 2 &* demand &* bases.wordCount
    for word in 0..<bases.wordCount where row[2 &* word &+ 1] & words[word].present != 0 {
      workOut(demand, inWord: word)
    }
    return row
  }

  /// Works out what a demand needs of all groups in the state at hand, where rows are for one
  /// state.
  @inline(never)
  private func workOut(_ demand: Int, wordCount: Int) -> UnsafePointer<UInt64> {
    scratch.base.update(repeating: 0, count: 2 * wordCount)
    for part in states.rows.of(Int(states.demands[demand].row)) {
      let local = here[Int(states.rows[part].group)]
      scratch[2 * Int(local.firstBit >> 6)] |=
        needs(demand, part, Int(local.localState)) << UInt64(local.firstBit & 63)
    }
    return UnsafePointer(scratch.base)
  }

  /// Works out what a demand needs of the groups in one word of a row.
  @inline(never)
  private func workOut(_ demand: Int, inWord word: Int) {
    for part in states.rows.of(Int(states.demands[demand].row)) {
      let local = here[Int(states.rows[part].group)]
      if Int(local.firstBit >> 6) == word { _ = needs(demand, part, Int(local.localState)) }
    }
  }

  /// What a demand needs of a local state of the group of a part of its row, as a set of spots.
  private func needs(_ demand: Int, _ part: Int, _ localState: Int) -> UInt64 {
    let placement = states.placements[localState]
    let (word, shift) = (Int(placement.firstBit >> 6), UInt64(placement.firstBit & 63))
    if states.kindsShareBits {
      let key = UInt64(truncatingIfNeeded: demand) << 32 | UInt64(truncatingIfNeeded: localState)
      cacheKey[0] = key
      if let known = cache.find(cacheKey.base) { return known[0] }
      let spots = workOut(demand, part, localState)
      cacheKey[0] = key
      cache.add(cacheKey.base)[0] = spots
      return spots
    }
    if let known = states.needsOf.needs(demand, word: word, present: placement.present) {
      return known >> shift
    }
    let spots = workOut(demand, part, localState)
    states.needsOf.note(spots << shift, demand, word: word, present: placement.present)
    return spots
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
      for other in states.rows.of(Int(asked.row))
      where states.rows[other].group == asking.group {
        inSet |= needs(demand, other, Int(spot.localState))
      }
    }
    var result: UInt64 = 0
    states.rows.forEachMember(of: states.rows[part]) { action in
      let needed = states.needs[Int(local.firstMember) + Int(placeOf[action])]
      if needed & ~result == 0 { return }
      if inSet != 0 && waits(action, for: asking, inSet) { return }
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
    var spots: UInt64 = 0
    states.rows.forEachMember(of: part) { action in
      spots |= states.needs[Int(local.firstMember) + Int(placeOf[action])]
    }
    return spots
  }
}
