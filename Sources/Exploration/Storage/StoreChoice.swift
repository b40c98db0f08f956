/// How a search remembers which states it has met.
public enum StoreChoice: String, Sendable, CaseIterable {
  /// Whole states: nothing is taken for anything else.
  case exact
  /// Whole states too, as trees whose common parts are stored once.
  case compact
  /// Hashes of 64 or 128 bits: two states with equal hashes are taken for one.
  case fingerprint, fingerprint128
  /// Three bits a state in a table of fixed size.
  case bitstate

  /// Whether states may be taken for others, so that a search that ends has proved nothing.
  public var isLossy: Bool { self != .exact && self != .compact }

  /// Whether it can say in a breadth-first search which level a state lies in, for which others
  /// have no bit to spare.
  public var knowsLevels: Bool { self == .exact || self == .fingerprint }
}

/// What a lossy store may have left out. What only states left out lead to is left out as well.
public enum Omission: Sendable, Hashable {
  /// At most this is the probability that any state was, if hashes are as good as random.
  case probability(Double)
  /// So many are expected to have been taken for states that were met before.
  case expectedStates(Double)
}
