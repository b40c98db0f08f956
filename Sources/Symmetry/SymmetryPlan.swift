import TransitionSystem

/// What permuting the members of symmetric families does to a packed state.
///
/// The members of all families are numbered together, from 0. A permutation moves what belongs to a
/// member to its image (its variables, the elements of maps at its key, the channels to and from
/// it), and renames the identities that cells hold.
public struct SymmetryPlan: Sendable {
  /// Identities, family by family.
  public let families: [Range<Int>]
  /// By identity: the number of the member, -1 for the others.
  let memberOf: [Int]
  /// By member.
  let identityOf: [Int]
  /// The members of each family.
  let familyMembers: [Range<Int>]
  /// Parallel to the slots of the layout.
  let cells: [PlanCell]
  /// The cells that a permutation moves or renames.
  private(set) var moving: [Int]
  /// The cells that tell members apart.
  let telling: [Int]
  /// Where cells go: see `PlanCell.table`.
  let destinations: [Int]
  let bags: [PlanBag]
  let wordCount: Int
  /// The channels that permutations map to each other, by channel.
  private let channelOrbits: [[ChannelID]]

  var memberCount: Int { identityOf.count }

  init(_ drafts: PlanDrafts, _ destinations: [Int]) {
    families = drafts.members.families
    memberOf = drafts.members.memberOf
    identityOf = drafts.members.identityOf
    familyMembers = drafts.members.familyMembers
    cells = drafts.cells
    moving = drafts.cells.indices.filter {
      !drafts.cells[$0].owners.isEmpty || !drafts.cells[$0].readings.isEmpty
    }
    telling = drafts.tellingCells
    self.destinations = destinations
    bags = drafts.bags
    wordCount = drafts.system.layout.wordCount
    channelOrbits = drafts.channelKeys.map { key in
      drafts.channelKeys.indices.filter { drafts.channelKeys[$0] == key }.map { ChannelID($0) }
    }
  }

  /// For tests: this plan with a slot that it neither moves nor renames, which is wrong.
  public func leaving(_ slot: Int) -> SymmetryPlan {
    var plan = self
    plan.moving.removeAll { $0 == slot }
    return plan
  }

  /// All channels that a permutation maps one of `channels` to.
  public func orbit(of channels: Set<ChannelID>) -> Set<ChannelID> {
    Set(channels.flatMap { channelOrbits[$0.index] })
  }
}

/// One slot under permutations.
struct PlanCell: Sendable {
  let word: Int
  let shift: UInt64
  /// All ones, as wide as the slot.
  let mask: UInt64
  let minimum: Int64
  /// The members on which its place depends, as map keys and owners.
  var owners: [Int] = []
  /// The cell in its place for owners o0, o1, … is `destinations[table + o0 + M * o1 + …]` for M
  /// members.
  var table = 0
  /// The ways to read it; the first whose guards hold counts, and none means that it is the same
  /// for all members.
  var readings: [PlanReading] = []
  /// Equal for the cells that permutations map to each other, and for the entries of a bag.
  var salt: UInt64 = 0
  /// The entry of a bag that it is part of: index in `bags`, and of the entry.
  var bag: Int?
  var entry = 0
}

/// Identities in a cell.
struct PlanReading: Sendable {
  enum Kind: Sendable {
    /// One of a range of identities, or another value, such as `none`.
    case identity(ClosedRange<Int64>)
    /// A set of them; bit i is the identity `first + i`.
    case mask(first: Int)
  }
  let kind: Kind
  /// Where they do not hold, the cell is not in use.
  let guards: [PlanGuard]
}

/// A cell whose bit field is in a range.
struct PlanGuard: Sendable {
  let cell: Int
  let range: ClosedRange<UInt64>
}

/// A channel whose entries are in ascending order.
struct PlanBag: Sendable {
  let length: Int
  /// Entry i, cell c is cell `first + i * cellCount + c`.
  let first: Int
  let cellCount: Int
  /// Whether renaming can disturb the order.
  let isSorted: Bool
}

/// Why the state of a system cannot be permuted.
public struct SymmetryRefusal: Error, CustomStringConvertible {
  public let description: String
}
