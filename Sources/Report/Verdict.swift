/// What is known about a property or built-in check. The words are never mixed up.
public enum Verdict: Sendable, Hashable {
  /// In all reachable states.
  case holds
  /// In all states of paths of at most that many transitions; longer ones exist.
  case holdsUpTo(depth: Int)
  /// A counterexample exists.
  case violated
  case reachable
  case unreachable
  /// Not within that many transitions; longer paths exist.
  case unreachableUpTo(depth: Int)
  /// Of a decision: from some initial state more than one value can still be decided.
  case bivalent
  /// Of a decision: from each initial state one value at most.
  case univalent
  /// Likewise, as far as paths of at most that many transitions tell.
  case univalentUpTo(depth: Int)
  /// Nothing was found, but states may have been left out; how far to trust it.
  indirect case notProved(Verdict, String)
  /// And why.
  case unknown(String)

  /// "holds up to depth 40".
  public var words: String {
    switch self {
    case .holds: "holds"
    case .holdsUpTo(let depth): "holds up to depth \(depth)"
    case .violated: "violated"
    case .reachable: "reachable"
    case .unreachable: "unreachable"
    case .unreachableUpTo(let depth): "unreachable up to depth \(depth)"
    case .bivalent: "bivalent"
    case .univalent: "univalent"
    case .univalentUpTo(let depth): "univalent up to depth \(depth)"
    case .notProved(let verdict, let why): "\(verdict.words), not proved (\(why))"
    case .unknown(let why): "unknown (\(why))"
    }
  }

  /// Whether the property is true of the system as far as this verdict says; nil where unknown.
  public var isPositive: Bool? {
    switch self {
    case .holds, .holdsUpTo, .reachable, .bivalent: true
    case .violated, .unreachable, .unreachableUpTo, .univalent, .univalentUpTo: false
    case .notProved(let verdict, _): verdict.isPositive
    case .unknown: nil
    }
  }

  /// Whether a bound, or the store, stands between this verdict and a proof.
  public var isBounded: Bool {
    switch self {
    case .holdsUpTo, .unreachableUpTo, .univalentUpTo, .notProved: true
    default: false
    }
  }

  /// Whether it speaks of which decisions are still possible.
  public var isOfValence: Bool {
    switch self {
    case .bivalent, .univalent, .univalentUpTo: true
    default: false
    }
  }
}

extension Verdict {
  /// What a bounded verdict stands on instead of a proof.
  var lacking: String {
    if case .notProved = self { "a store that may omit states" } else { "a bound" }
  }
}

/// What the spec expects of a finding.
public enum Expectation: String, Sendable {
  case holds, fails
  /// A built-in check: must not occur, must occur, may occur.
  case absent, present, allowed
}

/// A finding held against its expectation.
public enum Conformity: String, Sendable {
  case asExpected = "as expected"
  case notAsExpected = "not as expected"
  /// The verdict is unknown, or bounded where a proof was required.
  case undecided = "undecided"
  /// No expectation speaks of it.
  case informative = "no expectation"
}
