import TransitionSystem

/// Knows whether a set has at least so many members; knows nothing of clashes.
struct ThresholdOracle: Oracle {
  let questions: [Question]

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
