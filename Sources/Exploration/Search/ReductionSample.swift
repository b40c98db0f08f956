import Reduction
import TransitionSystem

/// How much stubborn sets would have left out of some states.
struct ReductionSample {
  var transitions = 0
  var keptByClosure = 0
  var keptByDeletion = 0

  /// The states looked at are those whose hash ends in as many zeros: one in sixteen, and the same
  /// for any number of workers.
  private static var hashMask: UInt64 { 15 }

  static func + (left: ReductionSample, right: ReductionSample) -> ReductionSample {
    ReductionSample(
      transitions: left.transitions + right.transitions,
      keptByClosure: left.keptByClosure + right.keptByClosure,
      keptByDeletion: left.keptByDeletion + right.keptByDeletion)
  }

  /// Counts what would be kept of the successors from `first` on.
  mutating func add(
    _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>, _ buffer: borrowing SuccessorBuffer,
    from first: Int
  ) {
    let count = buffer.count - first
    if StateHash.hash(source, buffer.wordCount) & ReductionSample.hashMask != 0 { return }
    if count < 2 { return }
    transitions += count
    let wanted = stubborn.choice
    for method in [StubbornChoice.closure, .deletion] {
      stubborn.choice = method
      var kept = count
      if stubborn.choose(source, StubbornSets.Transitions(buffer.actions + first, count: count)) {
        kept = 0
        for index in first..<buffer.count where stubborn.contains(buffer.actions[index]) {
          kept += 1
        }
      }
      if method == .closure { keptByClosure += kept } else { keptByDeletion += kept }
    }
    stubborn.choice = wanted
  }

  /// The method that keeps less; the deletion algorithm takes longer, so that it must keep clearly
  /// less.
  var better: StubbornChoice {
    20 * keptByDeletion < 19 * keptByClosure ? .deletion : .closure
  }

  private var percentLeftOut: Int {
    100 * (transitions - min(keptByClosure, keptByDeletion)) / max(1, transitions)
  }

  /// Less than two thirds left out mostly leads to the same states another way: of filter lock half
  /// are left out, but for the proviso, which leaves three quarters of the states, each at the
  /// price of ten.
  var isWorthIt: Bool { transitions == 0 || percentLeftOut >= 66 }

  /// Why stubborn sets are not used although they may be.
  var refusal: String { "por would leave out only \(percentLeftOut) % of the transitions" }
}
