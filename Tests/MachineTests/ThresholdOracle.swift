import TransitionSystem

/// Knows whether a set has at least so many members; knows nothing of clashes.
struct ThresholdOracle: Oracle {
  let questions: [Question]
  let memberCount: Int

  static func isTrue(_ kind: Question.Kind, _ count: Int) -> Bool? {
    if case .forces(let least) = kind { count >= least } else { nil }
  }

  func answer(_ question: QuestionID, about set: [UInt64]) -> OracleAnswer {
    let kind = questions[question.index].kind
    let count = set.reduce(0) { $0 + $1.nonzeroBitCount }
    guard case .forces(let least) = kind, let isTrue = Self.isTrue(kind, count) else {
      return .unknown
    }
    return isTrue
      ? .yes(because: reduced(set, to: least)) : .no(within: filled(set, upTo: least - 1))
  }

  /// Whether there is a member at all can be asked of any parts: a large one, which is hashed, one
  /// over the end of a word, and small ones, of which some are looked up together.
  func parts(of question: QuestionID) -> [[Int]] {
    guard questions[question.index].kind == .forces(1), memberCount > 1 else { return [] }
    var parts = (0..<3).map { rest in (0..<memberCount).filter { $0 % 5 == rest } }
    if memberCount > 64 { parts = [Array(0..<40)] + [Array(40..<memberCount - 3)] }
    let rest = Set(0..<memberCount).subtracting(parts.joined()).sorted()
    return (parts + rest.map { [$0] }).filter { !$0.isEmpty }
  }

  private func reduced(_ set: [UInt64], to count: Int) -> [UInt64] {
    var set = set
    for word in set.indices {
      while set.reduce(0, { $0 + $1.nonzeroBitCount }) > count, set[word] != 0 {
        set[word] &= set[word] - 1
      }
    }
    return set
  }

  private func filled(_ set: [UInt64], upTo count: Int) -> [UInt64] {
    var set = set
    for word in set.indices {
      for bit in 0..<64 where set.reduce(0, { $0 + $1.nonzeroBitCount }) < count {
        set[word] |= 1 << UInt64(bit)
      }
    }
    return set
  }
}
