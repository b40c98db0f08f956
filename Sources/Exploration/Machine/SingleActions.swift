import TransitionSystem

/// What it takes to execute one action of a system and no other.
///
/// Threads: shared by all machines. Never written after `init`, which is what `@unchecked` rests
/// on.
final class SingleActions: @unchecked Sendable {
  /// Each action by itself (`CompiledSystem.init(actionsOf:)`).
  let compiled: CompiledSystem
  /// By action: which function of a native module it is in (`CGenerator.runs`).
  let runs: UnsafePointer<Int32>

  init(_ system: TransitionSystem) {
    compiled = CompiledSystem(actionsOf: system)
    let memory = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, system.actions.count))
    for (index, run) in CGenerator.runs(system).enumerated() {
      for action in run { (memory + action).initialize(to: Int32(index)) }
    }
    runs = UnsafePointer(memory)
  }

  deinit { runs.deallocate() }
}
