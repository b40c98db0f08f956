/// Takes values out of domains that a term refutes: hull consistency, by what the operands of a
/// term may be when the term is to be so (Benhamou, Goualard, Granvilliers, Puget, ICLP 1999).
///
/// Invariant: every assignment that was in the domains and makes the terms true still is.
struct Narrowing {
  private let model: PromptModel
  private(set) var domains: Domains
  /// Leaves whose domains have changed.
  var changed: [Int] = []

  init(_ model: PromptModel, _ domains: Domains) {
    self.model = model
    self.domains = domains
  }

  /// False: no values in the domains give the term that value.
  mutating func require(_ term: Term, _ value: Bool) -> Bool {
    switch term {
    case .bool(let known): return known == value
    case .leaf(let leaf): return set(leaf, domains[leaf].within(value ? 1 : 0, value ? 1 : 0))
    case .not(let inner): return require(inner, !value)
    case .and(let terms): return value ? each(terms, true) : some(terms, false)
    case .or(let terms): return value ? some(terms, true) : each(terms, false)
    case .equal(let a, let b): return requireEqual(a, b, value)
    case .less(let a, let b): return requireOrder(a, b, orEqual: false, value)
    case .lessEqual(let a, let b): return requireOrder(a, b, orEqual: true, value)
    case .conditional(let test, let then, let otherwise):
      let (thenFits, otherwiseFits) = (canBe(then, value), canBe(otherwise, value))
      if !thenFits, !require(test, false) { return false }
      if !otherwiseFits, !require(test, true) { return false }
      let condition = domains.extent(test)
      if !condition.canFail { return require(then, value) }
      return condition.canHold || require(otherwise, value)
    default: return true
    }
  }

  private func canBe(_ term: Term, _ value: Bool) -> Bool {
    let extent = domains.extent(term)
    return value ? extent.canHold : extent.canFail
  }

  private mutating func each(_ terms: [Term], _ value: Bool) -> Bool {
    for term in terms where !require(term, value) { return false }
    return true
  }

  /// What only one term can still do, it must.
  private mutating func some(_ terms: [Term], _ value: Bool) -> Bool {
    var only: Term?
    for term in terms where canBe(term, value) {
      if only != nil { return true }
      only = term
    }
    return only.map { require($0, value) } ?? false
  }

  mutating func set(_ leaf: LeafID, _ domain: Domain) -> Bool {
    if domain == domains[leaf] { return true }
    domains[leaf] = domain
    changed.append(leaf.index)
    return !domain.isEmpty
  }

  func isReal(_ leaf: LeafID) -> Bool { model.leaves[leaf.index].sort == .real }
}
