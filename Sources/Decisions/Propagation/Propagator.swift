/// What clauses say about each single leaf, without search: cheap, and often all there is to know.
///
/// A contradiction that it finds is one; where it finds none, there may be one all the same.
struct Propagator {
  private let model: PromptModel
  let terms: [Term]
  /// By leaf, the places of the terms that speak of it.
  let termsOf: [[Int]]
  /// Numbers may creep towards each other step by step: after so many looks at terms for each of
  /// them, what is narrowed is narrowed.
  private static let looksMax = 32

  /// Requires: terms that are all true; what `and` joins counts as terms of their own.
  init(_ model: PromptModel, _ clauses: [Term]) {
    self.model = model
    let terms = clauses.flatMap(\.conjuncts)
    self.terms = terms
    var termsOf: [[Int]] = Array(repeating: [], count: model.leaves.count)
    for (place, term) in terms.enumerated() {
      for leaf in term.leaves { termsOf[leaf.index].append(place) }
    }
    self.termsOf = termsOf
  }

  /// What is left of the domains; nil where nothing is.
  func propagated(_ domains: Domains) -> Domains? {
    propagated(domains, Array(terms.indices.reversed()))
  }

  /// The same, where the domains were propagated before those of the leaves changed.
  func propagated(_ domains: Domains, after leaves: [Int]) -> Domains? {
    propagated(domains, Array(Set(leaves.flatMap { termsOf[$0] })))
  }

  private func propagated(_ domains: Domains, _ queue: [Int]) -> Domains? {
    var narrowing = Narrowing(model, domains)
    var queue = queue
    var isQueued = Set(queue)
    var looks = Self.looksMax * (terms.count + 1)
    while let place = queue.popLast(), looks > 0 {
      looks -= 1
      isQueued.remove(place)
      guard narrowing.require(terms[place], true) else { return nil }
      for next in narrowing.changed.flatMap({ termsOf[$0] }) where isQueued.insert(next).inserted {
        queue.append(next)
      }
      narrowing.changed.removeAll(keepingCapacity: true)
    }
    return narrowing.domains
  }

  /// Values that make all terms true, each in its domain, and which of them differ from the given
  /// ones, which make all terms true; nil where it takes more than moving into the domains.
  func member(in domains: Domains, near base: [Scalar]) -> (values: [Scalar], moved: [Int])? {
    var values = base
    for leaf in values.indices { values[leaf] = domains.nearest(to: values[leaf], leaf) }
    let moved = values.indices.filter { values[$0] != base[$0] }
    let touched = Set(moved.flatMap { termsOf[$0] })
    let isMember = touched.allSatisfy { terms[$0].isTrue(values) ?? false }
    return isMember ? (values, moved) : nil
  }
}

extension Domains {
  /// The value of the leaf's domain that is nearest to one; that itself where it is in it.
  func nearest(to value: Scalar, _ leaf: Int) -> Scalar {
    let domain = all[leaf]
    switch value {
    case .string: return value
    case .bool(let holds):
      return domain.contains(holds ? 1 : 0) ? value : .bool(!holds)
    case .number(let number):
      if let lower = domain.lower, !(Rational(lower).isLess(than: number, orEqual: true) ?? true) {
        return Scalar(lower)
      }
      if let upper = domain.upper, !(number.isLess(than: Rational(upper), orEqual: true) ?? true) {
        return Scalar(upper)
      }
      guard let members = domain.members, let whole = number.whole, !domain.contains(whole) else {
        return value
      }
      return Scalar(members.first { $0 > whole } ?? members[0])
    }
  }
}
