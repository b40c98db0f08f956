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
  /// `auto` is `closure`.
  public var choice: StubbornChoice
  let width: Int
  let atomWidth: Int
  let brings: RowTable
  let remedies: RowTable
  let atomRows: RowTable
  /// Row a: the atoms of action a.
  let atomsOf: RowTable
  let atoms: Cells<StubbornTables.PlacedAtom>
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
  /// By action: its variant in the state at hand, where it has transitions.
  private let variantNow: Cells<Int32>
  var deletion: Deletion?

  public init(_ tables: StubbornTables, _ choice: StubbornChoice = .auto) {
    self.tables = tables
    self.choice = choice
    let count = tables.isFault.count
    width = tables.rowWords
    atomWidth = max(1, (tables.atoms.count + 63) / 64)
    brings = RowTable(tables.brings, width: width)
    remedies = RowTable(tables.remedies, width: width)
    atomRows = RowTable(tables.atomRows, width: width)
    atomsOf = RowTable(tables.atomBits(width: atomWidth), width: atomWidth)
    let none = StubbornTables.PlacedAtom(word: 0, shift: 0, valueMask: 0, mask: 1)
    atoms = Cells(repeating: none, count: tables.atoms.count)
    atomCount = tables.atoms.count
    atomSizes = Cells(repeating: 0, count: atomCount)
    for (index, atom) in tables.atoms.enumerated() {
      atoms[index] = atom
      let row = tables.atomRows[index * width..<(index + 1) * width]
      atomSizes[index] = row.reduce(0) { $0 + $1.nonzeroBitCount }
    }
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
  }

  /// Whether an action with transitions in the state at hand is in the set that was chosen.
  @inline(__always)
  public func contains(_ action: Int32) -> Bool { best.contains(Int(variantNow[Int(action)])) }

  /// Whether what an action does in `state` is in the set that was chosen for another state.
  public func contains(_ action: Int32, in state: UnsafePointer<UInt64>) -> Bool {
    let variant = tables.variants.variant(of: Int(action), state)
    return variant < 0 || best.contains(Int(variant))
  }

  /// The transitions of the state at hand, as the search has them.
  public struct Transitions {
    let actions: UnsafePointer<Int32>
    let count: Int
    /// Whether a transition leads nearer to a state that is expanded fully.
    let leadsOn: (Int) -> Bool

    public init(
      _ actions: UnsafePointer<Int32>, count: Int, leadsOn: @escaping (Int) -> Bool = { _ in true }
    ) {
      self.actions = actions
      self.count = count
      self.leadsOn = leadsOn
    }
  }

  /// Chooses a set; false where none leaves anything out.
  ///
  /// Requires: no step of the state fails.
  public func choose(
    _ state: UnsafePointer<UInt64>, _ transitions: borrowing Transitions
  ) -> Bool {
    guard note(state, transitions), enabled.count >= 2 else { return false }
    falseAtoms.removeAll()
    for atom in 0..<atomCount where atoms[atom].isFalse(in: state) {
      falseAtoms.insert(atom)
    }
    return choice == .deletion ? delete(transitions) : closeBest(transitions)
  }

  /// Notes what is enabled; false where the relations do not know it.
  private func note(
    _ state: UnsafePointer<UInt64>, _ transitions: borrowing Transitions
  ) -> Bool {
    for place in 0..<enabled.count { counts[enabled[place]] = 0 }
    enabled.removeAll()
    enabledRow.removeAll()
    var (last, variant): (Int32, Int) = (-1, -1)
    for index in 0..<transitions.count {
      if transitions.actions[index] != last {
        last = transitions.actions[index]
        variant = Int(tables.variants.variant(of: Int(last), state))
        if variant < 0 { return false }
        variantNow[Int(last)] = Int32(variant)
      }
      if counts[variant] == 0 {
        enabled.push(variant)
        enabledRow.insert(variant)
      }
      counts[variant] += 1
    }
    return true
  }

  /// The variant of an action with transitions in the state at hand.
  func variant(_ action: Int32) -> Int { Int(variantNow[Int(action)]) }

  /// Whether a transition of a set leads on.
  func leadsOn(_ set: borrowing Row, _ transitions: borrowing Transitions) -> Bool {
    if !tables.needsProviso { return true }
    for index in 0..<transitions.count
    where set.contains(variant(transitions.actions[index])) {
      if transitions.leadsOn(index) { return true }
    }
    return false
  }
}
