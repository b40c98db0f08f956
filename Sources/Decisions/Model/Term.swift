/// The type of a single value that a decision consists of.
public enum ScalarSort: Hashable, Sendable {
  case bool
  /// Nil: unbounded.
  case integer(ClosedRange<Int64>?)
  case real
  case string
  /// Index in `PromptModel.enumerations`; values are the indices of the cases.
  case enumeration(Int)
}

/// Index of a leaf in `PromptModel.leaves`.
public struct LeafID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// A quantifier-free formula or value over leaves: bool, integer (exact, unbounded), real (exact)
/// or string; a value of an enumeration is the integer index of its case.
public indirect enum Term: Hashable, Sendable {
  case bool(Bool)
  case integer(Int64)
  /// A decimal number as it was written.
  case real(String)
  case string(String)
  case leaf(LeafID)
  case not(Term)
  case and([Term])
  case or([Term])
  /// Two terms of one sort.
  case equal(Term, Term)
  case less(Term, Term)
  case lessEqual(Term, Term)
  case add([Term])
  case multiply(Term, Term)
  /// Of integers: rounds towards zero; the divisor is a constant and not 0.
  case divide(Term, Term)
  /// Of integers: has the sign of the dividend.
  case remainder(Term, Int64)
  /// Of reals; the divisor is a constant and not 0.
  case ratio(Term, Term)
  case conditional(Term, Term, Term)
  /// An integer as a real.
  case toReal(Term)
}

extension Term {
  /// The leaves that occur.
  public var leaves: Set<LeafID> {
    var found: Set<LeafID> = []
    collectLeaves(&found)
    return found
  }

  private func collectLeaves(_ found: inout Set<LeafID>) {
    if case .leaf(let leaf) = self { found.insert(leaf) }
    for part in parts { part.collectLeaves(&found) }
  }

  /// The terms right inside this one.
  public var parts: [Term] {
    switch self {
    case .bool, .integer, .real, .string, .leaf: []
    case .not(let term), .toReal(let term), .remainder(let term, _): [term]
    case .and(let terms), .or(let terms), .add(let terms): terms
    case .equal(let a, let b), .less(let a, let b), .lessEqual(let a, let b),
      .multiply(let a, let b), .divide(let a, let b), .ratio(let a, let b):
      [a, b]
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    }
  }

  /// What `and` joins.
  var conjuncts: [Term] {
    if case .and(let terms) = self { terms.flatMap(\.conjuncts) } else { [self] }
  }

  /// Whether leaves are multiplied with leaves: no procedure decides that for integers
  /// (Matiyasevich 1970), so that the solver may give up.
  public var isNonlinear: Bool {
    if case .multiply(let a, let b) = self, !a.leaves.isEmpty, !b.leaves.isEmpty { return true }
    return parts.contains(where: \.isNonlinear)
  }

  public var integerValue: Int64? { if case .integer(let value) = self { value } else { nil } }

  // MARK: Terms with constants folded

  public static func conjunction(_ terms: [Term]) -> Term {
    var kept: [Term] = []
    for term in terms {
      switch term {
      case .bool(true): continue
      case .bool(false): return .bool(false)
      case .and(let inner): kept += inner
      default: kept.append(term)
      }
    }
    return kept.isEmpty ? .bool(true) : kept.count == 1 ? kept[0] : .and(kept)
  }

  public static func disjunction(_ terms: [Term]) -> Term {
    negation(conjunction(terms.map(negation)))
  }

  public static func negation(_ term: Term) -> Term {
    switch term {
    case .bool(let value): .bool(!value)
    case .not(let inner): inner
    case .and(let terms): .or(terms.map(negation))
    case .or(let terms): .and(terms.map(negation))
    default: .not(term)
    }
  }

  public static func equality(_ a: Term, _ b: Term) -> Term {
    if a == b { return .bool(true) }
    switch (a, b) {
    case (.integer, .integer), (.string, .string): return .bool(false)
    case (.bool(let value), let other), (let other, .bool(let value)):
      return value ? other : negation(other)
    default: return .equal(a, b)
    }
  }

  public static func choice(_ condition: Term, _ then: Term, _ otherwise: Term) -> Term {
    if case .bool(let value) = condition { return value ? then : otherwise }
    return then == otherwise ? then : .conditional(condition, then, otherwise)
  }

  public static func comparison(_ a: Term, _ b: Term, orEqual: Bool) -> Term {
    if let left = a.integerValue, let right = b.integerValue {
      return .bool(orEqual ? left <= right : left < right)
    }
    return orEqual ? .lessEqual(a, b) : .less(a, b)
  }

  public static func sum(_ terms: [Term]) -> Term {
    var constant: Int64 = 0
    var kept: [Term] = []
    for term in terms {
      if let value = term.integerValue,
        case (let sum, false) = constant.addingReportingOverflow(value)
      {
        constant = sum
      } else {
        kept.append(term)
      }
    }
    if kept.isEmpty { return .integer(constant) }
    if constant != 0 { kept.append(.integer(constant)) }
    return kept.count == 1 ? kept[0] : .add(kept)
  }

  public static func product(_ a: Term, _ b: Term) -> Term {
    if let left = a.integerValue, let right = b.integerValue,
      case (let product, false) = left.multipliedReportingOverflow(by: right)
    {
      return .integer(product)
    }
    return .multiply(a, b)
  }
}
