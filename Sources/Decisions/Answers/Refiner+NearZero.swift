extension Refiner {
  /// A member of Φ whose numbers are nearer to zero, or to the end of their range that is: a reader
  /// asks why a value is large, and there should be a reason. `isFree`: by decision, whether its
  /// value may change.
  ///
  /// One number after the other, while the others stay, by bisection: where the clauses allow an
  /// interval it ends at the least. Every value that is tried is judged by evaluation.
  ///
  /// Requires: `member` satisfies the requirements and these claims.
  /// Complexity: 64 evaluations of each clause for each of its numbers.
  func nearZero(_ member: Assignment, _ claims: [ClauseID], isFree: [Bool]) -> Assignment {
    guard var values = member.scalars else { return member }
    var termsOf: [[Term]] = Array(repeating: [], count: model.leaves.count)
    for clause in model.requirements + claims {
      let term = model[clause].term
      for leaf in term.leaves { termsOf[leaf.index].append(term) }
    }
    for (leaf, known) in model.leaves.enumerated() where isFree[known.decision] {
      guard known.sort.isNumber, case .number(let number) = values[leaf] else { continue }
      let bounds = model.bounds(known.sort)
      func isPossible(_ value: Int64) -> Bool {
        let before = values[leaf]
        values[leaf] = Scalar(value)
        defer { values[leaf] = before }
        return termsOf[leaf].allSatisfy { $0.isTrue(values) == true }
      }
      let zero = bounds.map { max($0.lowerBound, min(0, $0.upperBound)) } ?? 0
      if let least = nearest(to: zero, from: number, isPossible) { values[leaf] = Scalar(least) }
    }
    return Assignment(values: values.map(\.leafValue))
  }

  /// A possible integer that is nearer; nil where none is found.
  private func nearest(
    to zero: Int64, from number: Rational, _ isPossible: (Int64) -> Bool
  ) -> Int64? {
    if isPossible(zero) { return zero }
    let start = number.rounded(up: number.numerator < 0)
    if !isPossible(start) { return nil }
    var (least, impossible) = (start, zero)
    while true {
      let (distance, isTooFar) = least.subtractingReportingOverflow(impossible)
      if isTooFar || distance.magnitude < 2 { return least }
      let middle = impossible + distance / 2
      if isPossible(middle) { least = middle } else { impossible = middle }
    }
  }
}

extension ScalarSort {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .real: true
    case .bool, .string, .enumeration: false
    }
  }
}
