import CZ3

extension Refiner {
  // MARK: All conflicts

  /// Every minimal conflict among the claims, up to a limit: the map of subsets not looked at yet
  /// is a formula of its own (MARCO; Liffiton, Previti, Malik, Marques-Silva, Constraints 21,
  /// 2016).
  func findConflicts() {
    guard let map = try? Z3Session(options.limits, in: session.shared) else { return }
    let claims = model.claims
    let isIn = claims.map { _ in map.freshBool() }
    let place = Dictionary(uniqueKeysWithValues: claims.enumerated().map { ($1, $0) })
    let deadline = ContinuousClock.now + options.conflictTime
    while true {
      if !refinement.conflicts.isEmpty, ContinuousClock.now > deadline {
        refinement.hasMoreConflicts = true
        return
      }
      switch map.check([]) {
      case .unsatisfiable: return
      case .unknown(let reason): return stopped(reason)
      case .satisfiable: break
      }
      // An all-satisfied claim set grows anyway; beginning with many finds conflicts sooner.
      let seed = claims.indices.filter { map.value(of: isIn[$0]) != .bool(false) }
      switch session.check(promptLiterals + literals(seed.map { claims[$0] })) {
      case .unknown(let reason): return stopped(reason)
      case .unsatisfiable(let core):
        let found = conflict(in: claimsFirst(core), claims)
        if refinement.conflicts.count == options.conflictsMax {
          refinement.hasMoreConflicts = true
          return
        }
        refinement.conflicts.append(found)
        map.assert(map.anyOf(found.claims.compactMap { place[$0] }.map { isIn[$0] }, negated: true))
      case .satisfiable:
        let kept = grown(Set(seed), claims)
        map.assert(
          map.anyOf(claims.indices.filter { !kept.contains($0) }.map { isIn[$0] }, negated: false))
      }
    }
  }

  /// Deletion tries the claims before the requirements, so that the set of claims is minimal.
  private func claimsFirst(_ core: [Literal]) -> [Literal] {
    let isClaim = { (literal: Literal) in
      self.clauseOf[literal].map { self.model[$0].agent != nil } ?? false
    }
    // All requirements take part until the claims are as few as can be.
    let needed = session.shrunk(
      promptLiterals + core.filter(isClaim), keeping: Set(promptLiterals))
    return needed.filter(isClaim) + needed.filter { !isClaim($0) }
  }

  /// The conflict that the claims were refuted with is known in any case.
  private func stopped(_ reason: String) {
    refinement.hasMoreConflicts = true
    if refinement.conflicts.isEmpty, case .conflict(let first) = refinement.joint {
      refinement.conflicts = [first]
    }
    note("which conflicts there are", reason)
  }

  /// Adds claims as long as they fit; the last query was satisfiable.
  private func grown(_ seed: Set<Int>, _ claims: [ClauseID]) -> Set<Int> {
    var kept = seed
    let takeSatisfied = { (kept: inout Set<Int>) in
      for index in claims.indices
      where self.session.isTrue(self.translation.ast(self.model[claims[index]].term)) {
        kept.insert(index)
      }
    }
    takeSatisfied(&kept)
    for index in claims.indices where !kept.contains(index) {
      let wanted = promptLiterals + literals((kept.sorted() + [index]).map { claims[$0] })
      if case .satisfiable = session.check(wanted) { takeSatisfied(&kept) }
    }
    return kept
  }

  // MARK: What to withdraw

  /// The claims of least weight whose withdrawal leaves one program to refine.
  func findWithdrawal() {
    let claims = model.claims
    let isGone = claims.map { claim -> (term: cz3_ast, weight: Int32) in
      let agent = model[claim].agent.map { model.agents[$0] } ?? ""
      let term = translation.ast(model[claim].term)
      return (cz3_mk_not(session.context, term), max(1, options.weights[agent] ?? 1))
    }
    let hard = model.requirements.map { translation.ast(model[$0].term) } + translation.bounds
    switch session.minimize(isGone, hard: hard) {
    case .satisfiable:
      refinement.withdrawal = zip(claims, isGone).filter { session.isTrue($1.term) }.map(\.0)
    case .unsatisfiable: break
    case .unknown(let reason): note("what to withdraw", reason)
    }
  }
}

extension Z3Session {
  func anyOf(_ terms: [cz3_ast], negated: Bool) -> cz3_ast {
    let parts: [cz3_ast?] = terms.map { negated ? cz3_mk_not(context, $0) : $0 }
    return parts.isEmpty ? cz3_mk_false(context) : cz3_mk_or(context, UInt32(parts.count), parts)
  }
}
