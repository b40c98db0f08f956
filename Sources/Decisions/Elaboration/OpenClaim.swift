import Diagnostics
import Syntax

/// A claim with parts that somebody else fills in with values.
public struct OpenClaim: Sendable {
  /// The type of what is filled in.
  public enum Sort: Sendable {
    case bool
    case integer(ClosedRange<Int64>)
    /// A declared one.
    case enumeration(String)
  }

  public struct Part: Sendable {
    /// The name that stands for it in the claim.
    public let name: String
    public let sort: Sort
    /// A set of values of the sort rather than one.
    public let isSet: Bool
    public init(name: String, sort: Sort, isSet: Bool) {
      self.name = name
      self.sort = sort
      self.isSet = isSet
    }
  }

  public let claim: Expression
  public let parts: [Part]
  public init(claim: Expression, parts: [Part]) {
    self.claim = claim
    self.parts = parts
  }
}

/// The meaning of an open claim: a term with leaves of its own for the parts.
public struct ClaimTerm: Sendable {
  fileprivate let term: Term
  /// By part: its leaves, and the first value of its sort.
  fileprivate let parts: [(leaves: [LeafID], sort: ScalarSort, isSet: Bool, lower: Int64)]

  /// The claim with the values of those ranks: the place of a value among all of its sort, of a
  /// set its members as bits.
  public func filled(_ ranks: [Int64]) -> Term {
    var values: [LeafID: Term] = [:]
    for (part, rank) in zip(parts, ranks) {
      if part.isSet {
        for (bit, leaf) in part.leaves.enumerated() {
          values[leaf] = .bool(rank >> Int64(bit) & 1 == 1)
        }
      } else if part.sort == .bool {
        values[part.leaves[0]] = .bool(rank == 1)
      } else {
        values[part.leaves[0]] = .integer(rank + part.lower)
      }
    }
    return term.replacing(values)
  }
}

extension Elaborator {
  /// The meaning of an open claim; nil after an error.
  func claimTerm(_ open: OpenClaim) -> ClaimTerm? {
    budget = termCountMax
    let leafCount = model.leaves.count
    defer {
      model.leaves.removeLast(model.leaves.count - leafCount)
      scope = []
    }
    var parts: [(leaves: [LeafID], sort: ScalarSort, isSet: Bool, lower: Int64)] = []
    for part in open.parts {
      guard let sort = sort(part.sort, open.claim.span) else { return nil }
      let first = model.leaves.count
      let count = part.isSet ? elements(sort).count : 1
      for _ in 0..<count {
        model.leaves.append(
          Leaf(name: part.name, sort: part.isSet ? .bool : sort, decision: -1))
      }
      let leaves = (first..<first + count).map { LeafID($0) }
      parts.append((leaves, sort, part.isSet, model.bounds(sort)?.lowerBound ?? 0))
      let shape: Shape = part.isSet ? .set(sort) : .scalar(sort)
      scope.append((part.name, ShapedTerm(shape, leaves.map { .leaf($0) })))
    }
    guard let value = check(open.claim, as: .bool, "a claim") else { return nil }
    return ClaimTerm(term: value.terms[0], parts: parts)
  }

  private func sort(_ sort: OpenClaim.Sort, _ span: Span) -> ScalarSort? {
    switch sort {
    case .bool: return .bool
    case .integer(let range): return .integer(range)
    case .enumeration(let name):
      if case .enumeration(let index)? = definitions[name] { return .enumeration(index) }
      report(.unknownNameInClause(name, at: span, suggestion: nil))
      return nil
    }
  }
}

extension Term {
  /// The term with values in the place of leaves, and constants folded.
  func replacing(_ values: [LeafID: Term]) -> Term {
    func inner(_ term: Term) -> Term { term.replacing(values) }
    switch self {
    case .bool, .integer, .real, .string: return self
    case .leaf(let leaf): return values[leaf] ?? self
    case .not(let a): return .negation(inner(a))
    case .and(let terms): return .conjunction(terms.map(inner))
    case .or(let terms): return .disjunction(terms.map(inner))
    case .equal(let a, let b): return .equality(inner(a), inner(b))
    case .less(let a, let b): return .comparison(inner(a), inner(b), orEqual: false)
    case .lessEqual(let a, let b): return .comparison(inner(a), inner(b), orEqual: true)
    case .add(let terms): return .sum(terms.map(inner))
    case .multiply(let a, let b): return .product(inner(a), inner(b))
    case .divide(let a, let b): return .divide(inner(a), inner(b))
    case .remainder(let a, let divisor): return .remainder(inner(a), divisor)
    case .ratio(let a, let b): return .ratio(inner(a), inner(b))
    case .conditional(let a, let b, let c): return .choice(inner(a), inner(b), inner(c))
    case .toReal(let a):
      let value = inner(a)
      return value.integerValue.map { .real("\($0)") } ?? .toReal(value)
    }
  }
}
