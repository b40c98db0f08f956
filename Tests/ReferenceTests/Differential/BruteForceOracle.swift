import Lowering
import Semantics
import TransitionSystem

/// Answers questions about committed claims by trying every assignment, one set at a time: nothing
/// follows for other sets.
struct BruteForceOracle: Oracle {
  // Safety: one search with one worker asks it.
  private struct Unshared<Value>: @unchecked Sendable { let value: Value }
  private let claims: Unshared<Claims>
  private let members: Unshared<[Claim]>
  private let questions: [Question]

  /// Nil where there is nothing to answer, or too much to try.
  init?(_ spec: TypedSpec, _ system: TransitionSystem) {
    guard !system.questions.isEmpty, let claims = Claims(spec) else { return nil }
    let domain = Domain(spec)
    self.claims = Unshared(value: claims)
    members = Unshared(
      value: system.members.map { member in
        let parts = spec.commitments[member.source].parts
        return Claim(
          commitment: member.source,
          values: zip(parts, member.ranks).map { domain.values(of: $0.type)[Int($1)] })
      })
    questions = system.questions
  }

  func answer(_ question: QuestionID, about set: [UInt64]) -> OracleAnswer {
    let made = members.value.enumerated().filter { place, _ in
      set[place / 64] >> UInt64(place % 64) & 1 == 1
    }.map(\.element)
    let isCoherent = claims.value.isCoherent(Set(made))
    let isYes =
      switch questions[question.index].kind {
      case .clash: !isCoherent
      case .forces(let decision):
        !isCoherent || claims.value.isDetermined(decision, by: Set(made))
      }
    return isYes ? .yes(because: set) : .no(within: set)
  }
}

/// The transition system of a spec, with the oracle that its claims need.
func loweredWithOracle(_ spec: TypedSpec, rooms: [Int: Int] = [:]) -> TransitionSystem? {
  var system = lower(spec, rooms: rooms).system
  if let lowered = system { system?.oracle = BruteForceOracle(spec, lowered) }
  return system
}
