import TransitionSystem

/// The relations between actions that stubborn sets are computed from, as rows of bits.
///
/// Row a of `brings`, for an action with an instance: all that must be in the set with it. For one
/// without: the row of some atom that is false, or else `remedies`.
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
/// Price: 3 bits for each pair of actions, and a row for each atom.
public struct StubbornTables: Sendable {
  public let actionCount: Int
  /// Words of a row.
  public let rowWords: Int
  public let isFault: [Bool]
  public let needsProviso: Bool
  var brings: [UInt64] = []
  var remedies: [UInt64] = []
  var atoms: [PlacedAtom] = []
  /// Of action a: `atomStart[a] ..< atomStart[a + 1]`.
  var atomStart: [Int] = [0]
  /// Row i: who may make atom i true.
  var atomRows: [UInt64] = []

  /// An atom with its place in the packed state.
  struct PlacedAtom: Sendable, BitwiseCopyable {
    let word: Int
    let shift: UInt64
    let valueMask: UInt64
    let mask: UInt64
  }

  /// Tables that preserve deadlocks, failing steps, overflows of growing channels, and the
  /// reachability of violations and witnesses of the properties.
  ///
  /// Requires: none of the properties reads `quiescent`.
  public init(
    _ system: TransitionSystem, properties: Set<Int>, omitting omitted: Set<Condition> = []
  ) {
    let analysis = Analysis(system)
    let count = system.actions.count
    actionCount = count
    rowWords = max(1, (count + 63) / 64)
    isFault = system.actions.map(\.isFault)
    needsProviso =
      !omitted.contains(.proviso)
      && (!properties.isEmpty || analysis.facts.contains(where: \.canFail)
        || system.channels.contains(where: \.grows))
    let seen =
      omitted.contains(.visibility) ? [] : analysis.targets(properties.sorted(), system)
    for action in 0..<count {
      var row = Set<Int>()
      if !omitted.contains(.accord) { row = analysis.conflicts(of: action) }
      for target in seen where target.harmful.contains(action) { row.formUnion(target.helpful) }
      brings += words(row)
      let skips = omitted.contains(.enabling)
      remedies += words(skips ? [] : analysis.remedies(of: action))
      for atom in analysis.facts[action].atoms {
        let position = system.layout.positions[atom.slot]
        let width = UInt64(system.layout.slots[atom.slot].width)
        atoms.append(
          PlacedAtom(
            word: Int(position.word), shift: UInt64(position.shift), valueMask: 1 << width - 1,
            mask: atom.mask))
        atomRows += words(skips ? [] : analysis.enablers(of: atom))
      }
      atomStart.append(atoms.count)
    }
  }

  private func words(_ actions: Set<Int>) -> [UInt64] {
    var row = [UInt64](repeating: 0, count: rowWords)
    for action in actions { row[action >> 6] |= 1 << UInt64(action & 63) }
    return row
  }
}
