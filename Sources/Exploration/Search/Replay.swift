import TransitionSystem

/// A fault of this program that a replay brought to light.
struct ReplayFault: Error, CustomStringConvertible {
  let description: String
}

/// Turns a path of states into a trace by executing it from its initial state, on a machine of its
/// own, and judges the last state once more.
///
/// Nothing of the search is trusted: neither that the first state is initial, nor that steps lead
/// from one state to the next, nor that the end is what was looked for.
struct Replay: ~Copyable {
  private var machine: Machine
  private let system: TransitionSystem

  init(_ compiled: CompiledSystem) {
    machine = Machine(compiled)
    system = compiled.system
  }

  /// The trace along `path`, which ends in the state of the candidate.
  ///
  /// `target` nil: the way to an overflow; the last step is the one that overflows.
  mutating func trace(
    _ path: [[UInt64]], _ candidate: FindingCandidate, _ target: SearchTarget?
  ) -> Result<Trace, ReplayFault> {
    guard let initial = path.first, path[path.count - 1] == candidate.state else {
      return .failure(ReplayFault(description: "a path without its end"))
    }
    if let failure = candidate.failure, candidate.isFailingStep, failure.action < 0 {
      return initialFailure(initial, failure)
    }
    guard let start = machine.recordInitial(.state(initial)), start.state == initial else {
      return .failure(ReplayFault(description: "a trace begins in a state that is not initial"))
    }
    var current = initial
    var steps: [TraceStep] = []
    for (number, next) in path.dropFirst().enumerated() {
      guard let step = machine.record(from: current, .state(next)), let state = step.state,
        state == next
      else { return .failure(ReplayFault(description: "step \(number + 1) does not replay")) }
      steps.append(step)
      current = state
    }
    if let failure = candidate.failure, candidate.isFailingStep {
      guard let step = machine.record(from: current, .failure(failure)),
        step.failure == failure.failure
      else { return .failure(ReplayFault(description: "the failing step does not replay")) }
      steps.append(step)
    } else if let target {
      if !judge(current, candidate, target) {
        return .failure(ReplayFault(description: "the end of a trace is not what was found"))
      }
    } else {
      guard let step = machine.record(from: current, .overflow) else {
        return .failure(ReplayFault(description: "the overflow does not replay"))
      }
      steps.append(step)
    }
    return .success(Trace(initial: initial, steps: steps))
  }

  private mutating func initialFailure(
    _ zero: [UInt64], _ failure: StepFailure
  ) -> Result<Trace, ReplayFault> {
    guard let step = machine.recordInitial(.failure(failure)), step.failure == failure.failure
    else { return .failure(ReplayFault(description: "the initial failure does not replay")) }
    return .success(Trace(initial: zero, steps: [step]))
  }

  private mutating func judge(
    _ state: [UInt64], _ candidate: FindingCandidate, _ target: SearchTarget
  ) -> Bool {
    state.withUnsafeBufferPointer { words in
      // Safety: a state without words is never read through this.
      let base = words.baseAddress ?? UnsafePointer(bitPattern: 8).unsafelyUnwrapped
      var buffer = SuccessorBuffer(wordCount: words.count)
      let hash = StateHash.hash(base, words.count)
      let enabled = machine.expand(base, hash: hash, into: &buffer).enabled
      if let property = candidate.property, let failure = candidate.failure {
        return machine.evaluate(.property(property), on: base, quiescent: !enabled)
          == .failure(failure.failure)
      }
      switch target {
      case .property(let index):
        let wanted: Truth = system.properties[index].kind == .reachability ? .true : .false
        return machine.evaluate(.property(index), on: base, quiescent: !enabled) == wanted
      case .builtIn(.deadlock):
        return !enabled && machine.evaluate(.waiting, on: base, quiescent: true) == .true
      case .builtIn(.orphan):
        return !enabled && machine.evaluate(.undelivered, on: base, quiescent: true) == .true
      case .builtIn: return false
      }
    }
  }
}
