import Testing

@testable import Decisions

/// Groups of agents that clash, and groups of claims that have nothing to do with each other.
@Suite struct GroupTests {
  @Test func groupsOfAgentsAgreeWithTryingEverything() throws {
    var besidePairs = 0
    for seed in 0..<UInt64(40) {
      let prompt = RandomPrompt(groups: seed)
      for propagates in [true, false] {
        let trial = try #require(try Trial(prompt, propagates: propagates))
        #expect(trial.differences() == [], "seed \(seed)\n\(prompt.text)")
        guard case .clashes(let clashes, _, _) = trial.refinement.coordination else { continue }
        let sizes = Set(clashes.map(\.agents.count))
        if sizes.contains(2), sizes.count > 1 { besidePairs += 1 }
      }
    }
    #expect(besidePairs > 4)
  }

  /// In one cluster of requirements, so that one clash of it does not tell of the other.
  @Test func aTripleIsNamedBesideAPair() throws {
    let answer = try refined(
      """
      prompt App "x" {
        decision a: bool; decision b: bool; decision c: bool; decision d: bool; decision e: bool
        decision u: bool
        require a and b implies u
        require a and b implies not u
        require c and d and e implies u
        require c and d and e implies not u
      }
      claims of A { decides a }
      claims of B { decides b }
      claims of C { decides c }
      claims of D { decides d }
      claims of E { decides e }
      """)
    guard case .clashes(let clashes, nil, _) = answer.coordination else {
      Issue.record("\(answer.coordination)")
      return
    }
    #expect(clashes.map(\.agents) == [[0, 1], [2, 3, 4]])
  }

  @Test func committedClaimsAgreeWithTryingEverything() throws {
    var severalGroups = 0
    for seed in 0..<UInt64(60) {
      let prompt = seed % 2 == 0 ? RandomPrompt(clashing: seed) : RandomPrompt(seed: seed)
      let trial = try #require(try Trial(prompt))
      let model = trial.model
      let terms = model.claims.map { model[$0].term }
      let claims = try CommittedClaims(model, claims: terms, SolverLimits())
      let groups = ClaimGroup.all(model, terms, wordCount: 1)
      if groups.count(where: { $0.claims != [0] }) > 1 { severalGroups += 1 }
      for bits in 0..<UInt64(1 << terms.count) {
        compareClash(claims.clash([bits]), bits, trial.truth)
        for decision in model.decisions.indices {
          compareForced(claims.forces(decision, [bits]), decision, bits, trial.truth)
        }
      }
    }
    #expect(severalGroups > 10)
  }

  private func compareClash(_ answer: CommittedClaims.Answer, _ bits: UInt64, _ truth: BruteForce) {
    func agrees(_ bits: UInt64) -> Bool { truth.isConsistent(Set([bits].members)) }
    switch answer {
    case .yes(let reason):
      #expect(reason.count == 1 && reason[0] & ~bits == 0 && !agrees(reason[0]))
    case .no(let within): #expect(bits & ~within[0] == 0 && agrees(within[0]))
    case .unknown: Issue.record("unknown")
    }
  }

  private func compareForced(
    _ answer: CommittedClaims.Answer, _ decision: Int, _ bits: UInt64, _ truth: BruteForce
  ) {
    func isForced(_ bits: UInt64) -> Bool {
      let wanted = Set([bits].members)
      let left = zip(truth.programs, truth.satisfied).filter { wanted.isSubset(of: $1) }
      return Set(left.map { $0.0[decision] }).count < 2
    }
    switch answer {
    case .yes(let reason): #expect(reason[0] & ~bits == 0 && isForced(reason[0]))
    case .no(let within): #expect(bits & ~within[0] == 0 && !isForced(within[0]))
    case .unknown: Issue.record("unknown")
    }
  }
}
