import Reduction
import TransitionSystem

/// How much stubborn sets would have left out of some states.
struct ReductionSample {
  var transitions = 0
  var keptLocally = 0
  var keptByClosure = 0
  /// The same of the states that the deletion algorithm is tried with: it takes longer than all
  /// else.
  var deletion = Deletion()

  struct Deletion {
    var transitions = 0
    var kept = 0
    var keptByClosure = 0
  }

  /// The states looked at are those whose hash ends in as many zeros, and the same for any number
  /// of workers: one in 64; for the deletion algorithm, one in 256; where the search goes by one
  /// method until another is seen to be as good and faster, one in 4, as each state before that
  /// takes the time of the slower one.
  static var hashMask: UInt64 { 63 }
  static var hashMaskComparing: UInt64 { 3 }
  private static var deletionMask: UInt64 { 255 }

  static func + (left: ReductionSample, right: ReductionSample) -> ReductionSample {
    var sum = left
    sum.transitions += right.transitions
    sum.keptLocally += right.keptLocally
    sum.keptByClosure += right.keptByClosure
    sum.deletion.transitions += right.deletion.transitions
    sum.deletion.kept += right.deletion.kept
    sum.deletion.keptByClosure += right.deletion.keptByClosure
    return sum
  }

  /// Counts what would be kept of the successors of a state.
  mutating func add(
    _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>, _ buffer: borrowing SuccessorBuffer,
    _ successors: Range<Int>, mayDelete: Bool, mask: UInt64 = hashMask
  ) {
    let count = successors.count
    let hash = StateHash.hash(source, buffer.wordCount)
    if hash & mask != 0 || count < 2 { return }
    let wanted = stubborn.choice
    transitions += count
    keptLocally += kept(.local, stubborn, source, buffer, successors)
    let closed = kept(.closure, stubborn, source, buffer, successors)
    keptByClosure += closed
    if mayDelete && hash & ReductionSample.deletionMask == 0 {
      deletion.transitions += count
      deletion.kept += kept(.deletion, stubborn, source, buffer, successors)
      deletion.keptByClosure += closed
    }
    stubborn.choice = wanted
  }

  private func kept(
    _ method: StubbornChoice, _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>,
    _ buffer: borrowing SuccessorBuffer, _ successors: Range<Int>
  ) -> Int {
    stubborn.choice = method
    let (actions, count) = (buffer.actions + successors.lowerBound, successors.count)
    guard stubborn.choose(source, actions, count: count) else { return count }
    return successors.count { stubborn.contains(buffer.actions[$0]) }
  }

  /// The method that keeps least; one that takes longer must keep clearly less.
  var better: StubbornChoice {
    if 20 * deletion.kept < 19 * deletion.keptByClosure { return .deletion }
    return localIsAsGood ? .local : .closure
  }

  var localIsAsGood: Bool { 10 * keptByClosure >= 9 * keptLocally }

  /// Transitions that make a sample worth a decision between closures.
  static var enough: Int { 256 }

  private var percentLeftOut: Int {
    let (kept, all) =
      better == .deletion
      ? (deletion.kept, deletion.transitions) : (min(keptLocally, keptByClosure), transitions)
    return 100 * (all - kept) / max(1, all)
  }

  /// Less than three quarters left out mostly leads to the same states another way: of filter lock
  /// with 4 and 5 processes a half and two thirds are left out, but only half of the states are not
  /// met, and each of the others takes almost three times as long.
  var isWorthIt: Bool { transitions == 0 || percentLeftOut >= 75 }

  /// Why stubborn sets are not used although they may be.
  var refusal: String { "por would leave out only \(percentLeftOut) % of the transitions" }
}
