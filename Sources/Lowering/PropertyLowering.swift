import Semantics
import TransitionSystem

/// Properties and the predicates of the built-in checks.
struct PropertyLowering {
  let plan: Plan
  let tables: Tables

  /// The invariants and reachability properties.
  func properties() -> [StateProperty] {
    plan.spec.properties.compactMap { property in
      switch property.kind {
      case .invariant(let expression): state(property, .invariant, expression)
      case .reachability(let expression): state(property, .reachability, expression)
      case .resettability, .linear, .branching, .valence, .unsupported: nil
      }
    }
  }

  func state(
    _ property: Property, _ kind: StateProperty.Kind, _ expression: TypedExpression
  ) -> StateProperty {
    let lowered = predicate(expression)
    var antecedent: Predicate?
    if kind == .invariant, case .connective(.implies, let left, _) = expression.kind {
      antecedent = predicate(left)
    }
    return StateProperty(
      name: property.name, kind: kind, predicate: lowered, antecedent: antecedent,
      readsQuiescent: AccessSets(lowered, channels: plan.channels.channels).readsQuiescent,
      documentation: property.documentation, span: property.span)
  }

  private func predicate(_ expression: TypedExpression) -> Predicate {
    let lowering = CodeLowering(plan, tables)
    let result = lowering.cell(expression)
    return lowering.predicate(result)
  }

  /// Some agent that is not gone has a `run` that is neither at its end nor at an idle point.
  func waiting() -> Predicate {
    let lowering = CodeLowering(plan, tables)
    var result = ProgramExpression.no
    for identity in 0..<plan.spec.agentCount {
      guard let run = plan.run(of: identity), let control = plan.controlSlot(identity) else {
        continue
      }
      let isHere = ProgramExpression.not(
        lowering.lifecycle(identity, isOneOf: LifecycleState.gone))
      let resting = run.points.filter { $0 == .end || run.isIdle($0) }
      let waits = resting.map {
        ProgramExpression.not(.equal(.slot(control), .constant(run.value($0))))
      }
      if resting.count < run.points.count { result = .or(result, .and(isHere, .all(waits))) }
    }
    return lowering.predicate(result)
  }

  /// A message to a live agent is in flight.
  func undelivered() -> Predicate {
    let lowering = CodeLowering(plan, tables)
    var result = ProgramExpression.no
    for channel in plan.channels.channels {
      let isLive = lowering.lifecycle(channel.receiver, isOneOf: LifecycleState.up)
      let isFilled = ProgramExpression.not(.equal(.slot(channel.length), .no))
      result = .or(result, .and(isLive, isFilled))
    }
    return lowering.predicate(result)
  }
}

extension RunPlan {
  /// Whether the run may rest at a point for ever.
  func isIdle(_ point: Point) -> Bool {
    guard case .blocking(let path) = point, let statement = statement(path) else { return false }
    return Self.isIdle(statement)
  }

  private static func isIdle(_ statement: TypedStatement) -> Bool {
    switch statement.kind {
    case .receive(_, timeout: _, let idle, oneLine: _): return idle
    case .either(let branches): return branches.contains { $0.first.map(isIdle) ?? false }
    case .loop(let body): return body.first.map(isIdle) ?? false
    default: return false
    }
  }
}
