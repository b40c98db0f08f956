import Lowering
import Semantics
import Synchronization
import TransitionSystem

/// Answers questions about committed claims by trying every assignment, one set at a time: nothing
/// follows for other sets.
final class BruteForceOracle: Oracle {
  private struct Known {
    let claims: Claims
    let members: [Claim]

    func isTrue(_ question: Question.Kind, of set: [UInt64]) -> Bool {
      let made = Set(
        members.enumerated().filter { place, _ in
          set[place / 64] >> UInt64(place % 64) & 1 == 1
        }.map(\.element))
      return switch question {
      case .clash: !claims.isCoherent(made)
      case .forces(let decision):
        !claims.isCoherent(made) || claims.isDetermined(decision, by: made)
      }
    }
  }
  /// Workers ask at the same time, and what was found out is remembered.
  private let known: Mutex<Known>
  private let questions: [Question]

  /// Nil where there is nothing to answer, or too much to try.
  init?(_ spec: TypedSpec, _ system: TransitionSystem) {
    guard !system.questions.isEmpty, let claims = Claims(spec) else { return nil }
    let domain = Domain(spec)
    let members = system.members.map { member in
      let parts = spec.commitments[member.source].parts
      return Claim(
        commitment: member.source,
        values: zip(parts, member.ranks).map { domain.values(of: $0.type)[Int($1)] })
    }
    known = Mutex(Known(claims: claims, members: members))
    questions = system.questions
  }

  func answer(_ question: QuestionID, about set: [UInt64]) -> OracleAnswer {
    let kind = questions[question.index].kind
    return known.withLock { $0.isTrue(kind, of: set) } ? .yes(because: set) : .no(within: set)
  }
}

/// The transition system of a spec, with the oracle that its claims need.
func loweredWithOracle(_ spec: TypedSpec, rooms: [Int: Int] = [:]) -> TransitionSystem? {
  var system = lower(spec, rooms: rooms).system
  if let lowered = system { system?.oracle = BruteForceOracle(spec, lowered) }
  return system
}
