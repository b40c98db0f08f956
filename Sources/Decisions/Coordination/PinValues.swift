import CZ3

/// Decisions to pin and programs to pin them to, such that no known clash is left.
final class PinValues {

  private let prompt: OpenPrompt
  private let session: Z3Session
  private let translation: Translation
  /// By decision.
  private let isPinned: [cz3_ast]
  private let pinned: [Literal]
  private let unpinned: [Literal]
  /// By number, that no more decisions are pinned.
  private var atMost: [Int: Literal] = [:]
  /// So many pins are needed.
  private(set) var atLeast: Int
  /// The program that values are wanted from where that may be.
  private let wanted: [Scalar]
  private var isWanted: [Int: Literal] = [:]

  init(
    _ prompt: OpenPrompt, atLeast: Int, near wanted: [Scalar], _ limits: SolverLimits,
    in shared: SolverContext
  ) throws(GaveUp) {
    guard let session = try? Z3Session(limits, in: shared) else { throw GaveUp() }
    let model = prompt.model
    let translation = Translation(session, model)
    var hard = translation.bounds + prompt.terms.map { translation.ast($0) }
    for leaf in model.leaves.indices {
      hard.append(translation.ast(prompt.isInDomain(leaf)))
      guard let only = prompt.domains.only(leaf) else { continue }
      hard.append(translation.ast(prompt.equality(leaf, only)))
    }
    for term in hard { session.assert(term) }
    self.atLeast = atLeast
    let isPinned = model.decisions.map { _ in session.freshBool() }
    pinned = isPinned.map { session.literal(for: $0) }
    unpinned = isPinned.map { session.literal(for: cz3_mk_not(session.context, $0)) }
    self.prompt = prompt
    self.session = session
    self.translation = translation
    self.isPinned = isPinned
    self.wanted = wanted
  }

  var queryCount: Int { session.queryCount }

  private func isAllowed(_ leaf: Int, _ allowed: Autarky.Allowed) -> Term {
    switch allowed {
    case .only(let value): prompt.equality(leaf, value)
    case .within(let domain): prompt.isWithin(domain, leaf)
    }
  }

  /// That the choices of the witness do not clash any more.
  func require(_ witness: ClashWitness) {
    func isPinned(_ leaf: Int) -> cz3_ast { self.isPinned[prompt.model.leaves[leaf].decision] }
    var stays: [cz3_ast] = []
    for (leaf, allowed) in witness.boxes.joined() {
      let term = translation.ast(isAllowed(leaf, allowed))
      stays.append(cz3_mk_implies(session.context, isPinned(leaf), term))
    }
    for (leaf, value) in witness.taken {
      stays += [isPinned(leaf), translation.ast(isAllowed(leaf, value))]
    }
    session.assert(session.anyOf(stays, negated: true))
  }

  /// A smallest set of decisions that can be pinned to a program, in so far as it is smaller than
  /// a number; nil where there is none, or the solver gave up.
  func fewest(below limit: Int) -> [Int]? {
    while atLeast < limit {
      switch session.check([noMore(than: atLeast)]) {
      case .satisfiable: return isPinned.indices.filter { session.isTrue(isPinned[$0]) }
      case .unsatisfiable: atLeast += 1
      case .unknown: return nil
      }
    }
    return nil
  }

  private func noMore(than count: Int) -> Literal {
    if let known = atMost[count] { return known }
    let all: [cz3_ast?] = isPinned
    let term = cz3_mk_atmost(session.context, UInt32(all.count), all, UInt32(count))
    let new = session.literal(for: term ?? session.trueTerm)
    atMost[count] = new
    return new
  }

  /// A program that these decisions, and no others, can be pinned to, with the values that are
  /// wanted where that may be; nil where there is none that is known.
  ///
  /// Complexity: a query for each pin that cannot have the value that is wanted, and one.
  func program(pinning pins: [Int]) -> [Scalar]? {
    let isIn = Set(pins)
    let fixed = isPinned.indices.map { isIn.contains($0) ? pinned[$0] : unpinned[$0] }
    var near = pins.flatMap { prompt.model.decisions[$0].leaves }.map { wish($0.index) }
    while true {
      switch session.check(fixed + near) {
      case .unknown: return nil
      case .satisfiable:
        let values = translation.leaves.compactMap { session.value(of: $0).flatMap(Scalar.init) }
        return values.count == translation.leaves.count ? values : nil
      case .unsatisfiable(let core):
        guard let wish = near.lastIndex(where: core.contains) else { return nil }
        near.remove(at: wish)
      }
    }
  }

  private func wish(_ leaf: Int) -> Literal {
    if let known = isWanted[leaf] { return known }
    let new = session.literal(for: translation.ast(prompt.equality(leaf, wanted[leaf])))
    isWanted[leaf] = new
    return new
  }
}
