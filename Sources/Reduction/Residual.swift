import TransitionSystem

/// What must be evaluated of a condition behind a step, where it was not met before.
public enum Residual: Sendable {
  /// It is not met behind the step either.
  case nothing
  /// It is met where this is, which has so many nodes.
  case part(ProgramExpression, size: Int)
  case whole
}

/// What the steps of each action leave to be evaluated of conditions that were not met before them.
///
/// Idea. A condition is a disjunction once negations are pushed inwards: an invariant over all
/// pairs of agents is violated where some pair violates it. If no disjunct was met before a step,
/// only one that sees the step can be met behind it; and of these the constants that the
/// action stores, and its guards, decide most. What is left of an invariant over pairs is the pairs
/// of the agent that moved, and those only behind the steps that could violate it.
///
/// Of a condition that may fail, or has statements, nothing is taken away, as which failure comes
/// first depends on all that is evaluated before; what reads `quiescent` changes with any step.
///
/// Source: Nicolas, Logic for improving integrity checking in relational data bases, Acta
/// Informatica 1982, who so simplifies constraints for each kind of update.
public struct Residuals {
  private let system: TransitionSystem
  private let effects: [StepEffect]
  private let channelOfSlot: [Int]

  public init(_ system: TransitionSystem) {
    self.system = system
    let channelOfSlot = Analysis.channelOfSlot(system)
    self.channelOfSlot = channelOfSlot
    effects = system.actions.map { StepEffect($0, system, channelOfSlot: channelOfSlot) }
  }

  /// By action.
  ///
  /// Complexity: the size of the predicate, and that of the result.
  public func residuals(of predicate: Predicate, lookingFor value: Bool) -> [Residual] {
    if AccessSets(predicate, channels: system.channels).readsQuiescent {
      return effects.map { _ in .whole }
    }
    if !predicate.statements.isEmpty || predicate.result.mayFail {
      let visibility = Visibility(predicate, system)
      return effects.map { sees(visibility, $0) ? .whole : .nothing }
    }
    let parts = NormalCondition(predicate.result, is: value, in: system.layout).disjuncts
    let whole = predicate.result.nodeCount
    let visibilities = parts.map {
      Visibility(Predicate(statements: [], result: $0.expression, registerCount: 0), system)
    }
    var readers: [Int: [Int]] = [:]
    for (part, visibility) in visibilities.enumerated() {
      for slot in visibility.indices { readers[slot, default: []].append(part) }
    }
    return effects.map { effect in
      let touched = Set(effect.written.flatMap { readers[$0] ?? [] }).sorted()
      let seen = touched.filter { sees(visibilities[$0], effect) }
      let rest = NormalCondition.some(seen.map { parts[$0] }).simplified(effect.values)
      if case .some(let none) = rest, none.isEmpty { return .nothing }
      let expression = rest.expression
      let size = expression.nodeCount
      return size < whole ? .part(expression, size: size) : .whole
    }
  }

  private func sees(_ visibility: Visibility, _ effect: StepEffect) -> Bool {
    visibility.sees(effect.facts, channelOfSlot: channelOfSlot)
  }
}
