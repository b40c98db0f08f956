import Reduction

/// What a search looked at in full before it began again with reductions.
public struct FullTrial: Sendable {
  /// States of the levels that were searched.
  public let states: Int
  /// All states of at most this depth were looked at: what was found in them has a shortest trace,
  /// and what is found later, one step deeper, too. Nil where no depth is known to be complete.
  public let depth: Int?
  /// Why stubborn sets are not worth their price, as far as a sample tells; nil where they are.
  let partialOrderRefusal: String?
  /// The method that left out more.
  let stubborn: StubbornChoice
  /// Whether states without dead data are clearly fewer.
  let deadDataIsWorthIt: Bool

  init(states: Int, depth: Int?, sample: ReductionSample, deadDataIsWorthIt: Bool = false) {
    self.states = states
    self.deadDataIsWorthIt = deadDataIsWorthIt
    self.depth = depth
    partialOrderRefusal = sample.isWorthIt ? nil : sample.refusal
    stubborn = sample.better
  }
}
