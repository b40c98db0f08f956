import TransitionSystem

/// Computes a stubborn set at one state after the other; one for each worker.
///
/// A set has a key: an enabled member that is no fault. Where only faults are enabled there is no
/// reduction: then no member of a set could vouch for a deadlock further on, in which faults may be
/// enabled. Where what is left out must not be put off for ever, an enabled member leads nearer to
/// a state that is expanded fully; the search says which transitions do, and is asked late, because
/// that costs it a look into the visited set.
///
/// Deterministic: depends on the state, its transitions and the search's answers only.
///
/// Threads: one.
public final class StubbornSets {
  public let tables: StubbornTables
  /// `auto` is `closure`, unless `local` finds as much.
  public var choice: StubbornChoice {
    get { method[0] }
    set { method[0] = newValue }
  }
  /// In memory for the reason given at `ActionStack`.
  private let method: Cells<StubbornChoice>
  /// Whether `closure` may leave out more than `local`, for which it takes longer.
  public let closureMayBeBetter: Bool
  let width: Int
  let atomWidth: Int
  let brings: RowTable
  let remedies: RowTable
  let atomRows: RowTable
  /// Row a: the atoms of action a.
  let atomsOf: RowTable
  let atoms: Cells<AtomTable.Placed>
  let atomCount: Int
  /// By atom: how many may make it true.
  let atomSizes: Cells<Int>
  /// By variant: its transitions in the state at hand.
  let counts: Cells<Int32>
  /// Variants with a transition, in the order of the transitions.
  let enabled: ActionStack
  let enabledRow: Row
  let members: Row
  let best: Row
  /// Atoms that are false in the state at hand; and in a closure, those whose row is in it.
  let falseAtoms: Row
  let servedAtoms: Row
  /// Seeds whose closure was too large.
  let failedSeeds: Row
  /// Members whose needs are not in the set yet: with transitions, and without.
  let pending: ActionStack
  let pendingDisabled: ActionStack
  /// Whether `local` has the set that was chosen, and nothing here knows it yet. In memory for the
  /// reason given at `ActionStack`.
  let isLocal = Cells<Bool>(repeating: false, count: 1)
  /// By action: its variant in the state at hand, where it has transitions.
  private let variantNow: Cells<Int32>
  let isFault: Cells<Bool>
  private let variants: VariantTable
  private let local: LocalClosure
  let prospects: ProspectTable
  private let proviso: Proviso
  let memo: ClosureMemo
  var deletion: Deletion?

  public convenience init(_ tables: StubbornTables, _ choice: StubbornChoice = .auto) {
    self.init(tables, choice, wordsMax: LocalClosure.wordsMax)
  }

  /// `wordsMax`: words of a row that tells kinds of local states apart.
  init(_ tables: StubbornTables, _ choice: StubbornChoice, wordsMax: Int) {
    self.tables = tables
    method = Cells(repeating: choice, count: 1)
    let count = tables.isFault.count
    width = tables.rowWords
    atomWidth = max(1, (tables.atoms.count + 63) / 64)
    brings = RowTable(tables.brings, width: width)
    remedies = RowTable(tables.remedies, width: width)
    atomRows = RowTable(tables.atomRows, width: width)
    atomsOf = RowTable(tables.atoms.rows(width: atomWidth), width: atomWidth)
    atoms = Cells(tables.atoms.placed)
    atomCount = tables.atoms.count
    atomSizes = Cells(
      (0..<tables.atoms.count).map { atom in
        tables.atomRows[atom * tables.rowWords..<(atom + 1) * tables.rowWords]
          .reduce(0) { $0 + $1.nonzeroBitCount }
      })
    counts = Cells(repeating: 0, count: count)
    enabled = ActionStack(capacity: count)
    enabledRow = Row(width: width)
    members = Row(width: width)
    best = Row(width: width)
    falseAtoms = Row(width: atomWidth)
    servedAtoms = Row(width: atomWidth)
    failedSeeds = Row(width: width)
    pending = ActionStack(capacity: count)
    pendingDisabled = ActionStack(capacity: count)
    variantNow = Cells(repeating: 0, count: tables.actionCount)
    isFault = Cells(tables.isFault)
    variants = VariantTable(tables.variants)
    prospects = ProspectTable(tables, variants)
    let local = LocalClosure(tables, wordsMax: wordsMax)
    memo = ClosureMemo(keyWidth: local.keyWidth)
    self.local = local
    proviso = Proviso(tables)
    closureMayBeBetter = !tables.groups.ownsAll(tables.atoms)
  }

  /// Bytes of the tables and of all that is remembered, which grows.
  public var byteCount: Int {
    let rows = 8 * (tables.rowCount * width + tables.isFault.count * atomWidth)
    return rows * (deletion == nil ? 1 : 2) + local.byteCount + memo.byteCount
  }

  /// Whether an action with transitions in the state at hand is in the set that was chosen.
  @inline(__always)
  public func contains(_ action: Int32) -> Bool {
    isLocal[0] ? local.isChosen(action) : best.contains(Int(variantNow[Int(action)]))
  }

  /// Whether what an action does in `state` is in the set that was chosen for another state.
  ///
  /// Requires: `complete` since then.
  public func contains(_ action: Int32, in state: UnsafePointer<UInt64>) -> Bool {
    let variant = variants.variant(of: Int(action), state)
    return variant < 0 || best.contains(variant)
  }

  /// Chooses a set; false where none leaves anything out.
  ///
  /// `actions` are those of the transitions of the state; `leadsOn` says whether one leads nearer
  /// to a state that is expanded fully. Unless it tries all, keys with poor prospects (`Prospects`)
  /// may be none. `outlook`: what was said of the state before.
  ///
  /// Requires: no step of the state fails.
  public func choose(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, count: Int,
    triesAll: Bool = true, outlook: Outlook = .open, leadsOn: (Int) -> Bool = { _ in true }
  ) -> Bool {
    if count < 2 { return false }
    isLocal[0] = false
    let knowsAll = choice != .deletion && local.begin(state, actions, count, variants)
    if knowsAll {
      if local.enabledCount < 2 { return false }
      if isOfWhatIsAtHand {
        return chooseLocally(
          state, actions, count, triesAll: triesAll, outlook: outlook, leadsOn: leadsOn)
      }
    }
    guard note(state, actions, count), enabled.count >= 2 else { return false }
    func anyLeadsOn(_ isMember: (Int) -> Bool) -> Bool {
      proviso.holds(count, { isMember(variant(actions[$0])) }, leadsOn)
    }
    if choice == .deletion {
      noteAll(state)
      return delete(Int32(count)) { action in anyLeadsOn { $0 == action } }
    }
    // With one transition for each action, transitions are as good as actions.
    guard knowsAll, count == enabled.count, local.writeKey(state, memo.key) else {
      noteAll(state)
      return closeWhole(Int32(count), leadsOn: anyLeadsOn)
    }
    return recall(state, count) { proviso.isNeeded ? leadsOn($0) : true }
  }

  /// Whether closures over what is at hand are all that is tried.
  private var isOfWhatIsAtHand: Bool {
    choice == .local || choice != .deletion && !closureMayBeBetter
  }

  /// What `choose` will come to for a state, as far as nobody has to be asked what leads on.
  ///
  /// Requires: as `choose`.
  public func outlook(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, count: Int, triesAll: Bool
  ) -> Outlook {
    if count < 2 { return .keepsAll }
    guard isOfWhatIsAtHand, local.begin(state, actions, count, variants) else { return .open }
    if local.enabledCount < 2 { return .keepsAll }
    return local.outlook(
      state, below: Int32(truncatingIfNeeded: count), prospects, triesAll: triesAll)
  }

  /// An action that is a stubborn set by itself if it has transitions in a state, whatever others
  /// may do there; negative where none is known.
  ///
  /// So it is known before there is any successor. Which one it is depends on the state only.
  @inline(__always)
  public func safeAction(_ state: UnsafePointer<UInt64>) -> Int32 {
    choice == .deletion ? -1 : local.safeAction(state)
  }

  /// Chooses the set of one action, for whoever verifies it; false where the relations do not know
  /// all that is enabled. Requires: the action is safe, and among `actions`.
  public func chooseSafeAction(
    _ action: Int32, _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, count: Int
  ) -> Bool {
    isLocal[0] = false
    if !note(state, actions, count) { return false }
    best.removeAll()
    best.insert(variant(action))
    return true
  }

  /// Calls `body` with the places of those actions that are in the set that was chosen.
  public func forEachChosen(
    _ actions: UnsafePointer<Int32>, count: Int, _ body: (_ place: Int) -> Void
  ) {
    for place in 0..<count where contains(actions[place]) { body(place) }
  }

  /// Whether what is kept is asked whether it leads on.
  public var hasProviso: Bool { proviso.isNeeded }

  /// Those with good prospects in the level at hand.
  public var goodKeys: GoodKeys { prospects.goodKeys(variants) }

  /// From now on, keys with poor prospects are those of another.
  public func follow(_ prospects: Prospects) { self.prospects.follow(prospects, variants) }

  /// How many closures of a variant there were since it was asked last.
  func takeCount(of variant: Int) -> ClosureCount { prospects.takeCount(of: variant) }

  /// Takes the first of the sets that are best in all states with the key of this one.
  private func recall(
    _ state: UnsafePointer<UInt64>, _ count: Int, leadsOn: (Int) -> Bool
  ) -> Bool {
    let sets: ClosureMemo.Sets
    if let known = memo.find() {
      sets = known
    } else {
      noteEnabled()
      local.noteKnownFalse(state, in: falseAtoms)
      sets = closures(below: Int32(count))
      memo.add(sets)
    }
    return take(sets.first, leadsOn) || take(sets.second, leadsOn) || take(sets.third, leadsOn)
  }

  /// Takes a set of places in `enabled`, unless it is none or no transition of it leads on.
  @inline(__always)
  private func take(_ set: UInt64, _ leadsOn: (Int) -> Bool) -> Bool {
    var rest = set
    let stops = !proviso.isOfAll
    while rest != 0, leadsOn(rest.trailingZeroBitCount) != stops { rest &= rest &- 1 }
    if (rest == 0) == stops || set == 0 { return false }
    best.removeAll()
    rest = set
    while rest != 0 {
      best.insert(enabled[rest.trailingZeroBitCount])
      rest &= rest &- 1
    }
    return true
  }

  /// Puts what is enabled into a row.
  func noteEnabled() {
    enabledRow.removeAll()
    for place in 0..<enabled.count { enabledRow.insert(enabled[place]) }
  }

  /// Notes what whole closures and the deletion algorithm ask for.
  func noteAll(_ state: UnsafePointer<UInt64>) {
    noteEnabled()
    falseAtoms.removeAll()
    for atom in 0..<atomCount where atoms[atom].isFalse(in: state) { falseAtoms.insert(atom) }
  }

  /// Chooses among closures over what is at hand.
  private func chooseLocally(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, _ count: Int,
    triesAll: Bool, outlook: Outlook, leadsOn: (Int) -> Bool
  ) -> Bool {
    let least = Int32(truncatingIfNeeded: count)
    let isReduced = local.choose(
      state, actions, below: least, proviso, prospects, triesAll: triesAll,
      counted: Int(outlook.counted), leadsOn: leadsOn)
    isLocal[0] = isReduced
    return isReduced
  }

  /// Takes over the set that `local` has.
  func adoptLocal() {
    if !isLocal[0] { return }
    isLocal[0] = false
    for place in 0..<enabled.count { counts[enabled[place]] = 0 }
    enabled.removeAll()
    best.removeAll()
    local.forEachEnabled { action, whole, transitions, isChosen in
      enabled.push(action)
      counts[action] = transitions
      variantNow[whole] = Int32(truncatingIfNeeded: action)
      if isChosen { best.insert(action) }
    }
  }

  /// Notes what is enabled; false where the relations do not know it.
  private func note(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, _ count: Int
  ) -> Bool {
    for place in 0..<enabled.count { counts[enabled[place]] = 0 }
    enabled.removeAll()
    var (last, variant): (Int32, Int) = (-1, -1)
    for index in 0..<count {
      if actions[index] != last {
        last = actions[index]
        variant = variants.variant(of: Int(last), state)
        if variant < 0 { return false }
        variantNow[Int(last)] = Int32(truncatingIfNeeded: variant)
      }
      if counts[variant] == 0 {
        enabled.push(variant)
      }
      counts[variant] &+= 1
    }
    return true
  }

  /// The variant of an action with transitions in the state at hand.
  @inline(__always)
  func variant(_ action: Int32) -> Int { Int(variantNow[Int(action)]) }
}
