import CZ3

/// Sets of decisions to pin, the smallest ones first, as far as the ways out of clashes that are
/// known tell.
final class PinMap {
  private let session: Z3Session
  private let isPinned: [cz3_ast]
  private var hard: [cz3_ast] = []
  private var seen: Set<PinExits> = []

  init(_ model: PromptModel, _ limits: SolverLimits, in shared: SolverContext) throws(GaveUp) {
    guard let session = try? Z3Session(limits, in: shared) else { throw GaveUp() }
    self.session = session
    isPinned = model.decisions.map { _ in session.freshBool() }
  }

  var queryCount: Int { session.queryCount }

  /// One of these ways out must be taken.
  func require(_ exits: PinExits) {
    if exits.isTrivial || !seen.insert(exits).inserted { return }
    let parts =
      exits.pinned.sorted().map { isPinned[$0] }
      + exits.unpinned.sorted().map { cz3_mk_not(session.context, isPinned[$0]) as cz3_ast }
    hard.append(session.anyOf(parts, negated: false))
  }

  /// A smallest set that takes a way out of each clash; nil where there is none, or the solver gave
  /// up.
  func fewest() -> [Int]? {
    guard case .satisfiable = session.minimize(isPinned.map { ($0, 1) }, hard: hard) else {
      return nil
    }
    return isPinned.indices.filter { session.isTrue(isPinned[$0]) }
  }
}
