/// Index of a question in `TransitionSystem.questions`.
public struct QuestionID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// A question about a set of slots of one bit that are filled one by one and never emptied.
///
/// Invariant: monotone. Where it is true of a set, it is true of every larger one.
public struct Question: Hashable, Sendable {
  /// What is asked, as far as the front end and its oracle agree on it.
  public enum Kind: Hashable, Sendable {
    /// Whether the members cannot all be true.
    case clash
    /// Whether they leave at most one value of something that the front end has numbered.
    case forces(Int)
  }
  public let kind: Kind
  /// What a predicate fails with where the oracle does not know.
  public let undecided: FailureID
  public init(kind: Kind, undecided: FailureID) {
    self.kind = kind
    self.undecided = undecided
  }
}

/// A member of the set that questions are about, as its slot stands for it.
public struct OracleMember: Sendable {
  public let slot: SlotID
  /// Which statement of the spec adds it, and with which values, by their ranks.
  public let source: Int
  public let ranks: [Int64]
  public init(slot: SlotID, source: Int, ranks: [Int64]) {
    self.slot = slot
    self.source = source
    self.ranks = ranks
  }
}

/// An answer, with all that follows from it; sets are bits, member i in bit i % 64 of word i / 64.
public enum OracleAnswer: Sendable {
  /// True of this part of the set, so that it is of all sets that contain the part.
  case yes(because: [UInt64])
  /// False of this larger set, so that it is of all sets inside it.
  case no(within: [UInt64])
  case unknown
}

/// Who knows the answers, and may take long for one.
///
/// Threads: workers ask at the same time.
/// Requires: an answer depends on question and set alone, and `unknown` is given again.
public protocol Oracle: Sendable {
  func answer(_ question: QuestionID, about members: [UInt64]) -> OracleAnswer

  /// Disjoint parts of all members, by their places, such that the question is true of a set where
  /// it is of what the set has of one part; none where all members hang together.
  func parts(of question: QuestionID) -> [[Int]]
}

extension Oracle {
  public func parts(of question: QuestionID) -> [[Int]] { [] }
}
