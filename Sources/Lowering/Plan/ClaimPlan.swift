import Semantics
import TransitionSystem

/// Which claims agents can commit to, and the slot of each.
///
/// The claims of one `commit` are numbered by the values of its parts, the first one most
/// significant.
struct ClaimPlan {
  struct Claim {
    let commitment: CommitmentID
    let number: Int
    /// The ranks of the values of its parts.
    let ranks: [Int64]
    let text: String
  }

  private(set) var claims: [Claim] = []
  /// The slot of the first claim; the others follow.
  var first = 0

  init() {}

  init(_ numbers: [CommitmentID: Set<Int>], _ types: TypeTable) {
    for (commitment, numbers) in numbers.sorted(by: { $0.key.index < $1.key.index }) {
      let description = types.spec.commitments[commitment.index]
      for number in numbers.sorted() {
        let ranks = Self.ranks(number, description, types)
        let texts = zip(description.parts, ranks).map { part, rank in
          types.info(part.type).shape.text(ofRank: rank, agents: types.agents)
        }
        claims.append(
          Claim(
            commitment: commitment, number: number, ranks: ranks, text: description.text(texts)))
      }
    }
  }

  private static func ranks(
    _ number: Int, _ commitment: Commitment, _ types: TypeTable
  ) -> [Int64] {
    var rest = number
    var ranks: [Int64] = []
    for part in commitment.parts.reversed() {
      let count = max(1, types.cardinality(part.type) ?? 1)
      ranks.append(Int64(rest % count))
      rest /= count
    }
    return ranks.reversed()
  }

  var members: [OracleMember] {
    claims.enumerated().map { place, claim in
      OracleMember(
        slot: SlotID(first + place), source: claim.commitment.index, ranks: claim.ranks)
    }
  }

  /// The slots of the claims of a commitment, by number.
  func slots(of commitment: CommitmentID) -> [(number: Int, slot: SlotID)] {
    claims.enumerated().filter { $1.commitment == commitment }
      .map { ($1.number, SlotID(first + $0)) }
  }
}
