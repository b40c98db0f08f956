import TransitionSystem

/// The steps that a system can take in one state, each with what it received, chose and sent: for
/// state graphs and replays, where a state is looked at once and every word of a step counts.
///
/// Complexity: quadratic in the number of steps of a state, because each is recorded by a run of
/// its own. A search never goes through here.
public struct Stepper: ~Copyable {
  /// What can happen in one state.
  public struct Steps: Sendable {
    /// In the order in which successors are generated; failing steps, which have no state, last.
    public var steps: [TraceStep] = []
    /// Nothing but faults is enabled.
    public var isQuiescent = true
    /// A send met a full representation: the steps are of no use until the channel has more room.
    public var fullChannel: ChannelID?
    /// There are more than `stepsMax`; of all of them, none is here.
    public var isTooMany = false
  }

  /// Steps of a state; recording so many takes some seconds.
  public static let stepsMax = 10_000

  private let compiled: CompiledSystem
  private var machine: Machine

  public init(_ system: TransitionSystem) {
    compiled = CompiledSystem(system)
    machine = Machine(compiled)
  }

  /// The initial states, as steps whose action is -1.
  public mutating func initialSteps() -> Steps {
    steps(from: Array(repeating: 0, count: compiled.wordCount), isInitial: true)
  }

  /// Requires: `state` is a packed state of the system.
  public mutating func steps(from state: [UInt64]) -> Steps { steps(from: state, isInitial: false) }

  private mutating func steps(from state: [UInt64], isInitial: Bool) -> Steps {
    var found = Steps()
    let (expansion, count) = expand(state, isInitial: isInitial)
    if case .growth(let channel) = expansion.interruption {
      found.fullChannel = channel
      return found
    }
    if expansion.interruption != nil || count > Self.stepsMax {
      found.isTooMany = true
      return found
    }
    found.isQuiescent = !expansion.enabled
    var failures: [StepFailure] = []
    for failure in machine.failures where !failures.contains(failure) { failures.append(failure) }
    let targets =
      (0..<count).map { InstanceTarget.successor($0) } + failures.map { .failure($0) }
    for target in targets {
      let step = isInitial ? machine.recordInitial(target) : machine.record(from: state, target)
      if let step { found.steps.append(step) }
    }
    return found
  }

  private mutating func expand(
    _ state: [UInt64], isInitial: Bool
  ) -> (expansion: Expansion, count: Int) {
    var buffer = SuccessorBuffer(wordCount: compiled.wordCount)
    let words = state.isEmpty ? [0] : state
    let expansion = words.withUnsafeBufferPointer { words -> Expansion in
      // Safety: the array is not empty, and the machine does not keep the pointer.
      guard let base = words.baseAddress else { return Expansion() }
      if isInitial { return machine.initialStates(into: &buffer) }
      return machine.expand(
        base, hash: StateHash.hash(base, compiled.wordCount), into: &buffer)
    }
    return (expansion, buffer.count)
  }

  /// Whether the predicate of a property is true in a state; nil where it cannot be evaluated.
  public mutating func isTrue(
    property: Int, in state: [UInt64], isQuiescent: Bool
  ) -> Bool? {
    truth(.property(property), state, isQuiescent)
  }

  /// Whether a state in which nothing but faults is enabled is a deadlock, or has orphans.
  public mutating func occurs(_ check: BuiltIn, inQuiescent state: [UInt64]) -> Bool {
    switch check {
    case .deadlock: truth(.waiting, state, true) == true
    case .orphan: truth(.undelivered, state, true) == true
    case .assertion, .evaluation: false
    }
  }

  private mutating func truth(
    _ predicate: PredicateID, _ state: [UInt64], _ isQuiescent: Bool
  ) -> Bool? {
    let words = state.isEmpty ? [0] : state
    return words.withUnsafeBufferPointer { words -> Bool? in
      // Safety: the array is not empty, and the machine does not keep the pointer.
      guard let base = words.baseAddress else { return nil }
      switch machine.evaluate(predicate, on: base, quiescent: isQuiescent) {
      case .true: return true
      case .false: return false
      case .failure: return nil
      }
    }
  }
}
