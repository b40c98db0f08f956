import DeadData
import TransitionSystem

/// Takes traces of a system without dead data back to the system they stand for.
///
/// Both systems have the same transitions out of states that belong together, in the same order
/// (`DeadData`): the k-th successor of the one belongs to the k-th of the other. What is made so is
/// replayed and judged in the real system like any other path, so that nothing here is trusted.
struct Lifting: ~Copyable {
  private let real: CompiledSystem
  private var machine: Machine
  private let reduced: CompiledSystem
  private var reducedMachine: Machine

  init(from reduced: CompiledSystem, to real: CompiledSystem) {
    self.real = real
    machine = Machine(real)
    self.reduced = reduced
    reducedMachine = Machine(reduced)
  }

  /// The finding with the real states; nil where it has no trace that could tell them.
  ///
  /// `target` nil: the way to an overflow.
  mutating func lift(
    _ finding: Finding, _ target: SearchTarget?
  ) -> Result<Finding, ReplayFault>? {
    guard let trace = finding.trace else { return nil }
    let action = Int32(trace.steps.last?.action.index ?? -1)
    let failure = finding.failure.map { StepFailure(action: action, failure: $0) }
    guard let path = path(of: trace, beginsNowhere: finding.isFailingStep && action < 0),
      let last = path.last
    else { return .failure(ReplayFault(description: "a trace cannot be lifted")) }
    let candidate = FindingCandidate(
      depth: finding.depth, state: last, walk: 0, failure: failure,
      isFailingStep: finding.isFailingStep, property: finding.property)
    var replay = Replay(real)
    return replay.trace(path, candidate, target).map { trace in
      var lifted = candidate.finding
      lifted.trace = trace
      return lifted
    }
  }

  private mutating func path(of trace: Trace, beginsNowhere: Bool) -> [[UInt64]]? {
    if beginsNowhere { return [Array(repeating: 0, count: real.wordCount)] }
    var path: [[UInt64]] = []
    var before: [UInt64]?
    for next in [trace.initial] + trace.steps.compactMap(\.state) {
      let here = reducedMachine.successors(of: before)
      let there = machine.successors(of: path.last)
      guard here.actions == there.actions, let place = here.states.firstIndex(of: next) else {
        return nil
      }
      path.append(there.states[place])
      before = next
    }
    return path
  }
}

extension SearchResult {
  /// Gives findings of a search without dead data their real traces and states; those without a
  /// trace keep the states that were searched.
  mutating func lift(from reduced: CompiledSystem, to real: CompiledSystem) {
    var lifting = Lifting(from: reduced, to: real)
    let targets =
      properties.indices.map { SearchTarget.property($0) }
      + BuiltIn.allCases.map { SearchTarget.builtIn($0) }
    for target in targets {
      guard let finding = self[target].finding else { continue }
      switch lifting.lift(finding, target) {
      case .success(let lifted): self[target] = .found(lifted)
      case .failure(let fault): internalFaults.append(fault.description)
      case nil: break
      }
    }
    switch growth.flatMap({ lifting.lift($0, nil) }) {
    case .success(let lifted): growth = lifted
    case .failure(let fault): internalFaults.append(fault.description)
    case nil: break
    }
  }
}

extension DeadData {
  /// Nil where the options do not ask for it, or there is nothing dead.
  init?(_ system: TransitionSystem, _ options: SearchOptions) {
    guard options.clearsDead || options.slices else { return nil }
    self.init(
      system, properties: options.properties ?? Set(system.properties.indices),
      clearsDead: options.clearsDead, slices: options.slices,
      permutes: !options.symmetricFamilies.isEmpty, omitting: options.omittedDeadDataConditions)
    if slicedVariables.isEmpty && clearedVariables.isEmpty { return nil }
  }
}
