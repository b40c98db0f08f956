/// A domain for each leaf, and what follows for terms.
struct Domains {
  let isBool: [Bool]
  var all: [Domain]

  /// All values of the sorts.
  init(_ model: PromptModel) {
    isBool = model.leaves.map { $0.sort == .bool }
    all = model.leaves.map { Domain($0.sort, in: model) }
  }

  subscript(leaf: LeafID) -> Domain {
    get { all[leaf.index] }
    set { all[leaf.index] = newValue }
  }

  func with(_ domain: Domain, for leaf: Int) -> Domains {
    var copy = self
    copy.all[leaf] = domain
    return copy
  }

  /// Complexity: linear in the size of the term.
  func extent(_ term: Term) -> Extent {
    switch term {
    case .bool(let value): .known(value)
    case .integer(let value): .between(value, value)
    case .real(let text): enclosure(text)
    case .string: .anything
    case .leaf(let leaf): extent(leaf)
    case .not(let inner): extent(inner).negatedTruth
    case .and(let terms): conjunction(terms)
    case .or(let terms): disjunction(terms)
    case .equal(let a, let b): equality(a, b)
    case .less(let a, let b): .comparison(extent(a), extent(b), orEqual: false)
    case .lessEqual(let a, let b): .comparison(extent(a), extent(b), orEqual: true)
    case .add(let terms): terms.dropFirst().reduce(extent(terms[0])) { $0.plus(extent($1)) }
    case .multiply(let a, let b): extent(a).times(extent(b))
    case .divide(let a, let b): extent(a).divided(by: extent(b))
    case .remainder(let a, let divisor): extent(a).remainder(by: divisor)
    case .ratio: .anything
    case .toReal(let inner): extent(inner)
    case .conditional(let test, let then, let otherwise): conditional(test, then, otherwise)
    }
  }

  private func extent(_ leaf: LeafID) -> Extent {
    let domain = all[leaf.index]
    if isBool[leaf.index] {
      return .truth(canHold: domain.contains(1), canFail: domain.contains(0))
    }
    return switch domain {
    case .values, .between: .between(domain.lower, domain.upper)
    case .below: .below
    case .above: .above
    case .fresh: .fresh
    case .anything: .anything
    }
  }

  private func conjunction(_ terms: [Term]) -> Extent {
    var (canHold, canFail) = (true, false)
    for term in terms {
      let extent = extent(term)
      canHold = canHold && extent.canHold
      canFail = canFail || extent.canFail
    }
    return .truth(canHold: canHold, canFail: canFail)
  }

  private func disjunction(_ terms: [Term]) -> Extent {
    var (canHold, canFail) = (false, true)
    for term in terms {
      let extent = extent(term)
      canHold = canHold || extent.canHold
      canFail = canFail && extent.canFail
    }
    return .truth(canHold: canHold, canFail: canFail)
  }

  private func equality(_ a: Term, _ b: Term) -> Extent {
    // The bounds of a domain do not tell of its gaps.
    if case (.leaf(let leaf), .integer(let value)) = (a, b), case .values = self[leaf],
      !self[leaf].contains(value)
    {
      return .known(false)
    }
    return .equality(extent(a), extent(b))
  }

  private func conditional(_ test: Term, _ then: Term, _ otherwise: Term) -> Extent {
    let condition = extent(test)
    if !condition.canFail { return extent(then) }
    if !condition.canHold { return extent(otherwise) }
    return extent(then).joined(extent(otherwise))
  }
}

extension Extent {
  fileprivate var negatedTruth: Extent { .truth(canHold: canFail, canFail: canHold) }
}

extension Domain {
  init(_ sort: ScalarSort, in model: PromptModel) {
    switch (sort, model.bounds(sort)) {
    case (.string, _): self = .anything
    case (_, nil): self = .between(nil, nil)
    case (_, let bounds?):
      let (last, overflows) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound)
      self =
        !overflows && last < 64
        ? .values(base: bounds.lowerBound, .max >> UInt64(63 - last))
        : .between(bounds.lowerBound, bounds.upperBound)
    }
  }
}

/// The integers around a decimal number.
private func enclosure(_ text: String) -> Extent {
  let parts = text.split(separator: ".", maxSplits: 1)
  guard let first = parts.first, let whole = Int64(first) else { return .between(nil, nil) }
  if parts.count == 1 || parts[1].allSatisfy({ $0 == "0" }) { return .between(whole, whole) }
  return text.hasPrefix("-")
    ? .between(whole == .min ? nil : whole - 1, whole)
    : .between(whole, whole == .max ? nil : whole + 1)
}
