/// What `wfcheck refine` answers about a prompt and the claims on it.
public struct Refinement: Sendable {
  public let model: PromptModel
  /// Whether Φ(P) has a member.
  public var prompt = Consistency.unknown("not asked")
  /// Whether one member of Φ(P) refines φ₁ … φₙ.
  public var joint = Consistency.unknown("not asked")
  /// Every minimal set of claims that the prompt refutes, as far as they were looked for.
  public var conflicts: [Conflict] = []
  public var hasMoreConflicts = false
  /// The claims of least weight without which the rest refines one program; nil where not known.
  public var withdrawal: [ClauseID]?
  /// What is possible for each leaf, by leaf.
  public var choices: [Choice] = []
  public var remarks: [ClaimRemark] = []
  public var coordination = Coordination.notAsked
  /// Questions that the solver gave up on, in words.
  public var unknowns: [String] = []
  public var queryCount = 0

  public init(model: PromptModel) { self.model = model }
}

public enum Consistency: Sendable, Equatable {
  /// A member with as few changes from the defaults as could be found, and the decisions that it
  /// changes.
  case satisfiable(Assignment, changes: [Int])
  /// A minimal set of clauses that cannot all be true.
  case conflict(Conflict)
  /// Why it is not known.
  case unknown(String)
}

/// Clauses that cannot all be true, while without any one of them they can.
public struct Conflict: Sendable, Equatable {
  public let claims: [ClauseID]
  /// Requirements that take part.
  public let requirements: [ClauseID]
}

/// The values that a leaf may still have.
public enum Possible: Sendable, Equatable {
  case forced(LeafValue)
  case values([LeafValue])
  /// Numbers from the smallest to the largest possible one, not all of them perhaps; nil: without
  /// end, which of integers means that there are some beyond 2^60.
  case range(lower: Bound?, upper: Bound?)
  /// Strings that clauses mention, and others.
  case texts([LeafValue])
  case unknown(String)
}

/// Where the possible values of a number end.
public struct Bound: Sendable, Equatable {
  public let value: String
  /// Whether it is possible itself, and not only what comes as near to it as one likes.
  public var isAttained = true
}

public struct Choice: Sendable, Equatable {
  public let leaf: LeafID
  /// Under the requirements alone.
  public let inPrompt: Possible
  /// Under the claims too; nil where they clash.
  public let withClaims: Possible?
}

public struct ClaimRemark: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// The requirements that refute it on its own.
    case contradictsPrompt([ClauseID])
    case isImplied
    /// It speaks of decisions of these agents only.
    case isForeign(owners: [Int])
    /// It speaks only of decisions that no agent decides, although some have owners.
    case isUnowned
  }
  public let claim: ClauseID
  public let kind: Kind
}

/// Whether agents that choose on their own, within their rights and the prompt, can clash.
public enum Coordination: Sendable, Equatable {
  case notAsked
  /// Fewer than two agents decide something.
  case notNeeded
  /// They never clash.
  case free
  /// The pairs that can clash, and larger groups in which no smaller one does: all of them, unless
  /// `doubt` says why there may be others.
  case clashes([Clash], doubt: String?, pins: PinAnswer)
  case unknown(String)
}

public enum PinAnswer: Sendable, Equatable {
  /// The fewest decisions that, pinned to their values in some program, leave no clash, and one
  /// such program.
  case fewest([Int], Assignment)
  /// Decisions that do, and how many are needed at least.
  case enough([Int], Assignment, atLeast: Int)
  /// Why they are not known.
  case unknown(String)
}

public struct Clash: Sendable, Equatable {
  public let agents: [Int]
  /// What each of them chooses: a witness.
  public let choices: [[LeafID: LeafValue]]
  /// The requirements that the choices break together.
  public let requirements: [ClauseID]
}

public struct RefinementOptions: Sendable {
  public var limits = SolverLimits()
  /// How much it costs to withdraw a claim of an agent; 1 where nothing is said.
  public var weights: [String: Int32] = [:]
  public var conflictsMax = 16
  /// Time to look for more conflicts after the first one.
  public var conflictTime = Duration.seconds(5)
  /// Time for the questions about coordination altogether.
  public var coordinationTime = Duration.seconds(5)
  /// Whether cheap reasoning answers what it can before the solver is asked; the answers are equal.
  var propagates = true
  public init() {}
}
