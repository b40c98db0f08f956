/// Why a set of claims clashes.
public struct CommittedConflict: Sendable {
  /// Requirements of the prompt.
  public let requirements: [ClauseID]
  /// Places of claims.
  public let claims: [Int]
}

extension CommittedClaims {
  /// A minimal set of claims and requirements that cannot all hold; nil where they can, or nobody
  /// knows. Claims are left out first, so that few remain.
  public func conflict(_ set: [UInt64]) -> CommittedConflict? {
    guard case .yes(let reason) = clash(set) else { return nil }
    let guilty = reason.members.map { claims[$0] }
    guard case .unsatisfiable = session.check(requirements + guilty) else { return nil }
    let needed = Set(session.shrunk(guilty + requirements))
    return CommittedConflict(
      requirements: zip(model.requirements, requirements).filter { needed.contains($1) }.map(\.0),
      claims: guilty.filter { needed.contains($0) }.compactMap { place[$0] })
  }
}
