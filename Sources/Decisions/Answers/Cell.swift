/// Where all comparisons come out as they do for one member, and all leaves but reals have its
/// values: a polyhedron inside Φ, with its border. Linear terms have finitely many cells.
///
/// Requires: linear terms. Invariant: a real goes as far in the closed cell as in the open one,
/// which is convex and holds the member.
struct Cell {
  private let member: [Scalar]
  private let fixed: [LeafID: Term]
  private(set) var constraints: [Term] = []

  /// Nil where a number leaves 64 bits.
  init?(_ model: PromptModel, _ terms: [Term], around member: [Scalar]) {
    self.member = member
    let isReal = model.leaves.map { $0.sort == .real }
    fixed = Dictionary(
      uniqueKeysWithValues: member.indices.filter { !isReal[$0] }.map {
        (LeafID($0), Term(member[$0], model, LeafID($0)))
      })
    for term in terms { guard collect(term) else { return nil } }
  }

  /// False where a number leaves 64 bits.
  private mutating func collect(_ term: Term) -> Bool {
    switch term {
    case .less(let a, let b), .lessEqual(let a, let b):
      guard let isSo = term.isTrue(member) else { return false }
      return isSo ? add(a, b) : add(b, a)
    case .equal(let a, let b):
      if case .number? = a.value(member) { return collectEquality(term, a, b) }
      return collect(a) && collect(b)
    default:
      for part in term.parts { guard collect(part) else { return false } }
      return true
    }
  }

  private mutating func collectEquality(_ term: Term, _ a: Term, _ b: Term) -> Bool {
    guard let isEqual = term.isTrue(member), let isLess = Term.less(a, b).isTrue(member) else {
      return false
    }
    if isEqual { return add(a, b) && add(b, a) }
    return isLess ? add(a, b) : add(b, a)
  }

  private mutating func add(_ a: Term, _ b: Term) -> Bool {
    guard let left = resolved(a), let right = resolved(b) else { return false }
    constraints.append(.comparison(left, right, orEqual: true))
    return collectConditions(a) && collectConditions(b)
  }

  private mutating func collectConditions(_ term: Term) -> Bool {
    if case .conditional(let test, _, _) = term, !collect(test) { return false }
    for part in term.parts { guard collectConditions(part) else { return false } }
    return true
  }

  /// A number without conditions.
  private func resolved(_ term: Term) -> Term? {
    switch term {
    case .conditional(let test, let then, let otherwise):
      return test.isTrue(member).flatMap { resolved($0 ? then : otherwise) }
    case .add(let terms):
      let parts = terms.compactMap(resolved)
      return parts.count == terms.count ? .add(parts) : nil
    case .multiply(let a, let b):
      return resolved(a).flatMap { a in resolved(b).map { .multiply(a, $0) } }
    case .ratio(let a, let b):
      return resolved(a).flatMap { a in resolved(b).map { .ratio(a, $0) } }
    default: return term.replacing(fixed)
    }
  }
}
