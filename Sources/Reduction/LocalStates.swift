import TransitionSystem

/// What a stubborn set needs to know of each local state of each group (`ActionGroups`), worked
/// out when a local state is first met.
///
/// An action is *at hand* where all its atoms on own slots are true. Only these can be enabled. For
/// each of the others it is known which of those at hand a closed set with it needs: to be enabled
/// it waits for an own slot, which only actions of the group can set, and so on (`LocalReach`).
///
/// A slot that says nothing of what is at hand, and that nobody else asks, does not count: the
/// rest of a loop counter behind the loop. Local states that differ in such slots are one; what
/// atoms on them are false is not known, which is never wrong.
///
/// Deterministic: everything here depends on the local state only, but for the numbers.
///
/// Threads: one.
struct LocalStates: ~Copyable {
  /// One action at hand in one local state.
  struct Spot: BitwiseCopyable {
    let action: Int32
    /// What it is a variant of.
    let whole: Int32
    let isFault: Bool
    let localState: Int32
    /// What it brings where it is enabled, and where it is not and all its atoms are true.
    let brings: Int32
    let remedies: Int32
    /// Its atoms that its own group does not decide, in `choices`.
    let firstChoice: Int32
    let choiceCount: Int32
  }

  /// An atom, and the demand for those who may make it true.
  struct Choice: BitwiseCopyable {
    let atom: Int32
    let demand: Int32
  }

  /// A row of the tables, asked for by a spot.
  struct Demand: BitwiseCopyable {
    let spot: Int32
    /// As in `StubbornTables.words(ofRow:)`.
    let row: Int32
  }

  struct LocalState: BitwiseCopyable {
    let group: Int32
    /// Of the local states of the group those of which the same is needed have one number.
    let kind: Int32
    let firstSpot: Int32
    let spotCount: Int32
    /// By place in the group: what it needs (`needs`), and which spot it is (`spotOf`).
    let firstMember: Int32
    /// By own atom, in `ownFalse`: whether it is known to be false.
    let firstAtom: Int32
  }

  /// What is asked of the local states at hand in each state: apart, so that it lies in few cache
  /// lines.
  struct Placement: BitwiseCopyable {
    /// By action of the system among those of the group, in `spotOfWhole`.
    let firstWhole: Int32
    /// Where its spots lie in rows (`SpotLayout`); with the bit of a spot, its place among all; and
    /// its spots as bits of the word that they lie in.
    let firstBit: Int32
    let spotBase: Int32
    let present: UInt64
  }

  /// Bits of a set of spots of one local state.
  typealias Spots = UInt64
  static let spotsMax = 64

  let tables: StubbornTables
  let groups: ActionGroups
  let all = Pool<LocalState>()
  let placements = Pool<Placement>()
  let spots = Pool<Spot>()
  let choices = Pool<Choice>()
  let demands = Pool<Demand>()
  /// By demand: what it needs.
  let needsOf: DemandRows
  let rows: RowParts
  /// By place of a local state's members: the spots that a set with it needs.
  let needs = Pool<Spots>()
  let spotOf = Pool<Int8>()
  let ownFalse = Pool<Bool>()
  /// By place of a local state's actions of the system: the spot of its variant at hand; `noSpot`,
  /// or `manySpots`.
  let spotOfWhole = Pool<Int8>()
  static let noSpot: Int8 = -1
  static let manySpots: Int8 = -2
  /// By group: the atoms that it owns; by atom: its place among them.
  let ownAtoms: [[Int]]
  let atomPlace: [Int]
  /// By action: the atoms that its group owns.
  private let ownAtomsOf: [[Int]]
  private let reader: KeyReader<UInt16>
  /// By group: where its keys begin in `numbers`.
  private let firstNumber: Cells<Int>
  /// Of all groups.
  let keyCount: Int
  /// By key: the local state; -1 where it was not met yet, -2 where too many actions are at hand.
  private let numbers: Cells<Int32>
  private let reach: [LocalReach]
  private let known: Known
  /// Of its layout, read without checks.
  private let form: Cells<SpotLayout.Form>

  /// Local states by what counts of them: their group, and the truth of atoms.
  private final class Known {
    var numbers: [[Int8]: Int32] = [:]
    /// Of the keys in `numbers` and `kinds`, about.
    var byteCount = 0
    /// By group: kinds of local states by their `needs`.
    var kinds: [[[Spots]: Int32]]
    var layout: SpotLayout

    init(groupCount: Int, wordsMax: Int) {
      kinds = Array(repeating: [:], count: groupCount)
      layout = SpotLayout(groupCount: groupCount, wordsMax: wordsMax)
    }
  }

  /// `wordsMax`: words of a row that tells kinds apart.
  init(_ tables: StubbornTables, wordsMax: Int) {
    self.tables = tables
    groups = tables.groups
    let keys = groups.keys
    reader = KeyReader(keys)
    rows = RowParts(tables)
    known = Known(groupCount: keys.count, wordsMax: wordsMax)
    form = Cells(repeating: known.layout.form, count: 1)
    needsOf = DemandRows(width: known.layout.form.wordCount)
    var (places, count) = ([Int](), 0)
    for key in keys {
      places.append(count)
      count += key.count
    }
    firstNumber = Cells(places)
    keyCount = count
    numbers = Cells(repeating: -1, count: count)
    var own = [[Int]](repeating: [], count: keys.count)
    var place = [Int](repeating: -1, count: tables.atoms.count)
    for (atom, owner) in groups.ownerOf.enumerated() where owner >= 0 {
      place[atom] = own[owner].count
      own[owner].append(atom)
    }
    (ownAtoms, atomPlace) = (own, place)
    let groups = groups
    ownAtomsOf = tables.isFault.indices.map { action in
      tables.atoms.of(action).filter { groups.ownerOf[$0] == groups.groupOf[action] }
    }
    reach = keys.indices.map { LocalReach(group: $0, tables) }
  }

  var groupCount: Int { groups.members.count }

  /// Of an array and its entry in a dictionary, without the elements.
  private static let entryBytes = 64

  /// Of all that is remembered of local states.
  var byteCount: Int {
    let pools =
      all.byteCount + placements.byteCount + spots.byteCount + choices.byteCount
      + demands.byteCount + needs.byteCount + spotOf.byteCount + ownFalse.byteCount
      + spotOfWhole.byteCount
    return pools + needsOf.byteCount + known.byteCount
  }

  /// Where all lies that tells the local state of a group, until one is added.
  struct Bases {
    fileprivate let reader: KeyReader<UInt16>.Bases
    fileprivate let firstNumber: UnsafePointer<Int>
    fileprivate let numbers: UnsafePointer<Int32>
    let placements: UnsafePointer<Placement>

    /// Negative where it is not known.
    @inline(__always)
    func localState(of group: Int, _ state: UnsafePointer<UInt64>) -> Int {
      Int(numbers[key(of: group, state)])
    }

    /// The key of a group, among those of all groups.
    @inline(__always)
    func key(of group: Int, _ state: UnsafePointer<UInt64>) -> Int {
      firstNumber[group] &+ reader.key(group, state)
    }
  }

  var bases: Bases {
    Bases(
      reader: reader.bases, firstNumber: firstNumber.base, numbers: numbers.base,
      placements: placements.base)
  }

  /// Works out the local state of a group where it is not known yet; false where too many actions
  /// are at hand.
  @inline(never)
  func makeKnown(_ group: Int, _ state: UnsafePointer<UInt64>) -> Bool {
    let key = bases.key(of: group, state)
    if numbers[key] == -1 { numbers[key] = make(group, state) }
    return numbers[key] >= 0
  }

  private func make(_ group: Int, _ state: UnsafePointer<UInt64>) -> Int32 {
    var isFalse = ownAtoms[group].map { tables.atoms.placed[$0].isFalse(in: state) }
    let members = groups.members[group]
    let atHand = members.filter { action in
      !ownAtomsOf[action].contains { isFalse[atomPlace[$0]] }
    }
    if atHand.count > LocalStates.spotsMax { return -2 }
    let counting = counting(group, atHand, isFalse)
    var content = [Int8(truncatingIfNeeded: group), Int8(truncatingIfNeeded: group >> 8)]
    for (place, atom) in ownAtoms[group].enumerated() {
      let counts = counting.contains(SlotID(tables.atoms.slots[atom]))
      content.append(counts ? (isFalse[place] ? 1 : 2) : 0)
      if !counts { isFalse[place] = false }
    }
    if let number = known.numbers[content] { return number }
    let number = Int32(truncatingIfNeeded: all.count)
    known.numbers[content] = number
    known.byteCount += content.count + LocalStates.entryBytes
    add(group, atHand, isFalse, number)
    return number
  }

  private func add(_ group: Int, _ atHand: [Int], _ isFalse: [Bool], _ number: Int32) {
    var place = [Int8](repeating: -1, count: groups.members[group].count)
    for (spot, action) in atHand.enumerated() { place[groups.placeOf[action]] = Int8(spot) }
    let needed = reach[group].needs(isFalse: isFalse, atHand: place)
    all.append(
      LocalState(
        group: Int32(group), kind: kind(of: needed, group, spotCount: atHand.count),
        firstSpot: Int32(spots.count), spotCount: Int32(atHand.count),
        firstMember: Int32(needs.count), firstAtom: Int32(ownFalse.count)))
    placements.append(placement(of: all[all.count - 1], firstWhole: Int32(spotOfWhole.count)))
    for action in atHand { addSpot(action, group, localState: number) }
    var wholes = [Int8](repeating: LocalStates.noSpot, count: groups.wholeCounts[group])
    for (spot, action) in atHand.enumerated() {
      let place = groups.placeOfWhole[groups.wholeOf[action]]
      let isFirst = wholes[place] == LocalStates.noSpot
      wholes[place] = isFirst ? Int8(spot) : LocalStates.manySpots
    }
    for spot in wholes { spotOfWhole.append(spot) }
    for spot in place { spotOf.append(spot) }
    for mask in needed { needs.append(mask) }
    for value in isFalse { ownFalse.append(value) }
  }

  /// The slots that count: those that others ask, those that actions at hand ask, and so many that
  /// for each of the others a false atom is known.
  private func counting(_ group: Int, _ atHand: [Int], _ isFalse: [Bool]) -> SlotSet {
    var result = groups.askedByOthers[group]
    for action in atHand {
      for atom in ownAtomsOf[action] { result.insert(SlotID(tables.atoms.slots[atom])) }
    }
    for action in groups.members[group] {
      let mine = ownAtomsOf[action]
      let isKnown = mine.contains {
        isFalse[atomPlace[$0]] && result.contains(SlotID(tables.atoms.slots[$0]))
      }
      if isKnown { continue }
      if let first = mine.first(where: { isFalse[atomPlace[$0]] }) {
        result.insert(SlotID(tables.atoms.slots[first]))
      }
    }
    return result
  }

  private func addSpot(_ action: Int, _ group: Int, localState: Int32) {
    let count = tables.isFault.count
    let spot = spots.count
    let foreign = tables.atoms.of(action).filter { groups.ownerOf[$0] != group }
    let firstChoice = choices.count
    for atom in foreign {
      choices.append(
        Choice(atom: Int32(atom), demand: addDemand(spot, row: 2 * count + atom)))
    }
    spots.append(
      Spot(
        action: Int32(action), whole: Int32(groups.wholeOf[action]),
        isFault: tables.isFault[action], localState: localState,
        brings: addDemand(spot, row: action), remedies: addDemand(spot, row: count + action),
        firstChoice: Int32(firstChoice), choiceCount: Int32(foreign.count)))
  }

  private func addDemand(_ spot: Int, row: Int) -> Int32 {
    demands.append(Demand(spot: Int32(spot), row: Int32(row)))
    addNeeds(of: demands.count - 1)
    return Int32(demands.count - 1)
  }

  // MARK: Places in rows

  /// Whether each group has bits for one local state only, so that rows cannot be remembered.
  @inline(__always)
  var kindsShareBits: Bool { form[0].kindsShareBits }
  @inline(__always)
  var wordCount: Int { form[0].wordCount }
  /// How often all places have changed.
  @inline(__always)
  var layoutNumber: Int { form[0].number }
  /// By bit of a row: its group.
  var groupOfBit: [Int32] { known.layout.groupOfBit }

  private func kind(of needed: [Spots], _ group: Int, spotCount: Int) -> Int32 {
    if let kind = known.kinds[group][needed] { return kind }
    let kind = Int32(known.kinds[group].count)
    known.kinds[group][needed] = kind
    known.byteCount += MemoryLayout<Spots>.stride * needed.count + LocalStates.entryBytes
    known.layout.addKind(of: spotCount, to: group)
    if known.layout.form.number != layoutNumber {
      form[0] = known.layout.form
      for local in 0..<all.count {
        placements.replace(
          local, by: placement(of: all[local], firstWhole: placements[local].firstWhole))
      }
      needsOf.startAgain(width: wordCount)
      for demand in 0..<demands.count { addNeeds(of: demand) }
    }
    return kind
  }

  private func addNeeds(of demand: Int) {
    if kindsShareBits { return }
    let parts = rows.of(Int(demands[demand].row))
    needsOf.add(groups: parts.map { Int(rows[$0].group) }, known.layout)
  }

  /// Where the spots of a local state lie.
  private func placement(of local: LocalState, firstWhole: Int32) -> Placement {
    let bit = known.layout.firstBit(of: Int(local.kind), in: Int(local.group))
    let spots: Spots =
      local.spotCount == 0 ? 0 : .max >> UInt64(LocalStates.spotsMax - Int(local.spotCount))
    return Placement(
      firstWhole: firstWhole, firstBit: Int32(bit), spotBase: local.firstSpot - Int32(bit),
      present: spots << UInt64(bit & 63))
  }
}
