import CZ3

/// Answers whether clauses over finitely many variables can be true together.
///
/// Threads: belongs to one, but for `interrupter`.
public final class Satisfier {
  public enum Answer {
    /// A value for each variable.
    case satisfiable([LeafValue])
    /// Places of clauses that contradict each other, none of which can be left out.
    case contradiction([Int])
    /// Why: "no answer within 5 s", "interrupted", "incomplete …".
    case unknown(String)
  }

  private let session: Z3Session

  public init(_ limits: SolverLimits = SolverLimits()) throws(SolverUnavailable) {
    session = try Z3Session(limits)
  }

  /// How many queries it took so far.
  public var queryCount: Int { session.queryCount }

  public var interrupter: SolverInterrupter { SolverInterrupter(shared: session.shared) }

  /// Whether all clauses can be true at once, for variables of the sorts, where `given` holds.
  ///
  /// Complexity: whatever Z3 needs, up to the limits; for a contradiction once more for each clause
  /// of the core.
  public func answer(_ clauses: [Term], given: [Term], over sorts: [ScalarSort]) -> Answer {
    session.scoped {
      let translation = Translation(session, model(sorts))
      for term in given { session.assert(translation.ast(term)) }
      let literals = clauses.map { session.literal(for: translation.ast($0)) }
      switch session.check(literals) {
      case .satisfiable:
        let values = translation.leaves.compactMap { session.value(of: $0) }
        return values.count == sorts.count ? .satisfiable(values) : .unknown("no value written")
      case .unsatisfiable(let core):
        let needed = Set(session.shrunk(core))
        return .contradiction(literals.indices.filter { needed.contains(literals[$0]) })
      case .unknown(let reason): return .unknown(reason)
      }
    }
  }

  private func model(_ sorts: [ScalarSort]) -> PromptModel {
    var model = PromptModel()
    model.leaves = sorts.map { Leaf(name: "v", sort: $0, decision: 0) }
    return model
  }
}
