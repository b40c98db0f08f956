import Semantics

/// A claim that an agent has committed to: which statement made it, and with which values.
struct Claim: Hashable {
  let commitment: Int
  /// Of its parts.
  let values: [Value]
}
