import Diagnostics
import Syntax

/// Index of a `commit` statement in `TypedSpec.commitments`.
public struct CommitmentID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// A `commit` statement: a claim about decisions with parts that the protocol fills in.
///
/// A part is a largest subexpression that reads the state and mentions no decision, but for sums
/// and products, of which the operands are. What it is at the commit becomes part of the claim, so
/// that one statement stands for one claim for each combination of values of its parts.
public struct Commitment: Sendable {
  public struct Part: Sendable {
    /// What stands for it in `claim`; no name that anyone can write.
    public let name: String
    /// `bool`, an integer, an enumeration, or a set of one of these.
    public let type: Type
    public let span: Span
    public init(name: String, type: Type, span: Span) {
      self.name = name
      self.type = type
      self.span = span
    }
  }
  /// Who commits.
  public let agent: AgentID
  public let claim: Expression
  public let parts: [Part]
  /// The claim as it was written, on one line, in pieces: before, between and behind the parts.
  public let texts: [String]
  /// The part that stands behind each piece but the last.
  public let places: [Int]
  public let span: Span
  public init(
    agent: AgentID, claim: Expression, parts: [Part], texts: [String], places: [Int],
    span: Span
  ) {
    self.agent = agent
    self.claim = claim
    self.parts = parts
    self.texts = texts
    self.places = places
    self.span = span
  }

  /// The claim with the values of its parts, in words.
  public func text(_ values: [String]) -> String {
    zip(texts, places.map { values[$0] } + [""]).map { $0 + $1 }.joined()
  }
}

/// The claims that all `commit` statements of a spec may stand for, at most.
public let committedClaimsMax = 1024
