import CZ3

extension Refiner {
  /// What is odd about each claim, whatever the others say. Requires: `findChoices` has run.
  func remarkOnClaims() {
    guard var known else { return }
    let kinds = session.assuming(promptLiterals) {
      model.claims.map { claim in oddity(of: claim, &known) }
    }
    for (claim, isPossible) in zip(model.claims, kinds) {
      if !isPossible.true { remarkOnContradiction(claim) }
      if !isPossible.false { remark(claim, .isImplied) }
      remarkIfForeign(claim)
    }
  }

  /// Which values the prompt lets the claim have; both where nobody knows.
  private func oddity(
    of claim: ClauseID, _ known: inout Possibilities
  ) -> (true: Bool, false: Bool) {
    let term = model[claim].term
    do throws(GaveUp) {
      let canHold = try known.isPossible(term, is: true)
      return (canHold, try known.isPossible(term, is: false))
    } catch {
      return (true, true)
    }
  }

  private func remark(_ claim: ClauseID, _ kind: ClaimRemark.Kind) {
    refinement.remarks.append(ClaimRemark(claim: claim, kind: kind))
  }

  /// Requires: the prompt does not admit the claim.
  private func remarkOnContradiction(_ claim: ClauseID) {
    let own = literals[claim.index]
    guard case .unsatisfiable(let core) = session.check(promptLiterals + [own]) else { return }
    let needed = session.shrunk(core, keeping: [own])
    remark(claim, .contradictsPrompt(needed.compactMap { clauseOf[$0] }.filter { $0 != claim }))
  }

  /// A claim that speaks of other agents' decisions beside own ones makes a condition of them; one
  /// that speaks of nothing else decides for them. Where some decisions have owners, one that
  /// speaks only of those that have none decides what nobody was given.
  private func remarkIfForeign(_ claim: ClauseID) {
    guard let agent = model[claim].agent else { return }
    let owners = model.decisions(in: model[claim].term).map { model.decisions[$0].owner }
    let others = Set(owners.compactMap { $0 }).subtracting([agent])
    if !others.isEmpty, !owners.contains(agent) {
      remark(claim, .isForeign(owners: others.sorted()))
    } else if !owners.isEmpty, owners.allSatisfy({ $0 == nil }),
      model.decisions.contains(where: { $0.owner != nil })
    {
      remark(claim, .isUnowned)
    }
  }
}
