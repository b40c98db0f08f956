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
  let variants: ActionVariants
  let isFault: [Bool]
  /// Words of a row.
  let rowWords: Int
  var brings: [UInt64] = []
  var remedies: [UInt64] = []
  /// None twice.
  var atoms: [PlacedAtom] = []
  /// Row i: who may make atom i true.
  var atomRows: [UInt64] = []
  /// Of action a: `actionAtoms[atomStart[a] ..< atomStart[a + 1]]`.
  var actionAtoms: [Int] = []
  var atomStart: [Int] = [0]

  /// An atom with its place in the packed state.
  struct PlacedAtom: Sendable, Hashable, BitwiseCopyable {
    let word: Int
    let shift: UInt64
    let valueMask: UInt64
    let mask: UInt64

    @inline(__always)
    func isFalse(in state: UnsafePointer<UInt64>) -> Bool {
      mask >> (state[word] >> shift & valueMask) & 1 == 0
    }
  }

  /// Tables that preserve deadlocks, failing steps, overflows of unbounded channels, and the
  /// reachability of violations and witnesses of the properties.
  ///
  /// Requires: none of the properties reads `quiescent`.
  public init(
    _ system: TransitionSystem, properties: Set<Int>, omitting omitted: Set<Condition> = []
  ) {
    let channelOfSlot = Analysis.channelOfSlot(system)
    variants = ActionVariants(system, channelOfSlot: channelOfSlot)
    let analysis = Analysis(variants.system, variants.facts, channelOfSlot: channelOfSlot)
    let count = variants.facts.count
    actionCount = system.actions.count
    rowWords = max(1, (count + 63) / 64)
    isFault = variants.system.actions.map(\.isFault)
    needsProviso =
      !omitted.contains(.proviso)
      && (!properties.isEmpty || variants.facts.contains(where: \.canFail)
        || system.channels.contains(where: \.isUnbounded))
    let seen = omitted.contains(.visibility) ? [] : analysis.targets(properties.sorted())
    for action in 0..<count {
      var row = ActionRow(count: count)
      if !omitted.contains(.accord) { row = analysis.conflicts(of: action) }
      for target in seen where target.harmful.contains(action) { row.formUnion(target.helpful) }
      brings += row.words
      let skips = omitted.contains(.enabling)
      remedies += (skips ? ActionRow(count: count) : analysis.remedies(of: action)).words
    }
    addAtoms(analysis, skipsEnablers: omitted.contains(.enabling))
  }

  private mutating func addAtoms(_ analysis: Analysis, skipsEnablers: Bool) {
    let layout = analysis.system.layout
    var known: [PlacedAtom: Int] = [:]
    for facts in analysis.facts {
      for atom in facts.atoms {
        let position = layout.positions[atom.slot]
        let placed = PlacedAtom(
          word: Int(position.word), shift: UInt64(position.shift),
          valueMask: 1 << UInt64(layout.slots[atom.slot].width) - 1, mask: atom.mask)
        if known[placed] == nil {
          known[placed] = atoms.count
          atoms.append(placed)
          let row =
            skipsEnablers ? ActionRow(count: analysis.facts.count) : analysis.enablers(of: atom)
          atomRows += row.words
        }
        if let number = known[placed] { actionAtoms.append(number) }
      }
      atomStart.append(actionAtoms.count)
    }
  }

  /// Row a: the atoms of action a.
  func atomBits(width: Int) -> [UInt64] {
    var rows = [UInt64](repeating: 0, count: isFault.count * width)
    for action in isFault.indices {
      for atom in actionAtoms[atomStart[action]..<atomStart[action + 1]] {
        rows[action * width + atom >> 6] |= 1 << UInt64(atom & 63)
      }
    }
    return rows
  }
}
