/// What the program under test says about a spec, in the words that both sides share.
struct ProductResult {
  enum Ending: Equatable {
    case exhausted, depthBound, unbounded
    /// Anything else, in words; never right on the specs that are compared.
    case other(String)
  }
  var ending = Ending.exhausted
  var states = 0
  var transitions = 0
  var depth = 0
  /// Least depths by name: of properties, and `deadlock`, `orphan`, `assertion`, `evaluation`.
  var violations: [String: Int] = [:]
  /// A shortest way to each of them.
  var traces: [String: ProductTrace] = [:]
  /// What compiled C does otherwise than bytecode.
  var tierDifferences: [String] = []
}

/// A trace as the program under test prints it.
struct ProductTrace {
  struct Step {
    /// The identity that acts; nil for the network.
    let actor: Int?
    let label: String
    /// Nil after a failing step.
    let state: RenderedState?
    let failure: FailureKind?
  }
  /// Nil where the initial values fail.
  let initial: RenderedState?
  let steps: [Step]
}

/// A state in words.
struct RenderedState: Hashable {
  /// By name: `head`, `Node[1].level`, `Approvals.approved`.
  let variables: [String: String]
  /// `Patch(1) from Coder to Reviewer`, sorted; copies repeat.
  let messages: [String]
}
