import Diagnostics

/// An enumeration, declared or written in a decision.
public struct Enumeration: Hashable, Sendable {
  /// Nil for `{ sqlite, postgres }` in a decision.
  public let name: String?
  public let cases: [String]
}

/// One scalar of a decision: the whole of it, or a field, a key of a map, an element of a set.
public struct Leaf: Sendable {
  /// "storage", "rights[admin]", "limits.users"; "tags has web" for an element of a set.
  public let name: String
  public let sort: ScalarSort
  /// Index of the decision.
  public let decision: Int
}

/// What a prompt leaves open.
public struct Decision: Sendable {
  public let name: String
  public let span: Span
  public let leaves: [LeafID]
  /// That the decision has its default value; nil without one.
  public let isDefault: Term?
  /// Index of the agent that decides it; nil if nobody does.
  public internal(set) var owner: Int?
}

/// Index of a clause in `PromptModel.clauses`.
public struct ClauseID: Hashable, Sendable, Comparable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
  public static func < (a: ClauseID, b: ClauseID) -> Bool { a.index < b.index }
}

/// A `require` of the prompt, or a claim of an agent.
public struct Clause: Sendable {
  /// Index of the agent; nil for a `require`.
  public let agent: Int?
  public let term: Term
  /// As it was written, on one line.
  public let text: String
  public let span: Span
}

/// A prompt with the claims of all agents: Φ(P) is the set of assignments of the leaves that
/// satisfy all requirements, φ of an agent the set of those that satisfy its claims.
public struct PromptModel: Sendable {
  public var name = ""
  public var enumerations: [Enumeration] = []
  public var leaves: [Leaf] = []
  public var decisions: [Decision] = []
  public var agents: [String] = []
  /// Requirements first, then the claims in the order of their files.
  public var clauses: [Clause] = []

  public init() {}

  public var requirements: [ClauseID] { ids { $0.agent == nil } }
  public var claims: [ClauseID] { ids { $0.agent != nil } }

  public func claims(of agent: Int) -> [ClauseID] { ids { $0.agent == agent } }

  private func ids(_ isWanted: (Clause) -> Bool) -> [ClauseID] {
    clauses.indices.filter { isWanted(clauses[$0]) }.map(ClauseID.init)
  }

  public subscript(clause: ClauseID) -> Clause { clauses[clause.index] }

  /// The decisions that a term speaks of.
  public func decisions(in term: Term) -> Set<Int> {
    Set(term.leaves.map { leaves[$0.index].decision })
  }

  /// The strings in clauses and defaults, once each.
  var mentionedStrings: [String] {
    var found: [String] = []
    func collect(_ term: Term) {
      if case .string(let text) = term, !found.contains(text) { found.append(text) }
      for part in term.parts { collect(part) }
    }
    for clause in clauses { collect(clause.term) }
    for decision in decisions { if let isDefault = decision.isDefault { collect(isDefault) } }
    return found
  }

  /// The smallest and the largest value; nil for unbounded integers, reals and strings.
  public func bounds(_ sort: ScalarSort) -> ClosedRange<Int64>? {
    switch sort {
    case .bool: 0...1
    case .integer(let bounds): bounds
    case .enumeration(let index): 0...Int64(max(0, enumerations[index].cases.count - 1))
    case .real, .string: nil
    }
  }
}
