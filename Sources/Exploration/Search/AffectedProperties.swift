import TransitionSystem

/// For each action, the properties that a step of it may make true or false: those whose predicate
/// or antecedent reads a slot that the action may write.
///
/// A new state that was reached by another action has, for the rest of them, what the state before
/// it had, which was looked at when it was stored, or had it from one before. So they need not be
/// evaluated again. Symmetry replaces what an action made by another state, to which this does not
/// apply.
///
/// Threads: any; nothing changes.
final class AffectedProperties: @unchecked Sendable {
  /// By action, the properties as bits. Those from `limit` on have no bits.
  ///
  /// To be read through a copy of the pointer: a reference to an object in the inner loop costs a
  /// retain and a release for each state.
  let masks: Masks

  static let limit = 64

  struct Masks: BitwiseCopyable {
    fileprivate let base: UnsafeMutablePointer<UInt64>

    /// The properties of one action; all, where there is none (-1).
    @inline(__always)
    func mask(_ action: Int32) -> UInt64 {
      // Safety: the index is that of an action of the system.
      action < 0 ? ~0 : base[Int(action)]
    }
  }

  init(_ system: TransitionSystem) {
    let read = system.properties.prefix(AffectedProperties.limit).map { property in
      [property.predicate, property.antecedent].compactMap(\.self).map {
        AccessSets($0, channels: system.channels)
      }
    }
    let base = UnsafeMutablePointer<UInt64>.allocate(capacity: system.actions.count)
    for (index, action) in system.actions.enumerated() {
      let written = AccessSets(action, channels: system.channels).mayWrite
      var mask: UInt64 = 0
      for (property, sets) in read.enumerated() {
        let mayChange = sets.contains {
          $0.readsQuiescent || $0.asksOracle || !$0.reads.isDisjoint(with: written)
        }
        if mayChange { mask |= 1 << UInt64(property) }
      }
      (base + index).initialize(to: mask)
    }
    masks = Masks(base: base)
  }

  deinit { masks.base.deallocate() }
}
