import TransitionSystem

/// The relations between actions that stubborn sets are computed from, as rows of bits.
///
/// "Action" is a variant here (`ActionVariants`). Row a of `brings`, for an action with an
/// instance: all that must be in the set with it. For one without: the row of some atom that is
/// false, or else `remedies`.
///
/// A set T of actions that is closed under these rows has, at the state at hand: D1, because an
/// action outside T neither enables, disables nor changes an instance of an enabled member, and
/// cannot enable a disabled one; D2, because every enabled member stays enabled. As each action
/// outside accords with each enabled member at every state on the way, the strengthened D1 of
/// Neele, Valmari and Willemse holds too. An action is a bundle of instances (entries, choices):
/// they are in T together, and one that appears later counts as a change of the bundle.
///
/// Sources: Valmari, Stubborn sets for reduced state space generation, 1991; Laarman, Pater, van
/// de Pol, Hansen, Guard-based partial-order reduction, STTT 2014; Neele, Valmari, Willemse, The
/// inconsistent labelling problem of stutter-preserving partial-order reduction, FoSSaCS 2020.
///
/// Price: 3 bits for each pair of actions, and a row for each atom; as much again for `deletion`.
public struct StubbornTables: Sendable {
  /// Actions of the system, not variants.
  public let actionCount: Int
  public let needsProviso: Bool
  /// Whether all that is kept of a state must lead on, not only some of it.
  public let needsAllToLeadOn: Bool
  let variants: ActionVariants
  /// What is no key: faults; for executions all that fairness does not ask for.
  let isFault: [Bool]
  /// Words of a row.
  let rowWords: Int
  var brings: [UInt64] = []
  var remedies: [UInt64] = []
  let atoms: AtomTable
  /// Row i: who may make atom i true.
  var atomRows: [UInt64] = []
  let groups: ActionGroups
  /// For tests: that what an action brings of other agents does not keep it from being safe.
  let trustsSafety: Bool

  /// Tables that preserve deadlocks, failing steps, overflows of unbounded channels, and the
  /// reachability of violations and witnesses of the properties.
  ///
  /// `executions`: preserves, of fair executions, what the temporal properties are about, and
  /// nothing else (`Analysis.executionRows`); nil: does not.
  ///
  /// Requires: none of the properties reads `quiescent`; for executions,
  /// `reducedExecutionsObstacle` is nil.
  public init(
    _ system: TransitionSystem, properties: Set<Int>, omitting omitted: Set<Condition> = [],
    executions: ExecutionConditions? = nil
  ) {
    let channelOfSlot = Analysis.channelOfSlot(system)
    variants = ActionVariants(system, channelOfSlot: channelOfSlot)
    let analysis = Analysis(variants.system, variants.facts, channelOfSlot: channelOfSlot)
    let count = variants.facts.count
    actionCount = system.actions.count
    rowWords = max(1, (count + 63) / 64)
    let owes = executions.map { !$0.omitted.contains(.owing) } ?? false
    isFault = variants.system.actions.map { owes ? !$0.isOwed : $0.isFault }
    trustsSafety = omitted.contains(.safety)
    needsAllToLeadOn = executions.map { !$0.omitted.contains(.cycles) } ?? false
    needsProviso =
      !omitted.contains(.proviso)
      && (executions != nil || !properties.isEmpty || variants.facts.contains(where: \.canFail)
        || system.channels.contains(where: \.isUnbounded))
    let skips = omitted.contains(.enabling)
    var atomRows: [UInt64] = []
    atoms = AtomTable(variants.facts, system.layout) { atom in
      atomRows += (skips ? ActionRow(count: count) : analysis.enablers(of: atom)).words
    }
    self.atomRows = atomRows
    groups = ActionGroups(variants, atoms, omitting: omitted)
    let seen = omitted.contains(.visibility) ? [] : analysis.targets(properties.sorted())
    let together = executions.map { analysis.executionRows(system, omitting: $0.omitted) } ?? []
    brings.reserveCapacity(count * rowWords)
    remedies.reserveCapacity(count * rowWords)
    for action in 0..<count {
      var row = ActionRow(count: count)
      if !omitted.contains(.accord) { row = analysis.conflicts(of: action) }
      for target in seen where target.harmful.contains(action) { row.formUnion(target.helpful) }
      if !together.isEmpty { row.formUnion(analysis.companions(of: action, in: together)) }
      brings += row.words
      remedies += (skips ? ActionRow(count: count) : analysis.remedies(of: action)).words
    }
  }

  /// Rows of `brings`, then of `remedies`, then of atoms.
  var rowCount: Int { 2 * isFault.count + atoms.count }

  /// The words of a row of the three tables together: those of `brings`, then of `remedies`, then
  /// of atoms.
  func words(ofRow row: Int) -> ArraySlice<UInt64> {
    let count = isFault.count
    func cut(_ rows: [UInt64], _ row: Int) -> ArraySlice<UInt64> {
      rows[row * rowWords..<(row + 1) * rowWords]
    }
    if row < count { return cut(brings, row) }
    return row < 2 * count ? cut(remedies, row - count) : cut(atomRows, row - 2 * count)
  }

  /// Whether an action may make an atom true.
  func enables(_ action: Int, _ atom: Int) -> Bool {
    atomRows[atom * rowWords + action >> 6] >> UInt64(action & 63) & 1 == 1
  }
}
