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
  /// Integers from the smallest to the largest possible one, not all of them perhaps; nil: without
  /// end.
  case range(lower: String?, upper: String?)
  /// More than one, of a type without an order to list them in.
  case several
  case unknown(String)
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
  /// Groups that can clash while no smaller one of them does, and the fewest decisions that the
  /// prompt would have to pin (to the values of `pinned`) so that nobody can.
  /// Not complete: some pairs could not be decided in time.
  case clashes([Clash], isComplete: Bool, pins: [Int]?, pinned: Assignment?)
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
  public var coordinationTime = Duration.seconds(1)
  public init() {}
}
