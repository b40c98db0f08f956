extension OpenPrompt {
  /// As many values for a leaf around one as may be; nil where that is the only one, or has no
  /// neighbours.
  ///
  /// Complexity: for an integer twice the logarithm of its domain, for others a test for each case.
  func widest(
    _ leaf: Int, around value: Scalar, where isRight: (Domain) -> Bool
  ) -> Domain? {
    guard case .number(let number) = value, let whole = number.whole else { return nil }
    let domain = domains.all[leaf]
    switch model.leaves[leaf].sort {
    case .enumeration:
      guard case .values(let base, let all) = domain, all.nonzeroBitCount <= 16 else { return nil }
      let own = UInt64(1) << UInt64(whole - base)
      let kept = (0..<UInt64(64)).filter { (all & ~own) >> $0 & 1 == 1 }.reduce(own) { kept, bit in
        isRight(.values(base: base, kept | 1 << bit)) ? kept | 1 << bit : kept
      }
      return kept == own ? nil : .values(base: base, kept)
    case .integer:
      let least = furthest(domain, from: whole, direction: -1, isRight)
      let most = furthest(domain, from: whole, direction: 1, isRight)
      if least == whole, most == whole { return nil }
      let both = domain.within(least, most)
      // Each end was tried for itself.
      if least == whole || most == whole || isRight(both) { return both }
      return domain.within(whole, most)
    default: return nil
    }
  }

  /// How far a number can go, all values on the way included; nil: as far as its domain does.
  private func furthest(
    _ domain: Domain, from value: Int64, direction: Int64, _ isRight: (Domain) -> Bool
  ) -> Int64? {
    func span(_ end: Int64?) -> Domain {
      direction > 0 ? domain.within(value, end) : domain.within(end, value)
    }
    let limit = (direction > 0 ? domain.upper : domain.lower) ?? value &+ direction << 40
    if max(value.magnitude, limit.magnitude) > 1 << 61 || limit == value { return value }
    if isRight(span(nil)) { return nil }
    var good = value
    var bad = limit + direction
    while bad - good != direction {
      let middle = good + (bad - good) / 2
      if isRight(span(middle)) { good = middle } else { bad = middle }
    }
    return good
  }
}
