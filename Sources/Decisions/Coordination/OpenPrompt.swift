/// What a prompt still says when its forced leaves, and perhaps others, have their values.
///
/// Idea. Whether choices of some leaves can be completed is a question about the projection of the
/// prompt to them. A leaf that nobody chooses goes first if some value of it makes all requirements
/// true that speak of it, whatever the other leaves are within their domains: it is a pure literal,
/// as a value (Davis, Putnam 1960). It takes these requirements along, and others may follow. What
/// is left, the kernel, has the same projection within the domains, and for most pairs of agents in
/// a large prompt there is none left that connects them.
struct OpenPrompt {
  let model: PromptModel
  /// Supersets of what is possible under the prompt.
  let domains: Domains
  let fixed: [LeafID: Scalar]
  /// Requirements that are not always true within the domains, with values for what is fixed.
  let terms: [Term]
  /// By term, the requirement that it is what is left of.
  let clauses: [ClauseID]
  /// By term, the leaves that are not fixed.
  let leaves: [[Int]]
  /// By leaf.
  let termsOf: [[Int]]
  /// By leaf and by value that it could be given last: the terms that this may leave false.
  private let unsettled: [[[Int]]]

  init(_ model: PromptModel, _ domains: Domains, fixed: [LeafID: Scalar] = [:]) {
    self.model = model
    self.domains = domains
    self.fixed = fixed
    var values: [LeafID: Term] = [:]
    for leaf in model.leaves.indices {
      let id = LeafID(leaf)
      if let value = fixed[id] ?? domains.only(leaf) { values[id] = Term(value, model, id) }
    }
    var (terms, clauses): ([Term], [ClauseID]) = ([], [])
    for clause in model.requirements {
      for term in model[clause].term.replacing(values).conjuncts
      where domains.extent(term).canFail {
        terms.append(term)
        clauses.append(clause)
      }
    }
    self.terms = terms
    self.clauses = clauses
    let leaves = terms.map { $0.leaves.map(\.index).sorted() }
    self.leaves = leaves
    var termsOf: [[Int]] = Array(repeating: [], count: model.leaves.count)
    for (place, own) in leaves.enumerated() { for leaf in own { termsOf[leaf].append(place) } }
    self.termsOf = termsOf
    unsettled = model.leaves.indices.map { leaf in
      domains.lastValues(of: leaf, model.leaves[leaf].sort).map { value in
        let chosen = domains.with(value, for: leaf)
        return termsOf[leaf].filter { chosen.extent(terms[$0]).canFail }
      }
    }
  }

  /// The places of the terms that constrain the protected leaves: where these satisfy them with
  /// some values for all others, within the domains, they do so the whole prompt.
  func kernel(protecting isProtected: [Bool]) -> [Int] {
    var isLeft = Array(repeating: true, count: terms.count)
    var counts = unsettled.map { $0.map(\.count) }
    var queue = leaves.joined().filter { !isProtected[$0] }
    var isGone = isProtected
    while let leaf = queue.popLast() {
      if isGone[leaf] || !counts[leaf].contains(0) { continue }
      isGone[leaf] = true
      for term in termsOf[leaf] where isLeft[term] {
        isLeft[term] = false
        for other in leaves[term] where !isGone[other] {
          for (value, left) in unsettled[other].enumerated() where left.contains(term) {
            counts[other][value] -= 1
          }
          queue.append(other)
        }
      }
    }
    return reachable(from: isProtected, isLeft)
  }

  /// What does not hang together with a protected leaf can be satisfied on its own.
  private func reachable(from isProtected: [Bool], _ isLeft: [Bool]) -> [Int] {
    var isSeen = isProtected
    var isFound = Array(repeating: false, count: terms.count)
    var queue = isProtected.indices.filter { isProtected[$0] }
    while let leaf = queue.popLast() {
      for term in termsOf[leaf] where isLeft[term] && !isFound[term] {
        isFound[term] = true
        for other in leaves[term] where !isSeen[other] {
          isSeen[other] = true
          queue.append(other)
        }
      }
    }
    return terms.indices.filter { isFound[$0] }
  }

  /// The kernel in parts that have only protected leaves in common: these fixed, each part can be
  /// completed or not whatever the others are.
  func clusters(protecting isProtected: [Bool]) -> [[Int]] {
    let kernel = kernel(protecting: isProtected)
    var isLeft = Array(repeating: false, count: terms.count)
    for term in kernel { isLeft[term] = true }
    var clusters: [[Int]] = []
    for first in kernel where isLeft[first] {
      isLeft[first] = false
      var cluster = [first]
      var next = 0
      while next < cluster.count {
        for leaf in leaves[cluster[next]] where !isProtected[leaf] {
          for term in termsOf[leaf] where isLeft[term] {
            isLeft[term] = false
            cluster.append(term)
          }
        }
        next += 1
      }
      clusters.append(cluster.sorted())
    }
    return clusters
  }

  func equality(_ leaf: Int, _ value: Scalar) -> Term {
    .equality(.leaf(LeafID(leaf)), Term(value, model, LeafID(leaf)))
  }

  /// That the leaf is in its domain, for the solver.
  func isInDomain(_ leaf: Int) -> Term { isWithin(domains.all[leaf], leaf) }

  func isWithin(_ domain: Domain, _ leaf: Int) -> Term {
    let id = Term.leaf(LeafID(leaf))
    if domains.isBool[leaf] || domain.isEmpty { return .bool(true) }
    func number(_ value: Int64) -> Term { Term(Scalar(value), model, LeafID(leaf)) }
    let ends: [Term?] = [
      domain.lower.map { .comparison(number($0), id, orEqual: true) },
      domain.upper.map { .comparison(id, number($0), orEqual: true) },
    ]
    var gaps: [Term] = []
    if case .values = domain, let lower = domain.lower, let upper = domain.upper {
      gaps = (lower...upper).filter { !domain.contains($0) }.map {
        .negation(.equality(id, .integer($0)))
      }
    }
    return .conjunction(ends.compactMap { $0 } + gaps)
  }
}

extension Domains {
  /// The only value of a leaf, where there is one.
  func only(_ leaf: Int) -> Scalar? {
    let domain = all[leaf]
    guard let lower = domain.lower, lower == domain.upper else { return nil }
    return isBool[leaf] ? .bool(lower == 1) : Scalar(lower)
  }

  /// Values that a leaf may be given when all others have theirs.
  fileprivate func lastValues(of leaf: Int, _ sort: ScalarSort) -> [Domain] {
    let domain = all[leaf]
    switch domain {
    case .values(let base, let members):
      if members.nonzeroBitCount <= 16 {
        return (domain.members ?? []).map { .values(base: base, 1 << UInt64($0 - base)) }
      }
      return [domain.lower, domain.upper].compactMap { $0 }.map {
        .values(base: base, 1 << UInt64($0 - base))
      }
    case .between(let lower, let upper):
      // The bounds of reals are rounded outwards.
      let isReal = sort == .real
      return [
        isReal && lower != nil ? nil : lower.map { .between($0, $0) } ?? .below,
        isReal && upper != nil ? nil : upper.map { .between($0, $0) } ?? .above,
      ].compactMap { $0 }
    case .anything: return [.fresh]
    case .below, .above, .fresh: return []
    }
  }
}

extension Term {
  /// The value of a leaf as a term of its sort.
  init(_ value: Scalar, _ model: PromptModel, _ leaf: LeafID) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .string(let text): self = .string(text)
    case .number(let number):
      if model.leaves[leaf.index].sort == .real {
        self =
          number.denominator == 1
          ? .real(String(number.numerator))
          : .ratio(.real(String(number.numerator)), .real(String(number.denominator)))
      } else {
        self = .integer(number.whole ?? 0)
      }
    }
  }
}
