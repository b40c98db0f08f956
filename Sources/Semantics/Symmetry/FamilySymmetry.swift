import Diagnostics

/// What tells the members of a family apart.
public struct SymmetryObstacle: Sendable {
  /// `Node[0]` is named.
  public let reason: String
  public let span: Span
}

/// Whether the members of a family can be exchanged without anybody noticing.
public struct FamilySymmetry: Sendable {
  public let name: String
  /// Its identities.
  public let identities: Range<Int>
  /// Nil where it is symmetric.
  public let obstacle: SymmetryObstacle?
}

extension TypedSpec {
  /// The families of two or more members, and whether each is symmetric in the spec and in the
  /// invariants and witnesses of these names.
  ///
  /// Symmetric is a family whose identities are only compared for equality, kept, sent, used as
  /// keys and quantified over. Then any permutation of them maps steps to steps and leaves the
  /// properties as they are. Conservative: what is not known to be harmless is an obstacle.
  public func symmetries(properties names: Set<String>) -> [FamilySymmetry] {
    agents.filter { $0.count > 1 }.map { family in
      let identities = family.first..<(family.first + family.count)
      var scan = SymmetryScan(self, identities)
      scan.scanAll(properties: names)
      return FamilySymmetry(
        name: family.name, identities: identities, obstacle: scan.obstacle)
    }
  }
}
