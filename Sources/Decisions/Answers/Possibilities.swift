import CZ3

/// The values that leaves may have where some clauses hold. Requires: these are satisfiable.
///
/// Every value that is shown to be possible is one of a member that satisfies all clauses; every
/// member answers for all leaves at once (as models do for backbones; Janota, Lynce,
/// Marques-Silva 2015). Members are found by propagation and by staying near known ones, values
/// ruled out by propagation; only what neither of them tells goes to the solver.
struct Possibilities {
  /// Which keeps this.
  unowned let refiner: Refiner
  let propagator: Propagator
  /// What is left of the sorts; holds every member.
  private(set) var domains: Domains
  private(set) var members: [[Scalar]]
  /// By leaf, its values in members.
  private(set) var seen: [Set<Scalar>]

  /// Known members that a new one is made from.
  private static let basesMax = 4

  /// `members` satisfy the clauses, whose literals are facts of the session.
  init(_ refiner: Refiner, _ clauses: [ClauseID], members: [[Scalar]]) {
    self.refiner = refiner
    let model = refiner.model
    propagator = Propagator(model, clauses.map { model[$0].term })
    let sorts = Domains(model)
    domains = refiner.options.propagates ? propagator.propagated(sorts) ?? sorts : sorts
    self.members = []
    seen = Array(repeating: [], count: model.leaves.count)
    for member in members { learn(member) }
  }

  private mutating func learn(_ member: [Scalar]) {
    members.append(member)
    for (leaf, value) in member.enumerated() { seen[leaf].insert(value) }
  }

  // MARK: Questions

  /// Whether the leaf can have a value of the domain, of which the term says the same.
  mutating func isPossible(
    _ leaf: LeafID, in domain: Domain, _ term: cz3_ast
  ) throws(GaveUp) -> Bool {
    if refiner.options.propagates, !refiner.session.shared.isInterrupted {
      let wanted = domains[leaf].intersection(domain)
      if wanted.isEmpty { return false }
      let few = domains.with(wanted, for: leaf.index)
      guard let left = propagator.propagated(few, after: [leaf.index]) else { return false }
      if let member = member(in: left) {
        learn(member)
        return true
      }
    }
    return try isPossible(term)
  }

  /// Whether the term can have the value.
  mutating func isPossible(_ term: Term, is value: Bool) throws(GaveUp) -> Bool {
    if members.contains(where: { term.isTrue($0) == value }) { return true }
    if refiner.options.propagates, !refiner.session.shared.isInterrupted {
      var narrowing = Narrowing(refiner.model, domains)
      guard narrowing.require(term, value),
        let left = propagator.propagated(narrowing.domains, after: narrowing.changed)
      else { return false }
      if let member = member(in: left), term.isTrue(member) == value {
        learn(member)
        return true
      }
    }
    let ast = refiner.translation.ast(term)
    return try isPossible(value ? ast : cz3_mk_not(refiner.session.context, ast))
  }

  mutating func isPossible(_ term: cz3_ast) throws(GaveUp) -> Bool {
    switch refiner.session.check([], with: term) {
    case .satisfiable:
      if let member = refiner.assignment()?.scalars { learn(member) }
      return true
    case .unsatisfiable: return false
    case .unknown(let reason):
      refiner.note("which values are possible", reason)
      throw GaveUp()
    }
  }

  /// A member with values from the domains, near a known one.
  private func member(in left: Domains) -> [Scalar]? {
    for base in members.prefix(Self.basesMax) {
      if let found = propagator.member(in: left, near: base) { return found.values }
    }
    return nil
  }
}

/// The solver did not answer; a note says why.
struct GaveUp: Error {}

extension Assignment {
  /// Nil where a number is beyond 64 bits.
  var scalars: [Scalar]? {
    let scalars = values.compactMap { Scalar($0) }
    return scalars.count == values.count ? scalars : nil
  }
}
